package io.invigil.site.pack;

import io.invigil.exam.pack.ExamPolicy;
import io.invigil.exam.pack.Roster;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.site.room.core.ExamPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An active package, verified as a whole and read. Immutable.
 *
 * @param digest of the manifest
 * @param stale whether the manifest had passed its time when it was last looked at: a warning
 */
public record ExamPackage(
        Manifest manifest, Digest digest, boolean stale, Roster roster, ExamPolicy policy) {

    /** Whether the roster can be seated: every entry in a known room and subject. */
    public static Optional<String> problem(Manifest manifest, Roster roster) {
        if (!roster.exam().equals(manifest.exam())) {
            return Optional.of("the roster is of another exam");
        }
        for (Roster.Entry entry : roster.entries()) {
            boolean room = roster.rooms().stream().anyMatch(r -> r.name().equals(entry.room()));
            boolean subject =
                    roster.subjects().stream().anyMatch(s -> s.number().equals(entry.subject()));
            if (!room || !subject) {
                return Optional.of("sitting " + entry.sitting() + " has no room or subject");
            }
        }
        return Optional.empty();
    }

    public String exam() {
        return roster.exam();
    }

    public Optional<Roster.Entry> entry(long sitting) {
        return roster.entries().stream().filter(e -> e.sitting() == sitting).findFirst();
    }

    public Optional<Roster.Subject> subject(String number) {
        return roster.subjects().stream().filter(s -> s.number().equals(number)).findFirst();
    }

    public Optional<Roster.Room> room(String name) {
        return roster.rooms().stream().filter(r -> r.name().equals(name)).findFirst();
    }

    /** What the room's core needs of it: places and times, no names. */
    public ExamPlan plan() {
        Map<String, Roster.Subject> subjects = new HashMap<>();
        roster.subjects().forEach(subject -> subjects.put(subject.number(), subject));
        Map<Long, ExamPlan.Place> places = new HashMap<>();
        for (Roster.Entry entry : roster.entries()) {
            Roster.Subject subject = subjects.get(entry.subject());
            places.put(
                    entry.sitting(),
                    new ExamPlan.Place(
                            entry.room(),
                            entry.seat(),
                            subject.number(),
                            subject.paper(),
                            subject.minutes(),
                            entry.extraMinutes()));
        }
        Map<String, Integer> seats = new HashMap<>();
        roster.rooms().forEach(room -> seats.put(room.name(), room.seats()));
        return new ExamPlan(
                exam(),
                manifest.version(),
                digest.hex(),
                roster.slotStart().toEpochMilli(),
                roster.slotEnd().toEpochMilli(),
                policy.lateStartMinutes(),
                seats,
                places,
                policy.identity(),
                policy.page(),
                policy.checkInOpensMinutesBefore(),
                policy.attendance(),
                policy.attemptRules(),
                policy.rechecks());
    }
}
