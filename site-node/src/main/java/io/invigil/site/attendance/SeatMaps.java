package io.invigil.site.attendance;

import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.CameraState;
import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.RoomPhase;
import io.invigil.site.attendance.SeatMap.SeatState;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.RoomView;
import io.invigil.site.room.core.CoreTime;
import io.invigil.site.room.core.DeskState;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.ItemAnswer;
import io.invigil.site.room.core.Losses;
import io.invigil.site.room.core.RoomClock;
import io.invigil.site.room.core.RoomState;
import io.invigil.site.room.core.SittingState;
import io.invigil.site.sync.CentreReceipts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes seat maps from the published state and the package. Thread-safe. */
public final class SeatMaps {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private final RoomEngine engine;
    private final CentreReceipts receipts;
    private final Presence presence;

    public SeatMaps(RoomEngine engine, CentreReceipts receipts, Presence presence) {
        this.engine = engine;
        this.receipts = receipts;
        this.presence = presence;
    }

    /** The whole exam, all its rooms. */
    public SeatMap of(ExamPackage pack) {
        RoomView view = engine.view();
        CoreTime now = engine.time().now();
        Roster roster = pack.roster();
        Optional<ExamState> exam = view.state().exam(roster.exam());
        RoomPhase phase = exam.map(ExamState::phase).orElse(RoomPhase.PREPARING);
        List<SeatMap.Room> rooms = new ArrayList<>();
        Map<SeatState, Integer> counts = new EnumMap<>(SeatState.class);
        int received = 0;
        int arrived = 0;
        int left = 0;
        ZoneId zone = ZoneId.of(roster.zone());
        Map<Long, List<CaseKind>> cases = openCases(view.state(), roster.exam());
        for (Roster.Room room : roster.rooms()) {
            List<SeatMap.Seat> taken = new ArrayList<>();
            for (Roster.Entry entry : roster.entries()) {
                if (entry.room().equals(room.name())) {
                    SeatMap.Seat seat = seat(view, now, entry, cases, zone);
                    taken.add(seat);
                    counts.merge(seat.state(), 1, Integer::sum);
                    received += seat.receivedByCentre() ? 1 : 0;
                    arrived += seat.desk().arrived().isPresent() ? 1 : 0;
                    left += seat.desk().left().isPresent() ? 1 : 0;
                }
            }
            taken.sort(Comparator.comparingInt(SeatMap.Seat::seat));
            rooms.add(
                    new SeatMap.Room(
                            room.name(), room.address(), room.seats(), room.columns(), taken));
        }
        return new SeatMap(
                roster.exam(),
                roster.planName(),
                roster.zone(),
                roster.slotStart(),
                roster.slotEnd(),
                phase,
                phase.allowedNext(),
                papers(pack, exam),
                slotRemaining(view.state(), exam, now),
                checkInNeedsReason(view.state(), exam, now),
                pack.stale(),
                pack.manifest().version(),
                engine.durability(),
                engine.halted(),
                counts,
                presence(exam, view.state().clock().advanced(now), arrived, left),
                received,
                exam.map(e -> e.incidents().size()).orElse(0),
                view.state().desk().room(roster.exam()).snapshotSeconds(),
                interruptions(view.state()),
                rooms);
    }

    private SeatMap.Seat seat(
            RoomView view,
            CoreTime now,
            Roster.Entry entry,
            Map<Long, List<CaseKind>> cases,
            ZoneId zone) {
        RoomState room = view.state();
        long attempt = room.latest(entry.sitting());
        SittingState sitting = room.sitting(attempt);
        OptionalLong remaining = room.remaining(attempt, now);
        Optional<Long> saved =
                sitting.answers().values().stream()
                        .map(ItemAnswer::savedWall)
                        .max(Long::compare)
                        .map(wall -> Math.max(0, now.wallMillis() - wall));
        boolean received = view.results().get(attempt).map(receipts::covers).orElse(false);
        int seat = sitting.attendance().seat().orElse(entry.seat());
        return new SeatMap.Seat(
                seat,
                seat != entry.seat(),
                entry.sitting(),
                entry.name(),
                entry.admissionNumber(),
                entry.candidateNumber(),
                entry.subject(),
                !entry.photo().isEmpty(),
                stateOf(sitting),
                sitting.attendance().absent(),
                sitting.answers().size(),
                sitting.sits() ? boxed(remaining) : Optional.empty(),
                entry.extraMinutes(),
                sitting.timing().grantedMillis(),
                boxed(presence.millisAgo(entry.sitting(), now.upMillis())),
                saved,
                received,
                sitting.incidents(),
                sitting.lease(),
                desk(room, entry.sitting(), cases, zone),
                indicators(room, now, sitting, entry.sitting(), cases));
    }

