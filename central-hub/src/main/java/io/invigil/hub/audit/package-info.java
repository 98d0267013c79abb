/**
 * Who changed what, when, from where, before and after; and who read or exported scores (domain,
 * section 17; issue 4, part 13).
 *
 * <p>A rule that changes a record calls {@link io.invigil.hub.audit.Audit} in its own transaction:
 * one insert into the inbox, no shared row. One sealer ({@link io.invigil.hub.audit.AuditSealer})
 * moves the inbox into the log every second: it numbers the entries, chains their digests and signs
 * the newest one (protocol, section 6, "No global hot row"). {@link
 * io.invigil.hub.audit.AuditCheck} reads the log again and names every entry that was altered,
 * deleted or inserted since.
 *
 * <p>What is recorded is protected from the moment of sealing, about a second after the commit.
 */
package io.invigil.hub.audit;
