package io.invigil.site.room.core;

import io.invigil.exam.room.AttemptKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything the node knows of its exams. Immutable and safe to read from any thread; a change
 * shares what did not change.
 *
 * @param clock exam time
 * @param exams by name
 * @param sittings every sitting that any fact named
 * @param sitting how many sit now, over all exams
 * @param outages newest last
 * @param desk what the proctors' desk holds
 */
public record RoomState(
        RoomClock clock,
        Map<String, ExamState> exams,
        LongMap<SittingState> sittings,
        int sitting,
        List<Outage> outages,
        DeskState desk) {
    public static final RoomState EMPTY =
            new RoomState(
                    RoomClock.UNSET, Map.of(), LongMap.empty(), 0, List.of(), DeskState.EMPTY);

    public Optional<ExamState> exam(String name) {
        return Optional.ofNullable(exams.get(name));
    }

    /**
     * The attempt as it is, untouched when no fact named it yet. Being there, the seat and the
     * identity are the sitting's: all its attempts have them.
     */
    public SittingState sitting(long number) {
        SittingState own = sittings.get(number).orElseGet(() -> SittingState.untouched(number));
        long first = AttemptKey.sittingOf(number);
        return first == number ? own : own.with(sitting(first).attendance());
    }

    /** The attempt that counts as the sitting now: the last one opened. */
    public long latest(long number) {
        AttemptKey key = new AttemptKey(AttemptKey.sittingOf(number), 1);
        while (sittings.get(key.next().value()).isPresent()) {
            key = key.next();
        }
        return key.value();
    }

    /** All attempts at the sitting so far, the first one first. */
    public List<SittingState> attempts(long number) {
        List<SittingState> attempts = new ArrayList<>();
        AttemptKey last = AttemptKey.of(latest(number));
        for (int place = 1; place <= last.attempt(); place++) {
            attempts.add(sitting(new AttemptKey(last.sitting(), place).value()));
        }
        return attempts;
    }

    /** Whether it is the first attempt or one that was opened. */
    boolean opened(long number) {
        return AttemptKey.sittingOf(number) == number || sittings.get(number).isPresent();
    }

    /** The sitting in its latest attempt, as the desk sees it. */
    public SittingState now(long number) {
        return sitting(latest(number));
    }

    /** The exam whose package lists the sitting; the one not closed if two do. */
    public Optional<ExamState> examOf(long number) {
        ExamState found = null;
        for (ExamState exam : exams.values()) {
            boolean lists = exam.plan().flatMap(plan -> plan.place(number)).isPresent();
            boolean better = found == null || exam.phase().compareTo(found.phase()) < 0;
            if (lists && better) {
                found = exam;
            }
        }
        return Optional.ofNullable(found);
    }

    public Optional<ExamPlan.Place> place(long number) {
        return examOf(number).flatMap(ExamState::plan).flatMap(plan -> plan.place(number));
    }

    /** The seat now: the changed one, else the roster's. */
    public int seat(long number, ExamPlan.Place place) {
        return sitting(AttemptKey.sittingOf(number)).attendance().seat().orElse(place.seat());
    }

    /**
     * When one left, wall clock in epoch milliseconds, 0 for not: the check-out, else the hand-in
     * where that counts as leaving.
     */
    public long leftWall(long number) {
        long checkedOut = desk.register(number).leftWall();
        boolean handInLeaves =
                examOf(number)
                        .flatMap(ExamState::plan)
                        .map(plan -> plan.attendance().handInLeaves())
                        .orElse(true);
        return checkedOut > 0 || !handInLeaves
                ? checkedOut
                : now(number).handIn().map(SittingState.HandIn::wallMillis).orElse(0L);
    }

    /** Exam time at which the sitting ends, empty before its start. Pauses so far count. */
    public OptionalLong end(long number, long now) {
        OptionalLong slotEnd = examOf(number).map(ExamState::slotEnd).orElse(OptionalLong.empty());
        return sitting(number).timing().end(slotEnd, now);
    }

    /** Milliseconds left at this time, 0 when over, empty before the start. Never negative. */
    public OptionalLong remaining(long number, CoreTime time) {
        long now = clock.millisAt(time);
        OptionalLong end = end(number, now);
        return end.isEmpty() ? end : OptionalLong.of(Math.max(0, end.getAsLong() - now));
    }

    /** The state with the package's plan in place; the facts of the exam stay. */
    public RoomState withPlan(ExamPlan plan) {
        return with(
                exam(plan.exam()).orElseGet(() -> ExamState.unknown(plan.exam())).withPlan(plan));
    }

    RoomState with(ExamState exam) {
        Map<String, ExamState> changed = new HashMap<>(exams);
        changed.put(exam.exam(), exam);
        return new RoomState(clock, Map.copyOf(changed), sittings, sitting, outages, desk);
    }

    RoomState with(SittingState changed) {
        int before = sitting(changed.sitting()).sits() ? 1 : 0;
        int after = changed.sits() ? 1 : 0;
        return new RoomState(
                clock,
                exams,
                sittings.with(changed.sitting(), changed),
                sitting + after - before,
                outages,
                desk);
    }

    RoomState with(DeskState changed) {
        return new RoomState(clock, exams, sittings, sitting, outages, changed);
    }

    /** The state at a later time: clock advanced, an outage noted if there was one. */
    RoomState at(CoreTime time) {
        RoomClock later = clock.advanced(time);
        boolean newBoot = !clock.boot().isEmpty() && !clock.boot().equals(time.boot());
        boolean silent = later.lastMillis() - clock.lastMillis() > Outage.SILENCE_MILLIS;
        if (sitting == 0 || !(newBoot || silent)) {
            return new RoomState(later, exams, sittings, sitting, outages, desk);
        }
        Outage outage =
                new Outage(
                        clock.lastMillis(),
                        later.lastMillis(),
                        time.wallMillis() - clock.lastWall(),
                        newBoot);
        List<Outage> known = new ArrayList<>(outages);
        known.add(outage);
        int over = Math.max(0, known.size() - Outage.KEPT_MAX);
        RoomState out =
                new RoomState(
                        later,
                        exams,
                        sittings,
                        sitting,
                        List.copyOf(known.subList(over, known.size())),
                        desk);
        return Losses.note(out, outage);
    }
}
