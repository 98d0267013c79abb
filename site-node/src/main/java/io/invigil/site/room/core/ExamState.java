package io.invigil.site.room.core;

import io.invigil.exam.room.RoomPhase;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One exam at this node. Immutable.
 *
 * @param plan from the active package, absent while only facts of it were replayed
 * @param version highest manifest version activated, 0 before the first
 * @param openedPapers names of the papers that were opened
 * @param runningAt exam time at which the phase became RUNNING
 * @param runningWall wall clock of that moment, epoch milliseconds
 * @param lastTick exam time of the last tick, or 0
 * @param lastTickBoot boot of the last tick: the first one of a new boot comes at once
 * @param incidents ids of reported incidents
 */
public record ExamState(
        String exam,
        Optional<ExamPlan> plan,
        RoomPhase phase,
        long version,
        String manifestDigest,
        Set<String> openedPapers,
        OptionalLong runningAt,
        long runningWall,
        long lastTick,
        String lastTickBoot,
        Set<String> incidents) {
    /** A wall clock that far before the slot is still believed when the exam starts. */
    public static final long EARLY_START_MILLIS = 30 * 60_000L;

    static ExamState unknown(String exam) {
        return new ExamState(
                exam,
                Optional.empty(),
                RoomPhase.PREPARING,
                0,
                "",
                Set.of(),
                OptionalLong.empty(),
                0,
                0,
                "",
                Set.of());
    }

    /**
     * Exam time at which the slot ends. The wall clock is asked once, when the exam starts; if it
     * is out of the slot then, the slot's length counts from the start instead.
     */
    public OptionalLong slotEnd() {
        if (plan.isEmpty() || runningAt.isEmpty()) {
            return OptionalLong.empty();
        }
        ExamPlan planned = plan.get();
        boolean believed =
                runningWall >= planned.slotStartMillis() - EARLY_START_MILLIS
                        && runningWall < planned.slotEndMillis();
        long left =
                believed
                        ? planned.slotEndMillis() - runningWall
                        : planned.slotEndMillis() - planned.slotStartMillis();
        return OptionalLong.of(runningAt.getAsLong() + left);
    }

    /** Exam time after which nobody may start any more. */
    public OptionalLong lateStartEnd() {
        if (plan.isEmpty() || runningAt.isEmpty()) {
            return OptionalLong.empty();
        }
        ExamPlan planned = plan.get();
        long length = planned.slotEndMillis() - planned.slotStartMillis();
        long slotStart = slotEnd().getAsLong() - length;
        long base = Math.max(slotStart, runningAt.getAsLong());
        return OptionalLong.of(base + planned.lateStartMinutes() * 60_000L);
    }

    /**
     * The moment in the plan's time, epoch milliseconds: what the wall clock says before the exam
     * runs; then the slot's end less the exam time left, whatever the wall clock does.
     */
    public long plannedNow(RoomClock clock) {
        OptionalLong end = slotEnd();
        return end.isEmpty()
                ? clock.lastWall()
                : plan.orElseThrow().slotEndMillis() - (end.getAsLong() - clock.lastMillis());
    }

    /** Whether check-in has not opened yet; once the exam runs it has. */
    public boolean beforeCheckIn(RoomClock clock) {
        return plan.isPresent()
                && runningAt.isEmpty()
                && plannedNow(clock) < plan.get().checkInOpensAt();
    }

    /** Whether one leaves by one's own code now: nobody hands in, or that is not leaving. */
    public boolean leaving(RoomClock clock) {
        if (plan.isEmpty() || plannedNow(clock) < plan.get().slotEndMillis()) {
            return false;
        }
        boolean test = plan.get().places().values().stream().anyMatch(ExamPlan.Place::hasPaper);
        return !test || !plan.get().attendance().handInLeaves();
    }

    /** Whether now is in [end, end + minutes to check out]. */
    public boolean checkOutOpen(RoomClock clock) {
        return plan.isPresent()
                && plannedNow(clock) >= plan.get().slotEndMillis()
                && plannedNow(clock) <= plan.get().checkOutUntil();
    }

    /** Whether those who come now are entered by the desk with a reason. */
    public boolean checkInNeedsReason(RoomClock clock) {
        OptionalLong lateEnd = lateStartEnd();
        boolean late = lateEnd.isPresent() && clock.lastMillis() > lateEnd.getAsLong();
        return beforeCheckIn(clock) || phase == RoomPhase.RUNNING && late;
    }

    ExamState withPlan(ExamPlan newPlan) {
        return new ExamState(
                exam,
                Optional.of(newPlan),
                phase,
                version,
                manifestDigest,
                openedPapers,
                runningAt,
                runningWall,
                lastTick,
                lastTickBoot,
                incidents);
    }

    ExamState activated(long newVersion, String digest) {
        return new ExamState(
                exam,
                plan,
                phase,
                newVersion,
                digest,
                openedPapers,
                runningAt,
                runningWall,
                lastTick,
                lastTickBoot,
                incidents);
    }

    ExamState inPhase(RoomPhase next, long now, long wall) {
        boolean starts = next == RoomPhase.RUNNING && runningAt.isEmpty();
        return new ExamState(
                exam,
                plan,
                next,
                version,
                manifestDigest,
                openedPapers,
                starts ? OptionalLong.of(now) : runningAt,
                starts ? wall : runningWall,
                lastTick,
                lastTickBoot,
                incidents);
    }

    ExamState ticked(long now, String boot) {
        return new ExamState(
                exam,
                plan,
                phase,
                version,
                manifestDigest,
                openedPapers,
                runningAt,
                runningWall,
                now,
                boot,
                incidents);
    }

    ExamState opened(String paper) {
        return new ExamState(
                exam,
                plan,
                phase,
                version,
                manifestDigest,
                plus(openedPapers, paper),
                runningAt,
                runningWall,
                lastTick,
                lastTickBoot,
                incidents);
    }

    ExamState withIncident(String incident) {
        return new ExamState(
                exam,
                plan,
                phase,
                version,
                manifestDigest,
                openedPapers,
                runningAt,
                runningWall,
                lastTick,
                lastTickBoot,
                plus(incidents, incident));
    }

    private static Set<String> plus(Set<String> set, String element) {
        Set<String> copy = new HashSet<>(set);
        copy.add(element);
        return Set.copyOf(copy);
    }
}
