/**
 * Keeps what the node believes and what others believe of it from running out (XSP/1 sections 8 and
 * 10): trust roots, revocations, certificates. The exam never waits for any of it.
 */
package io.invigil.site.trust;
