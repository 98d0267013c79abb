package io.invigil.protocol.ledger;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The gaps that damage left in the chains, until they are filled. Thread-safe. */
final class LedgerGaps {
    /** Gaps kept; a ledger with more is beyond repair record by record. */
    static final int GAPS_MAX = 10_000;

    private static final int PAGE = 4000;
    private static final int PAGE_BYTES = 8 * 1024 * 1024;

    private final List<LedgerGap> gaps;

    private LedgerGaps(List<LedgerGap> gaps) {
        this.gaps = new CopyOnWriteArrayList<>(gaps);
    }

    static LedgerGaps none() {
        return new LedgerGaps(List.of());
    }

    /** Walks every chain; only needed where recovery found damage. */
    static LedgerGaps find(List<EpochLog> epochs, History history) {
        List<LedgerGap> found = new ArrayList<>();
        for (EpochLog log : epochs) {
            for (Lane lane : Lane.values()) {
                find(log, lane, epochs, history, found);
            }
        }
        return new LedgerGaps(found.subList(0, Math.min(found.size(), GAPS_MAX)));
    }

    private static void find(
            EpochLog log,
            Lane lane,
            List<EpochLog> epochs,
            History history,
            List<LedgerGap> found) {
        long seq = 0;
        Digest hash = log.genesis(lane);
        List<FactRecord> page = history.read(log.epoch(), lane, 1, PAGE, PAGE_BYTES);
        while (!page.isEmpty()) {
            for (FactRecord record : page) {
                if (record.seq() > seq + 1) {
                    found.add(
                            new LedgerGap(
                                    log.epoch(),
                                    lane,
                                    seq + 1,
                                    record.seq() - 1,
                                    hash,
                                    record.prevHash()));
                }
                seq = record.seq();
                hash = record.hash();
            }
            page = history.read(log.epoch(), lane, seq + 1, PAGE, PAGE_BYTES);
        }
        Optional<LedgerFacts.Head> known = headKnownToChild(log, lane, epochs);
        if (known.isPresent() && known.get().seq() > seq) {
            found.add(
                    new LedgerGap(
                            log.epoch(),
                            lane,
                            seq + 1,
                            known.get().seq(),
                            hash,
                            Digest.ofHex(known.get().hash())));
        }
    }

    private static Optional<LedgerFacts.Head> headKnownToChild(
            EpochLog log, Lane lane, List<EpochLog> epochs) {
        return epochs.stream()
                .filter(child -> child.parent().equals(Optional.of(log.epoch())))
                .map(child -> Optional.ofNullable(child.opened().parentHeads().get(lane.code())))
                .flatMap(Optional::stream)
                .max((a, b) -> Long.compare(a.seq(), b.seq()));
    }

    List<LedgerGap> all() {
        return List.copyOf(gaps);
    }

    /** The gap that begins with this record. */
    Optional<LedgerGap> at(FactRecord first) {
        return gaps.stream()
                .filter(
                        gap ->
                                gap.epoch().equals(first.epoch())
                                        && gap.lane() == first.lane()
                                        && gap.fromSeq() == first.seq())
                .findFirst();
    }

    void filled(LedgerGap gap) {
        gaps.remove(gap);
    }
}
