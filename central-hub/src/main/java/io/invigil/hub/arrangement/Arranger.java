package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.SubjectId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Finds a slot, room and seat for every wanted sitting (domain, section 7): the room's types hold
 * the subject's mode and it hosts the certificate, its seats suffice, nobody has two overlapping
 * sittings, only the school's sites are used. All or nothing.
 *
 * <p>Pure: the same problem, strategy and seed give the same outcome. First the known
 * impossibilities are looked for and named; then some attempts, the first of which fills rooms in
 * order. Time and memory grow with the sittings. Stateless and thread-safe.
 */
public final class Arranger {
    public static final int TRIES_MAX = 24;

    /** Sittings over all tries; at least two tries are made. */
    public static final int SITTINGS_TRIED_MAX = 4_000_000;

    /** At random. */
    public ArrangementOutcome arrange(ArrangementProblem problem, long seed) {
        return arrange(problem, Strategy.RANDOM, seed);
    }

    /**
     * @param seed recorded with the run, so that it can be repeated
     */
    public ArrangementOutcome arrange(ArrangementProblem problem, Strategy strategy, long seed) {
        if (problem.wanted().isEmpty()) {
            return new ArrangementOutcome.Arranged(List.of());
        }
        Units units = new Units(problem);
        List<Bottleneck> impossible = new Feasibility(units).bottlenecks();
        if (!impossible.isEmpty()) {
            return new ArrangementOutcome.Infeasible(impossible);
        }
        Random random = new Random(seed);
        CandidateOrder order = new CandidateOrder(units);
        int tries = Math.clamp(SITTINGS_TRIED_MAX / units.wanted, 2, TRIES_MAX);
        int bestPlaced = -1;
        int stuck = -1;
        for (int attempt = 0; attempt < tries; attempt++) {
            boolean shuffle = attempt > 0;
            ArrangementTry one = new ArrangementTry(units, random, shuffle);
            int without = one.run(order.of(strategy, random, shuffle));
            if (without < 0) {
                Optional<Placement[]> seated =
                        new SeatNumbers(units, strategy, random).number(one.unitOf);
                if (seated.isPresent()) {
                    return new ArrangementOutcome.Arranged(Arrays.asList(seated.get()));
                }
            }
            int placed = one.placed();
            if (placed > bestPlaced) {
                bestPlaced = placed;
                stuck = without;
            }
        }
        return new ArrangementOutcome.Infeasible(List.of(notFound(units, bestPlaced, stuck, seed)));
    }

    private Bottleneck notFound(Units units, int placed, int stuck, long seed) {
        Set<SubjectId> subjects = new LinkedHashSet<>();
        Set<OrganisationId> schools = new LinkedHashSet<>();
        if (stuck >= 0) {
            for (int at = units.ownFrom[stuck]; at < units.ownFrom[stuck + 1]; at++) {
                WantedSitting sitting = units.problem.wanted().get(units.own[at]);
                subjects.add(sitting.subject());
                schools.add(sitting.school());
            }
        }
        boolean onlyMixed =
                !units.problem.mixedSubjects()
                        && arrange(units.problem.withMixedSubjects(), Strategy.RANDOM, seed)
                                instanceof ArrangementOutcome.Arranged;
        return new Bottleneck(
                onlyMixed ? Bottleneck.Kind.SUBJECTS_MAY_NOT_SHARE : Bottleneck.Kind.NOT_FOUND,
                new ArrayList<>(subjects),
                new ArrayList<>(schools),
                units.wanted,
                placed);
    }
}
