/**
 * The test in front of a candidate (domain, section 11): login with the number and the PIN of the
 * desk sticker, own data confirmed, start, answers saved and acknowledged only when durable,
 * hand-in with a receipt, resume on the same or another machine.
 */
package io.invigil.site.delivery;
