/** The question at the node whether it holds what a candidate handed in (issue 3, part 4). */
package io.invigil.site.receipt;
