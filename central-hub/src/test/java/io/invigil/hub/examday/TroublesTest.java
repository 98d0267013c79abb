package io.invigil.hub.examday;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.RoomPhase;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SittingPolicy;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Window;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Issue 3, part 6: the board shows rooms not opened, late starts, absences, incidents, calls for
 * help, last seen. Doors open half an hour before nine, the slot ends at eleven.
 */
class TroublesTest {
    private static final Instant START = Instant.parse("2026-11-20T01:00:00Z");

    @Test
    void aRoomThatIsNotOpenFiveMinutesAfterItsDoorsIsCalled() {
        assertThat(kinds(at(-26), box(RoomPhase.READY, true, true))).isEmpty();
        assertThat(kinds(at(-24), box(RoomPhase.READY, true, true)))
                .containsExactly(Trouble.Kind.NOT_OPENED);
        assertThat(kinds(at(-24), box(RoomPhase.CHECK_IN, true, true))).isEmpty();
    }

    @Test
    void sealedPapersShortlyBeforeTheStartAreACall() {
        assertThat(kinds(at(-4), box(RoomPhase.CHECK_IN, true, false))).isEmpty();
        assertThat(kinds(at(-2), box(RoomPhase.CHECK_IN, true, false)))
                .containsExactly(Trouble.Kind.PAPERS_SHUT);
    }

    @Test
    void aRoomThatStillChecksInAfterTheStartIsLate() {
        assertThat(kinds(at(4), box(RoomPhase.CHECK_IN, true, true))).isEmpty();
        assertThat(kinds(at(6), box(RoomPhase.CHECK_IN, true, true)))
                .containsExactly(Trouble.Kind.LATE_START);
        assertThat(kinds(at(6), box(RoomPhase.RUNNING, true, true))).isEmpty();
    }

    @Test
    void wordsThatNobodyReadsForThreeMinutesAreShown() {
        List<Instant> sent = List.of(at(1));
        assertThat(kinds(at(4), box(RoomPhase.RUNNING, true, true), sent)).isEmpty();
        assertThat(kinds(at(5), box(RoomPhase.RUNNING, true, true), sent))
                .containsExactly(Trouble.Kind.UNREAD);
    }

    @Test
    void withoutALineNobodyKnowsWhetherALateRoomHasBegun() {
        assertThat(kinds(at(6), box(RoomPhase.CHECK_IN, false, true)))
                .containsExactly(Trouble.Kind.NO_WORD);
        assertThat(kinds(at(6), box(RoomPhase.RUNNING, false, true)))
                .containsExactly(Trouble.Kind.LINE_DOWN);
        assertThat(kinds(at(6), box(RoomPhase.CLOSED, false, true))).isEmpty();
    }

    @Test
    void aRoomWithoutAPackageIsACallOnceItsDoorsShouldBeOpen() {
        assertThat(kinds(at(-60), Optional.empty())).isEmpty();
        assertThat(kinds(at(-20), Optional.empty())).containsExactly(Trouble.Kind.NO_PACKAGE);
    }

    @Test
    void aCallForTheCentreComesBeforeEverythingElse() {
        RoomDay room =
                room(
                        box(RoomPhase.CHECK_IN, true, true),
                        List.of(
                                open(CaseKind.Owner.PROCTOR, "考生无法登陆", at(-1)),
                                open(CaseKind.Owner.CENTRE, "机房停电", at(9))),
                        List.of(new RoomDay.Incident("DEVICE", 0, "键盘失灵", "staff:a", START)),
                        List.of(),
                        new RoomDay.Counts(8, 6, 2, 0, 0));
        List<Trouble> found = Troubles.of(room, SittingPolicy.standard(), at(6));
        assertThat(found)
                .extracting(Trouble::kind)
                .containsExactly(
                        Trouble.Kind.CALLED,
                        Trouble.Kind.LATE_START,
                        Trouble.Kind.CASE_OVERDUE,
                        Trouble.Kind.MANY_ABSENT,
                        Trouble.Kind.INCIDENT);
        assertThat(found.getFirst().words()).isEqualTo("机房停电");
        assertThat(found.getFirst().kind().level()).isEqualTo(Trouble.Level.CALL);
    }

    @Test
    void aRoomThatIsNotClosedHalfAnHourAfterItsEndIsLookedAt() {
        assertThat(kinds(at(149), box(RoomPhase.RUNNING, true, true))).isEmpty();
        assertThat(kinds(at(151), box(RoomPhase.RUNNING, true, true)))
                .containsExactly(Trouble.Kind.NOT_CLOSED);
    }

    private static Instant at(int minutes) {
        return START.plusSeconds(minutes * 60L);
    }

    private static RoomDay.Case open(CaseKind.Owner owner, String words, Instant due) {
        return new RoomDay.Case(
                words, CaseKind.LOGIN, owner, 0, words, "staff:a", START.minusSeconds(600), due);
    }

    private static Optional<RoomDay.Box> box(RoomPhase phase, boolean up, boolean papers) {
        return Optional.of(
                new RoomDay.Box(
                        "S1-node-1",
                        "node-1",
                        up,
                        START.minusSeconds(900),
                        papers,
                        Optional.of(phase)));
    }

    private static List<Trouble.Kind> kinds(Instant now, Optional<RoomDay.Box> box) {
        return kinds(now, box, List.of());
    }

    private static List<Trouble.Kind> kinds(
            Instant now, Optional<RoomDay.Box> box, List<Instant> unread) {
        RoomDay room = room(box, List.of(), List.of(), unread, new RoomDay.Counts(8, 0, 1, 0, 0));
        return Troubles.of(room, SittingPolicy.standard(), now).stream()
                .map(Trouble::kind)
                .toList();
    }

    private static RoomDay room(
            Optional<RoomDay.Box> box,
            List<RoomDay.Case> cases,
            List<RoomDay.Incident> incidents,
            List<Instant> unread,
            RoomDay.Counts counts) {
        return new RoomDay(
                new PlanId(1),
                new SlotId(1),
                new Window(START, START.plusSeconds(7_200)),
                new SiteId(1),
                new RoomId(1),
                "13号机房",
                counts,
                box,
                cases,
                incidents,
                0,
                unread,
                List.of());
    }
}
