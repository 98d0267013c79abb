package io.invigil.site.room.core;

import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.RoomFact;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One candidate's sitting of one subject. Immutable; equal facts give equal states.
 *
 * @param device device that may write, empty text before the first one
 * @param lease number of that right, 0 before the first one
 * @param seed decides the order of a shuffled paper; meaningful once started
 * @param answers last answer by item
 * @param saves answers saved so far
 * @param incidents incidents that name this sitting
 * @param watch what the page noticed
 * @param apart answers that do not count unless a person decides so, by the page's op
 */
public record SittingState(
        long sitting,
        Attendance attendance,
        Timing timing,
        String device,
        long lease,
        long seed,
        Map<String, ItemAnswer> answers,
        long saves,
        Optional<HandIn> handIn,
        Optional<Score> score,
        int incidents,
        Map<String, ApartAnswer> apart,
        PageWatch watch) {

    /** What the hand-in receipt says. */
    public record HandIn(HandInCause cause, int answered, String answersDigest, long wallMillis) {}

    /** The node's own objective score, for display only. */
    public record Score(BigDecimal score, BigDecimal maximum) {}

    static SittingState untouched(long sitting) {
        return new SittingState(
                sitting,
                Attendance.NONE,
                Timing.NONE,
                "",
                0,
                0,
                Map.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                Map.of(),
                PageWatch.NONE);
    }

    public boolean started() {
        return timing.startedAt().isPresent();
    }

    public boolean handedIn() {
        return handIn.isPresent();
    }

    /** Started, not handed in. */
    public boolean sits() {
        return started() && !handedIn();
    }

    SittingState with(Attendance changed) {
        return copy(changed, timing, device, lease, seed, handIn, score, incidents);
    }

    SittingState with(Timing changed) {
        return copy(attendance, changed, device, lease, seed, handIn, score, incidents);
    }

    SittingState writer(String newDevice, long newLease) {
        return copy(attendance, timing, newDevice, newLease, seed, handIn, score, incidents);
    }

    SittingState startedWith(Timing startedTiming, long newSeed) {
        return copy(attendance, startedTiming, device, lease, newSeed, handIn, score, incidents);
    }

    SittingState handedIn(HandIn done) {
        return copy(attendance, timing, device, lease, seed, Optional.of(done), score, incidents);
    }

    /** Back in: neither handed in nor scored. */
    SittingState readmitted(Timing resumed) {
        return copy(
                attendance,
                resumed,
                device,
                lease,
                seed,
                Optional.empty(),
                Optional.empty(),
                incidents);
    }

    SittingState scored(Score given) {
        return copy(attendance, timing, device, lease, seed, handIn, Optional.of(given), incidents);
    }

    SittingState withIncident() {
        return copy(attendance, timing, device, lease, seed, handIn, score, incidents + 1);
    }

    SittingState answered(String item, ItemAnswer answer) {
        Map<String, ItemAnswer> changed = new HashMap<>(answers);
        changed.put(item, answer);
        return new SittingState(
                sitting,
                attendance,
                timing,
                device,
                lease,
                seed,
                Collections.unmodifiableMap(changed),
                saves + 1,
                handIn,
                score,
                incidents,
                apart,
                watch);
    }

    SittingState apart(ApartAnswer answer) {
        Map<String, ApartAnswer> changed = new LinkedHashMap<>(apart);
        changed.put(answer.op(), answer);
        return new SittingState(
                sitting,
                attendance,
                timing,
                device,
                lease,
                seed,
                answers,
                saves,
                handIn,
                score,
                incidents,
                Collections.unmodifiableMap(changed),
                watch);
    }

    SittingState signalled(RoomFact.PageSignalled fact) {
        return watched(watch.after(fact));
    }

    SittingState played(RoomFact.MediaPlayed fact) {
        return watched(watch.after(fact));
    }

    private SittingState watched(PageWatch changed) {
        return new SittingState(
                sitting,
                attendance,
                timing,
                device,
                lease,
                seed,
                answers,
                saves,
                handIn,
                score,
                incidents,
                apart,
                changed);
    }

    SittingState decided(RoomFact.ApartDecided fact, String by, long wall) {
        ApartAnswer known = apart.get(fact.op());
        return known == null
                ? this
                : apart(
                        known.decided(
                                new ApartAnswer.Word(fact.accepted(), fact.reason(), by, wall)));
    }

    private SittingState copy(
            Attendance newAttendance,
            Timing newTiming,
            String newDevice,
            long newLease,
            long newSeed,
            Optional<HandIn> newHandIn,
            Optional<Score> newScore,
            int newIncidents) {
        return new SittingState(
                sitting,
                newAttendance,
                newTiming,
                newDevice,
                newLease,
                newSeed,
                answers,
                saves,
                newHandIn,
                newScore,
                newIncidents,
                apart,
                watch);
    }
}
