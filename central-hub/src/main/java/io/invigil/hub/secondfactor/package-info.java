/**
 * The second factor at the login (domain, section 17: "a second factor for score rights"; issue 4
 * part 1): codes of a phone that change every 30 seconds (RFC 6238), enrolled by a QR code, with
 * recovery codes for a lost phone. Anyone may enrol; a body says of which roles it is demanded. A
 * code is taken once; wrong ones lock the account like wrong passwords.
 */
package io.invigil.hub.secondfactor;
