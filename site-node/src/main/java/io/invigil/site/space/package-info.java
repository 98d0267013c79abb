/**
 * The node's disk (XSP/1 section 7, fault rows 16 to 18): how much of it is free decides what may
 * still be written, so that answers always can. A file set aside beforehand is given up for them.
 */
package io.invigil.site.space;
