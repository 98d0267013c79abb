/**
 * Primitives of suite {@code ed25519-x25519-aes256gcm} (XSP/1 section 4): one thin layer over
 * Bouncy Castle and the JDK so that the rest of the protocol never names a provider. Nothing here
 * reads a clock; randomness arrives as {@link io.invigil.protocol.crypto.Entropy}.
 */
package io.invigil.protocol.crypto;
