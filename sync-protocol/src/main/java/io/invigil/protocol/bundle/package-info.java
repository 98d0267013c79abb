/**
 * Bundles (XSP/1 section 4): a signed, sealed range of one lane, the same on every carrier. Reading
 * has three steps with a typed result each: form, signature, opening; limits are checked before
 * anything is allocated.
 */
package io.invigil.protocol.bundle;
