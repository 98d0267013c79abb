/**
 * Setting up and looking after a node (XSP/1 section 10): keys made here and never exported,
 * enrolment by claim code over HTTPS or by request and reply files, certificates, the state page's
 * data.
 *
 * <p>Before enrolment a node has no certificate that anyone trusts. It then serves nothing but the
 * set-up page, over HTTPS with a certificate of its own making whose fingerprint the console shows,
 * on loopback unless configured otherwise, and only against the set-up code that the console shows
 * too. After enrolment that listener is gone.
 */
package io.invigil.site.technician;
