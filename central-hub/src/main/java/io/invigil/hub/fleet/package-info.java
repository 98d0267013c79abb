/**
 * The site nodes of this hub: the keys and certificate authority of the realm, claim codes and
 * enrolment, revocation, and the live page of who is there (XSP/1 sections 8 and 10). The body's
 * staff make claim codes and revoke; a node is claimed → active → revoked, and may be claimed anew.
 */
package io.invigil.hub.fleet;
