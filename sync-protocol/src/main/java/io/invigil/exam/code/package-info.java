/**
 * Codes on tickets, screens and certificates, and the PIN of the desk sticker. Contents only:
 * drawing a QR is the printer's or the page's work. Pure; keys, time and entropy arrive as
 * arguments.
 */
package io.invigil.exam.code;
