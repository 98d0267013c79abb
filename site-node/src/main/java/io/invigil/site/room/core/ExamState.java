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
