/**
 * Setting a room up as a list of tasks (issue 3, part 8): what is done is read from the node, not
 * ticked by hand. Only two things leave a mark of their own, because nothing else would: that the
 * PCs' kit was taken, and that a check sheet was made.
 */
package io.invigil.site.setup;
