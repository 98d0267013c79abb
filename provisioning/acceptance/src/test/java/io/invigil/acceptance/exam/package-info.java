/** Whole exam days, played by the demonstration. */
package io.invigil.acceptance.exam;
