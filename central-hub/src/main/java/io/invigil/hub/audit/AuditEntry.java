package io.invigil.hub.audit;

import io.invigil.protocol.crypto.Digest;
import java.time.Instant;

/**
 * A sealed entry of the log.
 *
 * @param number its place in the tenant's chain, from 1
 * @param id given when it was recorded; ascending, with gaps
 * @param subject kind of record, such as {@code plan}
 * @param key which one
 * @param before the fields that changed, as a JSON object, as they were; empty when it was created
 * @param after the same fields as they are; empty when it was deleted
 * @param hash of the previous entry's hash and all of this one
 */
public record AuditEntry(
        AuditActor actor,
        long number,
        long id,
        Instant at,
        AuditAction action,
        String subject,
        String key,
        String before,
        String after,
        Digest hash) {

    /** The entry as it stands behind a previous one. */
    AuditEntry chained(long place, Digest previous) {
        AuditEntry placed =
                new AuditEntry(
                        actor, place, id, at, action, subject, key, before, after, Digest.ZERO);
        return placed.with(AuditChain.hash(previous, placed));
    }

    private AuditEntry with(Digest own) {
        return new AuditEntry(actor, number, id, at, action, subject, key, before, after, own);
    }
}
