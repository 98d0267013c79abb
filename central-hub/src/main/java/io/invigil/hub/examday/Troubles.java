package io.invigil.hub.examday;

import io.invigil.exam.room.RoomPhase;
import io.invigil.hub.plan.SittingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a room now (issue 3, part 6: rooms not opened, late starts, absences,
 * incidents, calls for help, last seen). Pure.
 */
final class Troubles {
    /** After the doors should have opened, before anybody is called. */
    static final Duration OPENING_GRACE = Duration.ofMinutes(5);

    /** After the slot's start with a room that checks in and does not begin. */
    static final Duration START_GRACE = Duration.ofMinutes(5);

    /** Papers are released five minutes before the start (XSP/1 section 8). */
    static final Duration PAPERS_BEFORE = Duration.ofMinutes(3);

    /** After the slot's end with a room that is not closed. */
    static final Duration CLOSING_GRACE = Duration.ofMinutes(30);

    /** After words were sent that nobody in the room acknowledged. */
    static final Duration UNREAD_GRACE = Duration.ofMinutes(3);

    /** One in so many absent is worth a look. */
    static final int ABSENT_SHARE = 4;

    private Troubles() {}

    /** The most urgent first. */
    static List<Trouble> of(RoomDay room, SittingPolicy policy, Instant now) {
        List<Trouble> found = new ArrayList<>();
        for (RoomDay.Case open : room.cases()) {
            if (open.callsTheCentre() || now.isAfter(open.due())) {
                Trouble.Kind kind =
                        open.callsTheCentre() ? Trouble.Kind.CALLED : Trouble.Kind.CASE_OVERDUE;
                found.add(new Trouble(kind, Optional.of(open.at()), open.statement(), 0));
            }
        }
        progress(room, policy, now, found);
        room.unread().stream()
                .filter(sent -> now.isAfter(sent.plus(UNREAD_GRACE)))
                .findFirst()
                .ifPresent(sent -> found.add(Trouble.since(Trouble.Kind.UNREAD, sent)));
        int absent = room.counts().absent();
        if (absent > 0 && absent * ABSENT_SHARE >= room.counts().seated()) {
            found.add(Trouble.many(Trouble.Kind.MANY_ABSENT, absent));
        }
        if (!room.incidents().isEmpty()) {
            RoomDay.Incident last = room.incidents().getFirst();
            found.add(
                    new Trouble(
                            Trouble.Kind.INCIDENT,
                            Optional.of(last.at()),
                            last.statement(),
                            room.incidents().size()));
        }
        if (room.changes() > 0) {
            found.add(Trouble.many(Trouble.Kind.CHANGES, room.changes()));
        }
        found.sort(Comparator.comparing(Trouble::kind));
        return found;
    }

    private static void progress(
            RoomDay room, SittingPolicy policy, Instant now, List<Trouble> found) {
        Instant doors =
                room.time().from().minus(Duration.ofMinutes(policy.checkInOpensMinutesBefore()));
        boolean shouldBeOpen = now.isAfter(doors.plus(OPENING_GRACE));
        if (room.box().isEmpty()) {
            if (shouldBeOpen) {
                found.add(Trouble.of(Trouble.Kind.NO_PACKAGE));
            }
            return;
        }
        RoomDay.Box box = room.box().get();
        RoomPhase phase = box.phase().orElse(RoomPhase.PREPARING);
        if (phase == RoomPhase.CLOSED) {
            return;
        }
        Optional<Trouble> behind =
                phase.compareTo(RoomPhase.CHECK_IN) < 0 && shouldBeOpen
                        ? Optional.of(Trouble.since(Trouble.Kind.NOT_OPENED, doors))
                        : late(box, phase, room.time().from(), now);
        if (behind.isPresent()) {
            found.add(
                    box.connected()
                            ? behind.get()
                            : Trouble.since(Trouble.Kind.NO_WORD, box.lastSeen()));
        } else if (!box.connected() && shouldBeOpen) {
            found.add(Trouble.since(Trouble.Kind.LINE_DOWN, box.lastSeen()));
        }
        if (now.isAfter(room.time().to().plus(CLOSING_GRACE))) {
            found.add(Trouble.since(Trouble.Kind.NOT_CLOSED, room.time().to()));
        }
    }

    private static Optional<Trouble> late(
            RoomDay.Box box, RoomPhase phase, Instant start, Instant now) {
        if (!box.papersOpen() && now.isAfter(start.minus(PAPERS_BEFORE))) {
            return Optional.of(Trouble.since(Trouble.Kind.PAPERS_SHUT, start));
        }
        return phase == RoomPhase.CHECK_IN && now.isAfter(start.plus(START_GRACE))
                ? Optional.of(Trouble.since(Trouble.Kind.LATE_START, start))
                : Optional.empty();
    }
}
