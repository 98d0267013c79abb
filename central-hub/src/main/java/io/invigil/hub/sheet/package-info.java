/**
 * Excel workbooks as people exchange them: reading {@code .xlsx} within limits, by column names;
 * writing templates, exports and failed rows. Knows nothing of candidates or plans.
 */
package io.invigil.hub.sheet;
