package io.invigil.hub.audit;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.VerifyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a tenant's log from its first entry and names what does not fit: give it entries and seals
 * in the order of their numbers, a seal after the entry it covers, then ask {@link #end}. Used by
 * one thread.
 */
public final class AuditCheck {
    /** Findings that are kept; all are counted. */
    public static final int FINDINGS_MAX = 100;

    private final VerifyKey key;
    private final List<AuditFinding> findings = new ArrayList<>();
    private long found;
    private long entries;
    private long last;
    private long covered;
    private Digest hash = Digest.ZERO;

    /**
     * @param key with which the hub's seals are verified
     */
    public AuditCheck(VerifyKey key) {
        this.key = key;
    }

    /** What came of it. */
    public record Result(long entries, long sealedUpTo, long found, List<AuditFinding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }

        public boolean isSound() {
            return found == 0;
        }
    }

    public void entry(AuditEntry entry) {
        entries++;
        if (entry.number() <= last) {
            report(AuditFinding.Kind.INSERTED, entry.number());
            return;
        }
        if (entry.number() > last + 1) {
            report(AuditFinding.Kind.DELETED, last + 1);
        } else if (!AuditChain.hash(hash, entry).equals(entry.hash())) {
            report(AuditFinding.Kind.ALTERED, entry.number());
        }
        last = entry.number();
        hash = entry.hash();
    }

    public void seal(AuditSeal seal) {
        if (!seal.isBy(key)) {
            report(AuditFinding.Kind.SEAL_FORGED, seal.number());
        } else if (seal.number() != last) {
            report(AuditFinding.Kind.DELETED, seal.number());
        } else if (!seal.hash().equals(hash)) {
            report(AuditFinding.Kind.REWRITTEN, seal.number());
        } else {
            covered = seal.number();
        }
    }

    /**
     * Ends the reading.
     *
     * @param anchor the newest seal known outside the database
     */
    public Result end(Optional<AuditSeal> anchor) {
        if (last > covered) {
            report(AuditFinding.Kind.INSERTED, covered + 1);
        }
        anchor.filter(seal -> seal.number() > last)
                .ifPresent(seal -> report(AuditFinding.Kind.DELETED, last + 1));
        return new Result(entries, covered, found, findings);
    }

    private void report(AuditFinding.Kind kind, long number) {
        found++;
        if (findings.size() < FINDINGS_MAX) {
            findings.add(new AuditFinding(kind, number));
        }
    }
}
