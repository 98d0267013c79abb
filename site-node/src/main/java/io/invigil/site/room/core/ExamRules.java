package io.invigil.site.room.core;

import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.IncidentCategory;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.paper.OpeningDecision;
import io.invigil.site.room.core.RoomCommand.ActivatePackage;
import io.invigil.site.room.core.RoomCommand.ChangePhase;
import io.invigil.site.room.core.RoomCommand.CloseRoom;
import io.invigil.site.room.core.RoomCommand.ExamCommand;
import io.invigil.site.room.core.RoomCommand.OpenPaper;
import io.invigil.site.room.core.RoomCommand.ReportBlobLost;
import io.invigil.site.room.core.RoomCommand.ReportIncident;
import io.invigil.site.room.core.RoomCommand.Tick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Phases, papers, ticks and the close of an exam. */
final class ExamRules {
    static final long TICK_MILLIS = 5_000;
    static final int INCIDENTS_MAX = 5_000;
    static final int REASON_CHARS_MAX = 500;
    static final int STATEMENT_CHARS_MAX = 4_000;

    /** Reason of an absence that the close of the room finds. */
    static final String ABSENT_AT_CLOSE = "not checked in when the room closed";

    static final String NEVER_STARTED = "checked in, never started";

    private ExamRules() {}

    static Decision decide(RoomState state, ExamCommand command) {
        Optional<ExamState> known = state.exam(command.exam());
        if (known.isEmpty() || known.get().plan().isEmpty()) {
            return Decision.refused(RoomRefusal.EXAM_UNKNOWN);
        }
        ExamState exam = known.get();
        ExamPlan plan = exam.plan().get();
        return switch (command) {
            case ActivatePackage c -> activate(exam, c);
            case OpenPaper c -> open(exam, plan, officially(state, c));
            case ChangePhase c -> change(exam, c);
            case CloseRoom c -> close(state, exam, plan);
            case Tick c -> tick(state, exam, plan);
            case ReportIncident c -> incident(state, exam, plan, c);
            case ReportBlobLost c -> Decision.done(new RoomFact.BlobLost(c.exam(), c.sha256()));
        };
    }

