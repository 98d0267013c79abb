package io.invigil.hub.audit;

/**
 * Something in the log is not as it was sealed.
 *
 * @param number of the entry where it shows
 */
public record AuditFinding(Kind kind, long number) {

    public enum Kind {
        /** The entry's content is not the one that was sealed. */
        ALTERED,
        /** An entry with this number, or the ones from it on, are gone. */
        DELETED,
        /** The entry, or the ones from it on, were put there by someone else. */
        INSERTED,
        /** Entries up to this one were replaced together with their hashes. */
        REWRITTEN,
        /** The seal at this entry was not signed by the hub. */
        SEAL_FORGED
    }
}
