package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.ledger.History.Stretch;
import io.invigil.protocol.ledger.LedgerFacts.Branch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which epochs continue one another. The branch that ends at the highest position is the main one;
 * a process opens its epoch above all positions it knows, so a decision once made stays.
 *
 * @param main from the first epoch to the last
 * @param parked records that lie beside the main branch
 * @param newlyParked those of them that no earlier start has recorded
 * @param lost epochs named as a parent of which nothing, or less than their child knew, was found
 */
record EpochTree(
        List<Stretch> main, List<Branch> parked, List<Branch> newlyParked, List<EpochId> lost) {

    static EpochTree of(List<EpochLog> epochs) {
        List<Stretch> main = new ArrayList<>();
        List<EpochId> lost = new ArrayList<>();
        Optional<EpochLog> next =
                epochs.stream()
                        .max(
                                Comparator.comparingLong(EpochLog::lastPosition)
                                        .thenComparing(EpochLog::epoch));
        long upTo = Long.MAX_VALUE;
        while (next.isPresent() && main.size() < epochs.size()) {
            EpochLog log = next.get();
            main.add(new Stretch(log, upTo));
            upTo = log.opened().parentPosition();
            next = log.parent().flatMap(parent -> find(epochs, parent));
            if (log.parent().isPresent()
                    && next.map(parent -> lacks(parent, log)).orElse(Boolean.TRUE)) {
                lost.add(log.parent().get());
            }
        }
        Collections.reverse(main);
        List<Branch> parked = parked(epochs, main);
        Set<Branch> known = new HashSet<>();
        main.forEach(stretch -> known.addAll(stretch.log().opened().parked()));
        List<Branch> fresh = parked.stream().filter(branch -> !known.contains(branch)).toList();
        return new EpochTree(List.copyOf(main), parked, fresh, List.copyOf(lost));
    }

    /** The epoch that a new one continues. */
    Optional<EpochLog> tip() {
        return main.isEmpty() ? Optional.empty() : Optional.of(main.get(main.size() - 1).log());
    }

    private static List<Branch> parked(List<EpochLog> epochs, List<Stretch> main) {
        List<Branch> parked = new ArrayList<>();
        for (EpochLog log : epochs) {
            Optional<Stretch> stretch = main.stream().filter(s -> s.log() == log).findFirst();
            if (stretch.isEmpty()) {
                parked.add(new Branch(log.epoch().hex(), log.firstPosition()));
            } else if (stretch.get().upTo() < log.lastPosition()) {
                parked.add(new Branch(log.epoch().hex(), stretch.get().upTo() + 1));
            }
        }
        return List.copyOf(parked);
    }

    private static Optional<EpochLog> find(List<EpochLog> epochs, EpochId epoch) {
        return epochs.stream().filter(log -> log.epoch().equals(epoch)).findFirst();
    }

    private static boolean lacks(EpochLog parent, EpochLog child) {
        return parent.lastPosition() < child.opened().parentPosition();
    }
}
