/** Verifies the hub's log of who changed what (domain, section 17). */
package io.invigil.provisioning.audit;
