/**
 * What every list of the hub has in common (domain, section 3a): the filter stands in the URL, a
 * page has {@link io.invigil.hub.listing.ListView#ROWS_PER_PAGE} rows, and an export takes the
 * ticked rows, or else all rows of the filter, after a dialog that says how many.
 */
package io.invigil.hub.listing;
