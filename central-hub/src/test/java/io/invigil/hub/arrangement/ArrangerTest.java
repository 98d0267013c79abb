package io.invigil.hub.arrangement;

import static io.invigil.hub.arrangement.ArrangementProblems.room;
import static io.invigil.hub.arrangement.ArrangementProblems.sites;
import static io.invigil.hub.arrangement.ArrangementProblems.slot;
import static io.invigil.hub.arrangement.ArrangementProblems.subject;
import static io.invigil.hub.arrangement.ArrangementProblems.subjects;
import static io.invigil.hub.arrangement.ArrangementProblems.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.arrangement.Bottleneck.Kind;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArrangerTest {
    private static final Set<ExamMode> COMPUTER = Set.of(ExamMode.COMPUTER);
    private static final Map<SubjectId, Subject> ONE =
            subjects(subject(1, ExamMode.COMPUTER, 60, 1));

    private final Arranger arranger = new Arranger();
    private final ArrangementCheck check = new ArrangementCheck();

    private List<WantedSitting> sixty() {
        List<WantedSitting> wanted = new ArrayList<>();
        for (int at = 1; at <= 60; at++) {
            wanted.add(wanted(at, at, 7, 1));
        }
        return wanted;
    }

    @Test
    void fillsRoomsToTheLastSeat() {
        ArrangementProblem problem =
                new ArrangementProblem(
                        sixty(),
                        ONE,
                        List.of(slot(1, 60, 180, 1)),
                        List.of(room(1, 1, 30, COMPUTER, 1L), room(2, 1, 30, COMPUTER, 1L)),
                        sites(7, 1),
                        List.of());
        ArrangementOutcome outcome = arranger.arrange(problem, 42);
        assertThat(outcome).isInstanceOf(ArrangementOutcome.Arranged.class);
        List<Placement> placements = ((ArrangementOutcome.Arranged) outcome).placements();
        assertThat(check.violations(problem, placements)).isEmpty();
        assertThat(placements).hasSize(60);
        assertThat(arranger.arrange(problem, 42)).isEqualTo(outcome);
        assertThat(arranger.arrange(problem, 43)).isNotEqualTo(outcome);
    }

    @Test
    void namesTheShortageWhenOneSeatIsMissing() {
        ArrangementProblem problem =
                new ArrangementProblem(
                        sixty(),
                        ONE,
                        List.of(slot(1, 60, 180, 1)),
                        List.of(room(1, 1, 30, COMPUTER, 1L), room(2, 1, 29, COMPUTER, 1L)),
                        sites(7, 1),
                        List.of());
        Bottleneck bottleneck = onlyBottleneck(problem);
        assertThat(bottleneck.kind()).isEqualTo(Kind.SEATS_SHORT);
        assertThat(bottleneck.needed()).isEqualTo(60);
        assertThat(bottleneck.available()).isEqualTo(59);
        assertThat(bottleneck.subjects()).containsExactly(new SubjectId(1));
    }

    @Test
    void namesWhatIsMissingBeforeAnythingElse() {
        List<WantedSitting> wanted = List.of(wanted(1, 1, 7, 1));
        var slots = List.of(slot(1, 60, 180, 1));
        var rooms = List.of(room(1, 1, 30, COMPUTER, 1L));
        assertThat(kind(wanted, List.of(), rooms, 1)).isEqualTo(Kind.SUBJECT_WITHOUT_SLOT);
        assertThat(kind(wanted, List.of(slot(1, 0, 59, 1)), rooms, 1))
                .isEqualTo(Kind.SLOTS_TOO_SHORT);
        assertThat(kind(wanted, slots, rooms, 2)).isEqualTo(Kind.SCHOOL_WITHOUT_ROOM);
        assertThat(kind(wanted, slots, List.of(room(1, 1, 9, Set.of(ExamMode.WRITTEN), 1L)), 1))
                .isEqualTo(Kind.NO_ROOM_OF_TYPE);
        assertThat(kind(wanted, slots, List.of(room(1, 1, 9, COMPUTER, 2L)), 1))
                .isEqualTo(Kind.CERTIFICATE_NOT_HOSTED);
    }

    private Kind kind(
            List<WantedSitting> wanted,
            List<io.invigil.hub.plan.Slot> slots,
            List<io.invigil.hub.site.Room> rooms,
            long site) {
        return onlyBottleneck(
                        new ArrangementProblem(
                                wanted, ONE, slots, rooms, sites(7, site), List.of()))
                .kind();
    }

    private Bottleneck onlyBottleneck(ArrangementProblem problem) {
        ArrangementOutcome outcome = arranger.arrange(problem, 1);
        assertThat(outcome).isInstanceOf(ArrangementOutcome.Infeasible.class);
        List<Bottleneck> found = ((ArrangementOutcome.Infeasible) outcome).bottlenecks();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void namesSubjectsThatOneCandidateCannotBothSit() {
        ArrangementProblem problem =
                new ArrangementProblem(
                        List.of(wanted(1, 1, 7, 1), wanted(2, 1, 7, 2)),
                        subjects(
                                subject(1, ExamMode.COMPUTER, 60, 1),
                                subject(2, ExamMode.COMPUTER, 60, 1)),
                        List.of(slot(1, 0, 90, 1), slot(2, 89, 180, 2)),
                        List.of(room(1, 1, 30, COMPUTER, 1L)),
                        sites(7, 1),
                        List.of());
        assertThat(onlyBottleneck(problem).kind()).isEqualTo(Kind.CANDIDATE_SLOTS_OVERLAP);
    }

    @Test
    void slotsThatTouchDoNotOverlap() {
        ArrangementProblem problem =
                new ArrangementProblem(
                        List.of(wanted(1, 1, 7, 1), wanted(2, 1, 7, 2)),
                        subjects(
                                subject(1, ExamMode.COMPUTER, 60, 1),
                                subject(2, ExamMode.COMPUTER, 60, 1)),
                        List.of(slot(1, 0, 90, 1), slot(2, 90, 180, 2)),
                        List.of(room(1, 1, 1, COMPUTER, 1L)),
                        sites(7, 1),
                        List.of());
        assertThat(arranger.arrange(problem, 1)).isInstanceOf(ArrangementOutcome.Arranged.class);
    }

    @Test
    void keepsWhoIsAlreadySeated() {
        WantedSitting seated = wanted(1, 1, 7, 1);
        Placement fixed =
                new Placement(
                        seated,
                        new io.invigil.hub.plan.SlotId(1),
                        new io.invigil.hub.site.RoomId(1),
                        1);
        ArrangementProblem problem =
                new ArrangementProblem(
                        List.of(wanted(2, 2, 7, 1)),
                        ONE,
                        List.of(slot(1, 0, 90, 1)),
                        List.of(room(1, 1, 2, COMPUTER, 1L)),
                        sites(7, 1),
                        List.of(fixed));
        ArrangementOutcome.Arranged arranged =
                (ArrangementOutcome.Arranged) arranger.arrange(problem, 5);
        assertThat(arranged.placements()).singleElement().extracting("seat").isEqualTo(2);
    }

    @Test
    void whateverItArrangesTheIndependentCheckFindsNoFault() {
        long seed = Long.getLong("seed", 20261120L);
        Random random = new Random(seed);
        int arranged = 0;
        int proved = 0;
        for (int round = 0; round < 1500; round++) {
            ArrangementProblem problem = ArrangementProblems.random(random);
            long own = random.nextLong();
            switch (arranger.arrange(problem, own)) {
                case ArrangementOutcome.Arranged done -> {
                    arranged++;
                    assertThat(check.violations(problem, done.placements()))
                            .as("seed %s round %s", seed, round)
                            .isEmpty();
                }
                case ArrangementOutcome.Infeasible none -> {
                    assertThat(none.bottlenecks()).as("seed %s", seed).isNotEmpty();
                    proved += none.bottlenecks().get(0).kind() == Kind.NOT_FOUND ? 0 : 1;
                }
            }
        }
        assertThat(arranged).as("seed %s", seed).isGreaterThan(100);
        assertThat(proved).as("seed %s", seed).isGreaterThan(100);
        System.out.println(
                "arranger property: seed "
                        + seed
                        + ", arranged "
                        + arranged
                        + ", proved infeasible "
                        + proved
                        + ", not found "
                        + (1500 - arranged - proved));
    }

    @Test
    void findsAnArrangementWheneverAnExhaustiveSearchDoes() {
        long seed = Long.getLong("seed", 20261120L);
        Random random = new Random(seed);
        int missed = 0;
        int possible = 0;
        for (int round = 0; round < 400; round++) {
            ArrangementProblem problem = ArrangementProblems.random(random);
            if (problem.wanted().size() > 9) {
                continue;
            }
            boolean exists = Exhaustive.exists(problem);
            boolean found = arranger.arrange(problem, round) instanceof ArrangementOutcome.Arranged;
            assertThat(found && !exists).as("seed %s round %s", seed, round).isFalse();
            possible += exists ? 1 : 0;
            missed += exists && !found ? 1 : 0;
        }
        assertThat(possible).as("seed %s", seed).isPositive();
        assertThat(missed).as("seed %s", seed).isZero();
    }

    @Test
    void arrangesFiftyThousandCandidatesOfTwoSubjects() {
        List<WantedSitting> wanted = new ArrayList<>();
        for (int candidate = 1; candidate <= 50_000; candidate++) {
            long school = 1 + candidate % 50;
            wanted.add(wanted(2L * candidate, candidate, school, 1));
            wanted.add(wanted(2L * candidate + 1, candidate, school, 2));
        }
        List<io.invigil.hub.site.Room> rooms = new ArrayList<>();
        Map<io.invigil.hub.organisation.OrganisationId, Set<io.invigil.hub.site.SiteId>> sitesOf =
                new java.util.HashMap<>();
        for (int school = 1; school <= 50; school++) {
            sitesOf.putAll(sites(school, school));
            for (int at = 0; at < 10; at++) {
                rooms.add(room(rooms.size() + 1, school, 50, COMPUTER, 1L));
            }
        }
        ArrangementProblem problem =
                new ArrangementProblem(
                        wanted,
                        subjects(
                                subject(1, ExamMode.COMPUTER, 60, 1),
                                subject(2, ExamMode.COMPUTER, 60, 1)),
                        List.of(
                                slot(1, 0, 90, 1, 2),
                                slot(2, 120, 210, 1, 2),
                                slot(3, 240, 330, 1, 2),
                                slot(4, 360, 450, 1, 2)),
                        rooms,
                        sitesOf,
                        List.of());
        ArrangementOutcome outcome = arranger.arrange(problem, 1);
        assertThat(outcome).isInstanceOf(ArrangementOutcome.Arranged.class);
        assertThat(check.violations(problem, ((ArrangementOutcome.Arranged) outcome).placements()))
                .isEmpty();
    }
}
