/**
 * Files as answers (issue 3, part 4): how a response names one, and which kinds there are. The
 * bytes are a blob; the answer holds its digest.
 */
package io.invigil.exam.file;
