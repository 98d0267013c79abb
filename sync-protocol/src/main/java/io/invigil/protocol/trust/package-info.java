/**
 * Whom a node believes and how it gets there (XSP/1 section 10): the signed trust root with the
 * keys of each role, the claim code that lets a fresh node authenticate its hub, the enrolment
 * messages (the same over HTTPS and on a USB stick), key rotation and revocation. All of it is
 * pure.
 */
package io.invigil.protocol.trust;
