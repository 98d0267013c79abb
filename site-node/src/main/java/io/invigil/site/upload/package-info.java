/**
 * Files that candidates hand in as answers (issue 3, part 4). A file is a blob of the room, durable
 * before any answer names it; the answer travels as every other, the file after it.
 */
package io.invigil.site.upload;
