/**
 * Sheets for paper: the drawing surface that certificates and room sheets share, and the sheets a
 * room needs (desk stickers, door sticker, sign-in sheet, admission ticket; domain section 7, S4
 * section 5.2.8). PDF only uses the fonts that come as a dependency; a character they lack is named
 * before anything is printed.
 */
package io.invigil.hub.print;
