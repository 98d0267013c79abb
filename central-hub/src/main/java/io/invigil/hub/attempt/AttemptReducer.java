package io.invigil.hub.attempt;

import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Derives an attempt from the set of its events, in whatever order they arrived. Within a node the
 * ledger's position decides; a node that began earlier comes first.
 */
final class AttemptReducer {
    private String node = "";
    private Attempt.Attendance attendance = Attempt.Attendance.EXPECTED;
    private String checkInWay = "";
    private Optional<Instant> startedAt = Optional.empty();
    private String paper = "";
    private Duration allowed = Duration.ZERO;
    private Duration granted = Duration.ZERO;
    private Optional<Attempt.HandIn> handIn = Optional.empty();
    private Optional<Attempt.Provisional> provisional = Optional.empty();
    private int incidents;
    private final FaceDoubt faces = new FaceDoubt();

    private AttemptReducer() {}

    static Attempt attempt(long sitting, List<RoomEvent> events) {
        Map<String, Long> begun = new HashMap<>();
        events.forEach(e -> begun.merge(e.node(), e.fact().stamp().at(), Math::min));
        AttemptReducer reducer = new AttemptReducer();
        events.stream()
                .sorted(
                        Comparator.comparing((RoomEvent e) -> begun.get(e.node()))
                                .thenComparing(RoomEvent::node)
                                .thenComparing(RoomEvent::position)
                                .thenComparing(RoomEvent::epoch))
                .forEach(reducer::apply);
        return reducer.result(sitting);
    }

    private void apply(RoomEvent event) {
        node = event.node();
        Instant at = Instant.ofEpochMilli(event.fact().stamp().at());
        switch (event.fact().fact()) {
            case RoomFact.CheckedIn fact -> {
                attendance = Attempt.Attendance.CHECKED_IN;
                checkInWay = fact.way().name();
            }
            case RoomFact.CheckInUndone fact -> {
                attendance = Attempt.Attendance.EXPECTED;
                checkInWay = "";
            }
            case RoomFact.MarkedAbsent fact -> attendance = Attempt.Attendance.ABSENT;
            case RoomFact.SittingStarted fact -> start(fact, at);
            case RoomFact.TimeGranted fact -> granted = granted.plusMillis(fact.millis());
            case ProctorFact.OutageCompensated fact -> granted = granted.plusMillis(fact.millis());
            case ProctorFact.Readmitted fact -> {
                // what came before is no result any more: the next hand-in is
                handIn = Optional.empty();
                provisional = Optional.empty();
            }
            case RoomFact.IncidentReported fact -> incidents++;
            case IdentityFact fact -> faces.apply(fact);
            case RoomFact.HandedIn fact ->
                    handIn =
                            Optional.of(
                                    new Attempt.HandIn(
                                            fact.cause(),
                                            at,
                                            fact.answered(),
                                            fact.answersDigest()));
            case RoomFact.ScoredProvisionally fact ->
                    provisional =
                            Optional.of(new Attempt.Provisional(fact.score(), fact.maximum()));
            case ProctorFact.LateChange fact -> letIn(fact);
            case RoomFact other -> {
                // pauses, seats, PINs and writers are shown from the events themselves
            }
        }
    }

    /** Somebody off the list was there; what the room says under the sitting's number is more. */
    private void letIn(ProctorFact.LateChange fact) {
        boolean extra = fact.kind() == LateChangeKind.EXTRA_CANDIDATE && fact.sitting().isEmpty();
        if (extra && attendance == Attempt.Attendance.EXPECTED) {
            attendance = Attempt.Attendance.CHECKED_IN;
            checkInWay = CheckInWay.MANUAL.name();
        }
    }

    private void start(RoomFact.SittingStarted fact, Instant at) {
        if (startedAt.isEmpty()) {
            startedAt = Optional.of(at);
            paper = fact.paper();
            allowed = Duration.ofMillis(fact.allowedMillis());
        }
    }

    private Attempt result(long sitting) {
        return new Attempt(
                sitting,
                node,
                attendance,
                checkInWay,
                startedAt,
                paper,
                allowed,
                granted,
                handIn,
                provisional,
                incidents + (faces.open() ? 1 : 0));
    }

    /**
     * A check of the running test that no person decided in the candidate's favour is for the
     * review: it weighs like an incident (S0, section 7; domain, section 10).
     */
    private static final class FaceDoubt {
        private boolean differed;
        private boolean missed;
        private boolean refused;

        void apply(IdentityFact fact) {
            switch (fact) {
                case IdentityFact.FaceCompared f -> {
                    if (f.moment() == IdentityMoment.DURING_THE_TEST) {
                        boolean accepted = f.verdict() == FaceVerdict.ACCEPT;
                        differed |= !accepted;
                        missed &= !accepted;
                    }
                }
                case IdentityFact.RecheckNotCompared f -> missed = true;
                case IdentityFact.IdentityDecided f -> {
                    differed = false;
                    missed = false;
                    refused = !f.accepted();
                }
                case IdentityFact.PhotoTaken f -> newPhoto();
                case IdentityFact.PhotoUnbound f -> newPhoto();
                case IdentityFact.IdentityAsked f -> {
                    // before the start, where nobody sits yet
                }
                case IdentityFact.RecheckAsked f -> {
                    // what came of it is the next fact
                }
            }
        }

        private void newPhoto() {
            differed = false;
            missed = false;
        }

        boolean open() {
            return differed || missed || refused;
        }
    }
}
