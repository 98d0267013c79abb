package io.invigil.hub.arrangement;

import static io.invigil.hub.arrangement.ArrangementProblems.room;
import static io.invigil.hub.arrangement.ArrangementProblems.sites;
import static io.invigil.hub.arrangement.ArrangementProblems.slot;
import static io.invigil.hub.arrangement.ArrangementProblems.subject;
import static io.invigil.hub.arrangement.ArrangementProblems.subjects;
import static io.invigil.hub.arrangement.ArrangementProblems.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.arrangement.Bottleneck.Kind;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.SiteId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Domain section 7, issue 4 part 7: tight and impossible plans, strategies, special seats. */
class TightArrangementTest {
    private static final Set<ExamMode> COMPUTER = Set.of(ExamMode.COMPUTER);
    private final Arranger arranger = new Arranger();
    private final ArrangementCheck check = new ArrangementCheck();

    private List<Placement> arranged(ArrangementProblem problem, Strategy strategy, long seed) {
        ArrangementOutcome outcome = arranger.arrange(problem, strategy, seed);
        assertThat(outcome).as("seed %s", seed).isInstanceOf(ArrangementOutcome.Arranged.class);
        List<Placement> placements = ((ArrangementOutcome.Arranged) outcome).placements();
        assertThat(check.violations(problem, placements)).as("seed %s", seed).isEmpty();
        return placements;
    }

    private Bottleneck first(ArrangementProblem problem, long seed) {
        ArrangementOutcome outcome = arranger.arrange(problem, seed);
        assertThat(outcome).as("seed %s", seed).isInstanceOf(ArrangementOutcome.Infeasible.class);
        return ((ArrangementOutcome.Infeasible) outcome).bottlenecks().get(0);
    }

    @Test
    void fillsPlansOfNinetyEightPercentWithBorrowedSeatsAndOverlappingSlots() {
        for (Strategy strategy : Strategy.values()) {
            for (long seed = 1; seed <= 3; seed++) {
                ArrangementProblem problem = TightProblems.of(6_000, 10, 0.999, seed);
                assertThat(TightProblems.fill(problem)).isGreaterThanOrEqualTo(0.98);
                arranged(problem, strategy, seed);
            }
        }
    }

    @Test
    void oneSeatLessThanATightPlanNeedsIsNamedAsTheShortage() {
        for (long seed = 1; seed <= 3; seed++) {
            ArrangementProblem full = TightProblems.of(6_000, 10, 1.0, seed);
            List<Room> fewer = new ArrayList<>(full.rooms());
            Room last = fewer.remove(fewer.size() - 1);
            fewer.add(
                    room(
                            last.id().value(),
                            last.site().value(),
                            last.seats() - 1,
                            last.types(),
                            1L));
            ArrangementProblem short1 =
                    new ArrangementProblem(
                            full.wanted(),
                            full.subjects(),
                            full.slots(),
                            fewer,
                            full.sitesOf(),
                            List.of());
            Bottleneck why = first(short1, seed);
            assertThat(why.kind()).isEqualTo(Kind.SEATS_SHORT);
            assertThat(why.needed()).isGreaterThan(why.available());
        }
    }

    @Test
    void slotsThatOverlapShareTheirSeatsInTheProofToo() {
        List<WantedSitting> wanted = new ArrayList<>();
        for (int at = 1; at <= 20; at++) {
            wanted.add(wanted(at, at, 7, at <= 10 ? 1 : 2));
        }
        ArrangementProblem problem =
                new ArrangementProblem(
                        wanted,
                        subjects(
                                subject(1, ExamMode.COMPUTER, 60, 1),
                                subject(2, ExamMode.COMPUTER, 60, 1)),
                        List.of(slot(1, 0, 90, 1), slot(2, 30, 120, 2)),
                        List.of(room(1, 1, 19, COMPUTER, 1L)),
                        sites(7, 1),
                        List.of());
        Bottleneck why = first(problem, 1);
        assertThat(why.kind()).isEqualTo(Kind.SEATS_SHORT);
        assertThat(why.needed()).isEqualTo(20);
        assertThat(why.available()).isEqualTo(19);
    }

    @Test
    void byNumberTheSeatsFollowTheOrderRoomByRoom() {
        List<WantedSitting> wanted = new ArrayList<>();
        for (int at = 1; at <= 25; at++) {
            wanted.add(wanted(at, at, 7, 1));
        }
        ArrangementProblem problem =
                new ArrangementProblem(
                        wanted,
                        subjects(subject(1, ExamMode.COMPUTER, 60, 1)),
                        List.of(slot(1, 0, 90, 1)),
                        List.of(room(1, 1, 10, COMPUTER, 1L), room(2, 1, 20, COMPUTER, 1L)),
                        sites(7, 1),
                        List.of());
        List<Placement> placements = arranged(problem, Strategy.BY_NUMBER, 5);
        for (int at = 0; at < 25; at++) {
            assertThat(placements.get(at).room().value()).isEqualTo(at < 10 ? 1 : 2);
            assertThat(placements.get(at).seat()).isEqualTo(at < 10 ? at + 1 : at - 9);
        }
        assertThat(arranger.arrange(problem, Strategy.RANDOM, 5))
                .isEqualTo(arranger.arrange(problem, Strategy.RANDOM, 5))
                .isNotEqualTo(arranger.arrange(problem, Strategy.RANDOM, 6));
    }

