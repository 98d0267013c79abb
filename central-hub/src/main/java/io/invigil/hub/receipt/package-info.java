/**
 * The public question whether the centre holds what a candidate handed in (issue 3, part 4). It
 * needs the receipt's code and answers with yes or no, the time and a count; nothing personal.
 */
package io.invigil.hub.receipt;