    private static Decision activate(ExamState exam, ActivatePackage c) {
        if (c.version() < exam.version()) {
            return Decision.refused(RoomRefusal.MANIFEST_OLDER, "version", exam.version());
        }
        if (c.version() == exam.version()) {
            return c.manifestDigest().equals(exam.manifestDigest())
                    ? Decision.done()
                    : Decision.refused(RoomRefusal.MANIFEST_OLDER, "version", exam.version());
        }
        if (exam.phase() == RoomPhase.CLOSED) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
        }
        return Decision.done(
                new RoomFact.PackageActivated(c.exam(), c.version(), c.manifestDigest()));
    }

    private static Decision open(ExamState exam, ExamPlan plan, OpenPaper c) {
        if (plan.places().values().stream().noneMatch(p -> p.paper().equals(c.paper()))) {
            return Decision.refused(RoomRefusal.PAPER_UNKNOWN);
        }
        if (exam.phase() == RoomPhase.PREPARING || exam.phase() == RoomPhase.CLOSED) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
        }
        if (exam.openedPapers().contains(c.paper())) {
            return Decision.done();
        }
        Instant start = Instant.ofEpochMilli(plan.slotStartMillis());
        return switch (OpeningDecision.decide(true, trustedTime(c), start, twoStaff(c))) {
            case OpeningDecision.Open inTime ->
                    Decision.done(
                            new RoomFact.PaperOpened(
                                    c.exam(), c.paper(), c.how(), false, c.reason()));
            case OpeningDecision.OpenEarly early -> openEarly(c);
            case OpeningDecision.Refused refused ->
                    switch (refused.reason()) {
                        case OPENING_ROOM_NOT_READY ->
                                Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
                        case OPENING_TOO_EARLY, OPENING_NO_TRUSTED_TIME, OPENING_ONE_PERSON_TWICE ->
                                Decision.refused(RoomRefusal.EARLY_NEEDS_TWO_OFFICIALS);
                        case OPENING_REASON_MISSING -> Decision.refused(RoomRefusal.REASON_NEEDED);
                    };
        };
    }

    /** A stand-in is no official of an early opening. */
    private static OpenPaper officially(RoomState state, OpenPaper c) {
        return new OpenPaper(
                c.by(),
                c.exam(),
                c.paper(),
                c.how(),
                c.trustedMillis(),
                StandInRules.officials(state, c.officials()),
                c.reason(),
                c.incident());
    }

    private static Decision openEarly(OpenPaper c) {
        String statement = String.join(", ", new TreeSet<>(c.officials())) + ": " + c.reason();
        return Decision.done(
                new RoomFact.PaperOpened(c.exam(), c.paper(), c.how(), true, c.reason()),
                new RoomFact.IncidentReported(
                        c.incident(), c.exam(), Optional.empty(), "EARLY_OPENING", statement));
    }

    /** Zero stands for no time that the node could defend. */
    private static Optional<Instant> trustedTime(OpenPaper c) {
        return c.trustedMillis() == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(c.trustedMillis()));
    }

    private static Optional<OpeningDecision.TwoStaff> twoStaff(OpenPaper c) {
        List<String> officials = c.officials().stream().distinct().toList();
        return officials.size() < 2
                ? Optional.empty()
                : Optional.of(
                        new OpeningDecision.TwoStaff(
                                officials.get(0), officials.get(1), c.reason()));
    }

    private static Decision change(ExamState exam, ChangePhase c) {
        if (exam.phase() == c.to()) {
            return Decision.done();
        }
        if (c.to() == RoomPhase.CLOSED || !exam.phase().allowedNext().contains(c.to())) {
            // closing has its own command: it hands in and marks absent
            return Decision.refused(RoomRefusal.PHASE_NOT_NEXT, "phase", exam.phase());
        }
        if (exam.version() == 0) {
            return Decision.refused(RoomRefusal.EXAM_UNKNOWN);
        }
        return Decision.done(new RoomFact.PhaseChanged(c.exam(), exam.phase(), c.to()));
    }

    private static Decision close(RoomState state, ExamState exam, ExamPlan plan) {
        if (exam.phase() == RoomPhase.CLOSED) {
            return Decision.done();
        }
        if (exam.phase() != RoomPhase.RUNNING) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
        }
        List<RoomFact> facts = new ArrayList<>();
        for (long number : new TreeSet<>(plan.places().keySet())) {
            SittingState sitting = state.now(number);
            if (sitting.sits()) {
                facts.add(SittingRules.handIn(sitting, HandInCause.ROOM_CLOSED));
            } else if (neverStarted(state, number, sitting)) {
                boolean there = sitting.attendance().checkedIn().isPresent();
                if (!there || plan.places().get(number).hasPaper()) {
                    String why = there ? NEVER_STARTED : ABSENT_AT_CLOSE;
                    facts.add(new RoomFact.MarkedAbsent(number, why));
                }
            }
        }
        // last, so that a crash in between leaves a room that can be closed again
        facts.add(new RoomFact.PhaseChanged(exam.exam(), exam.phase(), RoomPhase.CLOSED));
        return new Decision.Accepted(facts, new RoomReply.Done());
    }

    /** Missing the slot uses the attempt; who sat once and came not again is not absent. */
    private static boolean neverStarted(RoomState state, long number, SittingState latest) {
        return !state.sitting(number).started() && latest.attendance().absent().isEmpty();
    }

    private static Decision tick(RoomState state, ExamState exam, ExamPlan plan) {
        if (exam.phase() != RoomPhase.RUNNING) {
            return Decision.done();
        }
        long now = state.clock().lastMillis();
        List<RoomFact> facts = new ArrayList<>();
        boolean anyone = false;
        for (long number : plan.places().keySet()) {
            SittingState sitting = state.now(number);
            anyone |= sitting.sits();
            if (sitting.sits() && LateRule.over(state, exam, sitting, now)) {
                facts.add(SittingRules.handIn(sitting, HandInCause.TIME_UP));
            } else {
                RecheckRules.tick(plan.rechecks(), sitting, now).ifPresent(facts::add);
            }
        }
        boolean newBoot = !exam.lastTickBoot().equals(state.clock().boot());
        if (anyone && (newBoot || now - exam.lastTick() >= TICK_MILLIS)) {
            facts.add(0, new RoomFact.Tick(exam.exam()));
        }
        return new Decision.Accepted(facts, new RoomReply.Done());
    }

    private static Decision incident(
            RoomState state, ExamState exam, ExamPlan plan, ReportIncident c) {
        if (c.sitting().isPresent() && plan.place(c.sitting().get()).isEmpty()) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        if (exam.incidents().contains(c.incident())) {
            return Decision.done();
        }
        if (exam.incidents().size() >= INCIDENTS_MAX) {
            return Decision.refused(RoomRefusal.INCIDENTS_EXHAUSTED, "max", INCIDENTS_MAX);
        }
        if (c.category().isBlank()
                || c.statement().isBlank()
                || c.statement().length() > STATEMENT_CHARS_MAX) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(
                new RoomFact.IncidentReported(
                        c.incident(),
                        c.exam(),
                        c.sitting().map(state::latest),
                        c.category(),
                        c.statement(),
                        IncidentCategory.of(c.category()).flatMap(IncidentCategory::article),
                        c.evidence()));
    }

    static boolean isReason(String reason) {
        return !reason.isBlank() && reason.length() <= REASON_CHARS_MAX;
    }
}