    private List<SeatMap.Shown> indicators(
            RoomState room,
            CoreTime now,
            SittingState attempt,
            long sitting,
            Map<Long, List<CaseKind>> cases) {
        SeatState state = stateOf(attempt);
        List<CaseKind> open = cases.getOrDefault(sitting, List.of());
        boolean timeUp =
                attempt.handIn().filter(done -> done.cause() == HandInCause.TIME_UP).isPresent();
        SeatIndicator.Signs signs =
                new SeatIndicator.Signs(
                        state,
                        room.examOf(sitting)
                                .filter(exam -> exam.phase() == RoomPhase.RUNNING)
                                .isPresent(),
                        boxed(presence.millisAgo(sitting, now.upMillis())),
                        presence.battery(sitting),
                        open.contains(CaseKind.HELP),
                        open.stream().anyMatch(kind -> kind != CaseKind.HELP),
                        (state != SeatState.HANDED_IN || timeUp)
                                && Losses.proposedMillis(room, attempt.sitting()) > 0,
                        room.desk()
                                .camera(sitting)
                                .told()
                                .filter(told -> told != CameraState.WORKS)
                                .isPresent(),
                        room.desk().seat(attempt.sitting()).warnings(),
                        attempt.incidents(),
                        attempt.apart().values().stream()
                                .filter(answer -> answer.word().isEmpty())
                                .count(),
                        attempt.watch(),
                        attempt.attendance().identity());
        return SeatIndicator.of(signs).stream()
                .map(indicator -> new SeatMap.Shown(indicator, indicator.level()))
                .toList();
    }

    private static SeatMap.Desk desk(
            RoomState room, long sitting, Map<Long, List<CaseKind>> cases, ZoneId zone) {
        long attempt = room.latest(sitting);
        DeskState.Seat noted = room.desk().seat(attempt);
        DeskState.Register register = room.desk().register(sitting);
        return new SeatMap.Desk(
                noted.lostMillis(),
                noted.compensatedMillis(),
                Losses.proposedMillis(room, attempt),
                noted.warnings(),
                room.sitting(attempt)
                        .handIn()
                        .map(done -> done.cause() == HandInCause.TIME_UP)
                        .orElse(false),
                cases.getOrDefault(sitting, List.of()),
                clock(register.arrivedWall(), zone),
                clock(room.leftWall(sitting), zone),
                register.claimOpen(),
                register.sheets(),
                room.desk().camera(sitting).told(),
                room.desk().camera(sitting).snapshots(),
                room.desk().camera(sitting).last());
    }

    private static Optional<String> clock(long wall, ZoneId zone) {
        return wall == 0
                ? Optional.empty()
                : Optional.of(CLOCK.format(Instant.ofEpochMilli(wall).atZone(zone)));
    }

    private static Map<Long, List<CaseKind>> openCases(RoomState room, String exam) {
        Map<Long, List<CaseKind>> open = new HashMap<>();
        for (DeskState.Case known : room.desk().room(exam).cases().values()) {
            if (known.open() && known.sitting().isPresent()) {
                open.computeIfAbsent(known.sitting().get(), s -> new ArrayList<>())
                        .add(known.kind());
            }
        }
        return open;
    }

    static SeatState stateOf(SittingState sitting) {
        if (sitting.handedIn()) {
            return SeatState.HANDED_IN;
        }
        if (sitting.started()) {
            boolean paused = sitting.timing().pausedAt().isPresent();
            return paused ? SeatState.PAUSED : SeatState.WORKING;
        }
        if (sitting.attendance().absent().isPresent()) {
            return SeatState.ABSENT;
        }
        boolean there = sitting.attendance().checkedIn().isPresent();
        return there ? SeatState.CHECKED_IN : SeatState.EXPECTED;
    }

    private static List<SeatMap.Paper> papers(ExamPackage pack, Optional<ExamState> exam) {
        Set<String> open = exam.map(ExamState::openedPapers).orElse(Set.of());
        return pack.roster().subjects().stream()
                .map(Roster.Subject::paper)
                .distinct()
                .map(
                        paper ->
                                new SeatMap.Paper(
                                        paper,
                                        pack.roster().subjects().stream()
                                                .filter(s -> s.paper().equals(paper))
                                                .map(Roster.Subject::name)
                                                .toList(),
                                        open.contains(paper)))
                .toList();
    }

    private static SeatMap.Presence presence(
            Optional<ExamState> exam, RoomClock clock, int arrived, int left) {
        return new SeatMap.Presence(
                arrived,
                left,
                exam.map(known -> known.checkOutOpen(clock)).orElse(false),
                exam.flatMap(ExamState::plan)
                        .map(plan -> plan.attendance().handInLeaves())
                        .orElse(true));
    }

    private static boolean checkInNeedsReason(
            RoomState room, Optional<ExamState> exam, CoreTime now) {
        return exam.map(known -> known.checkInNeedsReason(room.clock().advanced(now)))
                .orElse(false);
    }

    private static Optional<Long> slotRemaining(
            RoomState room, Optional<ExamState> exam, CoreTime now) {
        OptionalLong end = exam.map(ExamState::slotEnd).orElse(OptionalLong.empty());
        return end.isPresent()
                ? Optional.of(Math.max(0, end.getAsLong() - room.clock().millisAt(now)))
                : Optional.empty();
    }

    private static List<SeatMap.Interruption> interruptions(RoomState room) {
        return room.outages().stream()
                .map(
                        outage ->
                                new SeatMap.Interruption(
                                        outage.toMillis() - outage.fromMillis(),
                                        outage.wallMillis(),
                                        outage.newBoot()))
                .toList();
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }
}