    @Test
    void neighboursComeFromDifferentSchoolsWhenNoSchoolHasMoreThanHalf() {
        Random random = new Random(20261120);
        for (int round = 0; round < 30; round++) {
            int schools = 3 + random.nextInt(4);
            List<WantedSitting> wanted = new ArrayList<>();
            Map<OrganisationId, Set<SiteId>> sitesOf = new HashMap<>();
            for (int school = 1; school <= schools; school++) {
                sitesOf.put(new OrganisationId(school), Set.of(new SiteId(1)));
            }
            for (int at = 1; at <= 60; at++) {
                wanted.add(wanted(at, at, 1 + at % schools, 1));
            }
            ArrangementProblem problem =
                    new ArrangementProblem(
                            wanted,
                            subjects(subject(1, ExamMode.COMPUTER, 60, 1)),
                            List.of(slot(1, 0, 90, 1)),
                            List.of(room(1, 1, 30, COMPUTER, 1L), room(2, 1, 30, COMPUTER, 1L)),
                            sitesOf,
                            List.of());
            List<Placement> placements = arranged(problem, Strategy.DIFFERENT_SCHOOLS, round);
            assertThat(check.sameSchoolNeighbours(problem, placements))
                    .as("round %s", round)
                    .isZero();
            assertThat(
                            check.sameSchoolNeighbours(
                                    problem, arranged(problem, Strategy.RANDOM, round)))
                    .isPositive();
        }
    }

    @Test
    void subjectsShareARoomOnlyWhereThePlanAllowsIt() {
        List<WantedSitting> wanted = new ArrayList<>();
        for (int at = 1; at <= 24; at++) {
            wanted.add(wanted(at, at, 7, at % 2 + 1));
        }
        ArrangementProblem mixed =
                new ArrangementProblem(
                        wanted,
                        subjects(
                                subject(1, ExamMode.COMPUTER, 60, 1),
                                subject(2, ExamMode.COMPUTER, 60, 1)),
                        List.of(slot(1, 0, 90, 1, 2)),
                        List.of(room(1, 1, 8, COMPUTER, 1L), room(2, 1, 16, COMPUTER, 1L)),
                        sites(7, 1),
                        List.of());
        arranged(mixed, Strategy.RANDOM, 1);
        ArrangementProblem apart = apart(mixed, mixed.rooms());
        assertThat(first(apart, 1).kind()).isEqualTo(Kind.SUBJECTS_MAY_NOT_SHARE);
        arranged(
                apart(mixed, List.of(room(1, 1, 12, COMPUTER, 1L), room(2, 1, 16, COMPUTER, 1L))),
                Strategy.RANDOM,
                1);
        List<Placement> together =
                ((ArrangementOutcome.Arranged) arranger.arrange(mixed, 1)).placements();
        assertThat(check.violations(apart, together))
                .anyMatch(text -> text.contains("shares its room with another subject"));
    }

    private static ArrangementProblem apart(ArrangementProblem problem, List<Room> rooms) {
        return new ArrangementProblem(
                problem.wanted(),
                problem.subjects(),
                problem.slots(),
                rooms,
                problem.sitesOf(),
                List.of(),
                false);
    }

    private static WantedSitting special(long at, int extra, boolean accessible) {
        return new WantedSitting(
                new SittingId(at),
                new CandidateId(at),
                new OrganisationId(7),
                new SubjectId(1),
                extra,
                accessible);
    }

    private static Room layout(int seats, Set<Integer> broken, Set<Integer> accessible) {
        Room plain = room(1, 1, seats, COMPUTER, 1L);
        return new Room(
                plain.tenant(),
                plain.id(),
                plain.plan(),
                plain.site(),
                plain.name(),
                plain.types(),
                plain.seats(),
                plain.columns(),
                plain.address(),
                plain.levels(),
                broken,
                accessible);
    }

    private static ArrangementProblem with(List<WantedSitting> wanted, Room room, int minutes) {
        return new ArrangementProblem(
                wanted,
                subjects(subject(1, ExamMode.COMPUTER, 60, 1)),
                List.of(slot(1, 0, minutes, 1)),
                List.of(room),
                sites(7, 1),
                List.of());
    }

    @Test
    void wheelchairSeatsAreKeptForWhoNeedsThemAndBrokenOnesForNobody() {
        List<WantedSitting> wanted = new ArrayList<>();
        for (int at = 1; at <= 7; at++) {
            wanted.add(special(at, 0, at >= 6));
        }
        Room room = layout(10, Set.of(2, 5, 9), Set.of(1, 10, 9));
        for (Strategy strategy : Strategy.values()) {
            List<Placement> placements = arranged(with(wanted, room, 90), strategy, 3);
            assertThat(placements)
                    .filteredOn(one -> one.sitting().accessible())
                    .extracting(Placement::seat)
                    .containsExactlyInAnyOrder(1, 10);
        }
        wanted.add(special(8, 0, false));
        assertThat(first(with(wanted, room, 90), 1).kind()).isEqualTo(Kind.SEATS_SHORT);
        wanted.set(7, special(8, 0, true));
        wanted.remove(0);
        Bottleneck why = first(with(wanted, room, 90), 1);
        assertThat(why.kind()).isEqualTo(Kind.ACCESSIBLE_SEATS_SHORT);
        assertThat(why.needed()).isEqualTo(3);
        assertThat(why.available()).isEqualTo(2);
    }

    @Test
    void extraTimeNeedsASlotThatIsLongEnoughToTheMinute() {
        Room room = layout(10, Set.of(), Set.of());
        List<WantedSitting> wanted = List.of(special(1, 0, false), special(2, 30, false));
        arranged(with(wanted, room, 90), Strategy.RANDOM, 1);
        assertThat(first(with(wanted, room, 89), 1).kind()).isEqualTo(Kind.EXTRA_TIME_TOO_LONG);
    }
}
