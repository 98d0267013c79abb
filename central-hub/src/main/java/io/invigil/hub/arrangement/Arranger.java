package io.invigil.hub.arrangement;

import io.invigil.hub.candidate.CandidateId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Finds a slot, room and seat for every wanted sitting (domain, section 7): the room's types hold
 * the subject's mode and it hosts the certificate, its seats suffice, nobody has two overlapping
 * sittings, only the school's sites are used. All or nothing.
 *
 * <p>Pure: the same problem and seed give the same outcome. First the known impossibilities are
 * looked for and named; then up to {@link #TRIES_MAX} attempts, the first of which fills rooms in
 * order. Stateless and thread-safe.
 */
public final class Arranger {
    public static final int TRIES_MAX = 24;

    /**
     * @param seed recorded with the run, so that it can be repeated
     */
    public ArrangementOutcome arrange(ArrangementProblem problem, long seed) {
        if (problem.wanted().isEmpty()) {
            return new ArrangementOutcome.Arranged(List.of());
        }
        Units units = new Units(problem);
        List<Bottleneck> impossible = new Feasibility(units).bottlenecks();
        if (!impossible.isEmpty()) {
            return new ArrangementOutcome.Infeasible(impossible);
        }
        Random random = new Random(seed);
        int bestPlaced = -1;
        Optional<CandidateId> stuck = Optional.empty();
        for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
            ArrangementTry.Result result = new ArrangementTry(units, random, attempt > 0).run();
            if (result.stuck().isEmpty()) {
                Optional<Map<WantedSitting, Placement>> seated =
                        new SeatNumbers(units, random).number(result.unitOf());
                if (seated.isPresent()) {
                    return new ArrangementOutcome.Arranged(
                            problem.wanted().stream().map(seated.get()::get).toList());
                }
            }
            if (result.unitOf().size() > bestPlaced) {
                bestPlaced = result.unitOf().size();
                stuck = result.stuck();
            }
        }
        return new ArrangementOutcome.Infeasible(List.of(notFound(units, bestPlaced, stuck)));
    }

    private static Bottleneck notFound(Units units, int placed, Optional<CandidateId> stuck) {
        List<WantedSitting> own =
                stuck.map(candidate -> units.byCandidate.get(candidate)).orElse(List.of());
        return new Bottleneck(
                Bottleneck.Kind.NOT_FOUND,
                own.stream().map(WantedSitting::subject).toList(),
                own.stream().map(WantedSitting::school).distinct().toList(),
                units.problem.wanted().size(),
                placed);
    }
}
