package io.invigil.site.room.core;

import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.MessageKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Words, readmission, compensation, cases and late changes (domain, section 12; S1, section 5). */
final class DeskRules {
    static final int TEXT_CHARS_MAX = 500;
    static final int MESSAGES_MAX = 1_000;
    static final int CASES_MAX = 2_000;
    static final int CHANGES_MAX = 1_000;

    /** A silence shorter than this is no outage (as for the node itself). */
    static final long SILENCE_MILLIS_MIN = Outage.SILENCE_MILLIS;

    private DeskRules() {}

    static Decision decide(RoomState state, DeskCommand command) {
        return switch (command) {
            case DeskCommand.SeatCommand c -> seat(state, c);
            case DeskCommand.RoomWideCommand c -> roomWide(state, c);
        };
    }

    private static Decision seat(RoomState state, DeskCommand.SeatCommand command) {
        Optional<ExamState> exam = state.examOf(command.sitting());
        if (exam.isEmpty()) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        // pages name their attempt; the desk and the node's measures speak of the one sat now
        boolean ofAPage = command instanceof DeskCommand.TakeSnapshot;
        SittingState sitting =
                ofAPage ? state.sitting(command.sitting()) : state.now(command.sitting());
        return switch (command) {
            case DeskCommand.Readmit c -> readmit(state, exam.get(), sitting, c);
            case DeskCommand.Release c -> release(state, c);
            case DeskCommand.NoteSilence c -> silence(state, sitting, c);
            case DeskCommand.Compensate c -> compensate(state, exam.get(), sitting, c);
            case DeskCommand.SwapSeats c -> swap(state, exam.get(), c);
            case DeskCommand.TakeSnapshot c -> SnapshotRules.taken(state, exam.get(), sitting, c);
            case DeskCommand.TellCamera c -> SnapshotRules.told(state, sitting, c);
            case DeskCommand.CheckOut c -> SignInRules.checkOut(state, exam.get(), sitting, c);
            case DeskCommand.ConfirmClaim c -> SignInRules.confirm(state, c);
            case DeskCommand.TakePapers c -> SignInRules.papers(state, c);
            case DeskCommand.AnswerPortal c -> PortalRules.answer(state, exam.get(), sitting, c);
        };
    }

    /** Only before the first attempt: what was begun stays at its node. */
    private static Decision release(RoomState state, DeskCommand.Release c) {
        SittingState first = state.sitting(c.sitting());
        if (first.attendance().released()) {
            return Decision.done();
        }
        if (first.started()) {
            return Decision.refused(RoomRefusal.ALREADY_STARTED);
        }
        return ExamRules.isReason(c.reason())
                ? Decision.done(new ProctorFact.SittingReleased(c.sitting(), c.reason()))
                : Decision.refused(RoomRefusal.REASON_NEEDED);
    }

    private static Decision readmit(
            RoomState state, ExamState exam, SittingState sitting, DeskCommand.Readmit c) {
        if (exam.phase() != RoomPhase.RUNNING) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
        }
        if (!sitting.handedIn()) {
            return sitting.started() ? Decision.done() : Decision.refused(RoomRefusal.NOT_STARTED);
        }
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        if (c.millis() < 0 || tooMuch(sitting, c.millis())) {
            return outOfRange();
        }
        if (leftAtHandIn(state, sitting) + c.millis() <= 0) {
            return Decision.refused(RoomRefusal.NO_TIME_LEFT);
        }
        List<RoomFact> facts = new ArrayList<>();
        facts.add(
                new RoomFact.IncidentReported(
                        c.incident(),
                        exam.exam(),
                        Optional.of(sitting.sitting()),
                        "READMITTED",
                        c.reason()));
        facts.add(new ProctorFact.Readmitted(sitting.sitting(), c.reason()));
        if (c.millis() > 0) {
            facts.add(new RoomFact.TimeGranted(sitting.sitting(), c.millis(), c.reason()));
        }
        return new Decision.Accepted(facts, new RoomReply.Done());
    }

    private static long leftAtHandIn(RoomState state, SittingState sitting) {
        long handedInAt = state.desk().seat(sitting.sitting()).handedInAt();
        OptionalLong end = state.end(sitting.sitting(), handedInAt);
        return end.isPresent() ? end.getAsLong() - handedInAt : 0;
    }

    private static Decision silence(
            RoomState state, SittingState sitting, DeskCommand.NoteSilence c) {
        boolean paused = sitting.timing().pausedAt().isPresent();
        boolean timeUp = sitting.handIn().map(h -> h.cause() == HandInCause.TIME_UP).orElse(false);
        if (!sitting.started() || paused || sitting.handedIn() && !timeUp) {
            return Decision.done();
        }
        long lost = Losses.within(state, sitting, c.silentMillis(), state.clock().lastMillis());
        return lost < SILENCE_MILLIS_MIN
                ? Decision.done()
                : Decision.done(new ProctorFact.SeatSilent(sitting.sitting(), lost));
    }

    private static Decision compensate(
            RoomState state, ExamState exam, SittingState sitting, DeskCommand.Compensate c) {
        if (exam.phase() != RoomPhase.RUNNING) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
        }
        if (!sitting.started()) {
            return Decision.refused(RoomRefusal.NOT_STARTED);
        }
        boolean timeUp = sitting.handIn().map(h -> h.cause() == HandInCause.TIME_UP).orElse(false);
        if (sitting.handedIn() && !timeUp) {
            return Decision.refused(RoomRefusal.HANDED_IN);
        }
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        long proposed = Losses.proposedMillis(state, sitting.sitting());
        if (proposed == 0) {
            // nothing lost, or another proctor gave it back a moment ago
            return Decision.done();
        }
        long millis = c.millis().orElse(proposed);
        if (millis < ProctorRules.GRANT_MILLIS_MIN || tooMuch(sitting, millis)) {
            return outOfRange();
        }
        List<RoomFact> facts = new ArrayList<>();
        if (timeUp) {
            facts.add(new ProctorFact.Readmitted(sitting.sitting(), c.reason()));
        }
        facts.add(
                new ProctorFact.OutageCompensated(
                        sitting.sitting(),
                        millis,
                        Losses.lostMillis(state, sitting.sitting()),
                        c.reason()));
        return new Decision.Accepted(facts, new RoomReply.Done());
    }

    private static Decision swap(RoomState state, ExamState exam, DeskCommand.SwapSeats c) {
        ExamPlan plan = exam.plan().orElseThrow();
        Optional<ExamPlan.Place> one = plan.place(c.sitting());
        Optional<ExamPlan.Place> other = plan.place(c.other());
        if (one.isEmpty() || other.isEmpty()) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        if (exam.phase() == RoomPhase.CLOSED) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", RoomPhase.CLOSED);
        }
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        if (c.sitting() == c.other() || !one.get().room().equals(other.get().room())) {
            return Decision.refused(RoomRefusal.SEAT_UNKNOWN);
        }
        int from = state.seat(c.sitting(), one.get());
        int to = state.seat(c.other(), other.get());
        return Decision.done(
                new RoomFact.SeatChanged(c.sitting(), from, to, c.reason()),
                new RoomFact.SeatChanged(c.other(), to, from, c.reason()),
                new ProctorFact.LateChange(
                        c.change(),
                        exam.exam(),
                        Optional.of(c.sitting()),
                        LateChangeKind.SEAT_SWAP,
                        from + " <-> " + to,
                        c.reason()));
    }

    private static Decision roomWide(RoomState state, DeskCommand.RoomWideCommand command) {
        Optional<ExamState> known = state.exam(command.exam());
        if (known.isEmpty() || known.get().plan().isEmpty()) {
            return Decision.refused(RoomRefusal.EXAM_UNKNOWN);
        }
        ExamPlan plan = known.get().plan().get();
        DeskState.Room room = state.desk().room(command.exam());
        return switch (command) {
            case DeskCommand.Tell c -> tell(plan, room, c);
            case DeskCommand.SetSnapshots c -> SnapshotRules.set(room, c);
            case DeskCommand.OpenCase c -> openCase(plan, room, c);
            case DeskCommand.PassCaseOn c -> passOn(room, c);
            case DeskCommand.SettleCase c -> settle(room, c);
            case DeskCommand.RecordLateChange c -> lateChange(plan, room, c);
            case DeskCommand.OpenStandIn c -> StandInRules.open(state, known.get(), plan, c);
            case DeskCommand.HearCentre c -> CentreRules.hear(room, c);
            case DeskCommand.ReadCentre c -> CentreRules.read(room, c);
        };
    }

    private static Decision tell(ExamPlan plan, DeskState.Room room, DeskCommand.Tell c) {
        if (unknown(plan, c.sitting())) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        if (room.messages().stream().anyMatch(m -> m.id().equals(c.message()))) {
            return Decision.done();
        }
        if (room.messages().size() >= MESSAGES_MAX) {
            return Decision.refused(RoomRefusal.INCIDENTS_EXHAUSTED, "max", MESSAGES_MAX);
        }
        boolean toAll = c.kind() == MessageKind.ANNOUNCEMENT;
        if (c.text().isBlank()
                || c.text().length() > TEXT_CHARS_MAX
                || toAll == c.sitting().isPresent()) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(
                new ProctorFact.Told(c.message(), c.exam(), c.sitting(), c.kind(), c.text()));
    }

    /** A second call for help of the same seat is the first one. */
    private static Decision openCase(ExamPlan plan, DeskState.Room room, DeskCommand.OpenCase c) {
        if (unknown(plan, c.sitting())) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        boolean sameCall =
                c.kind() == CaseKind.HELP
                        && room.cases().values().stream()
                                .anyMatch(
                                        known ->
                                                known.open()
                                                        && known.kind() == CaseKind.HELP
                                                        && known.sitting().equals(c.sitting()));
        if (room.cases().containsKey(c.caseId()) || sameCall) {
            return Decision.done();
        }
        if (room.cases().size() >= CASES_MAX) {
            return Decision.refused(RoomRefusal.INCIDENTS_EXHAUSTED, "max", CASES_MAX);
        }
        boolean needsStatement = c.kind() != CaseKind.HELP;
        if (needsStatement && c.statement().isBlank()
                || c.statement().length() > ExamRules.STATEMENT_CHARS_MAX) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(
                new ProctorFact.CaseOpened(
                        c.caseId(),
                        c.exam(),
                        c.sitting(),
                        c.kind(),
                        c.kind().owner(),
                        c.kind().minutes() * 60_000L,
                        c.statement()));
    }

    private static Decision passOn(DeskState.Room room, DeskCommand.PassCaseOn c) {
        DeskState.Case known = room.cases().get(c.caseId());
        if (known == null) {
            return Decision.refused(RoomRefusal.CASE_UNKNOWN);
        }
        if (!known.open()) {
            return Decision.refused(RoomRefusal.CASE_SETTLED);
        }
        if (known.owner() == c.owner()) {
            return Decision.done();
        }
        if (!ExamRules.isReason(c.note())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(
                new ProctorFact.CasePassedOn(
                        c.caseId(), c.exam(), known.sitting(), c.owner(), c.note()));
    }

    private static Decision settle(DeskState.Room room, DeskCommand.SettleCase c) {
        DeskState.Case known = room.cases().get(c.caseId());
        if (known == null) {
            return Decision.refused(RoomRefusal.CASE_UNKNOWN);
        }
        if (!known.open()) {
            boolean same = known.outcome().get() == c.outcome();
            return same ? Decision.done() : Decision.refused(RoomRefusal.CASE_SETTLED);
        }
        boolean needsNote = known.kind() != CaseKind.HELP;
        if (needsNote && c.note().isBlank() || c.note().length() > ExamRules.REASON_CHARS_MAX) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(
                new ProctorFact.CaseSettled(
                        c.caseId(), c.exam(), known.sitting(), c.outcome(), c.note()));
    }

    private static Decision lateChange(
            ExamPlan plan, DeskState.Room room, DeskCommand.RecordLateChange c) {
        if (unknown(plan, c.sitting())) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        if (room.changes().stream().anyMatch(known -> known.id().equals(c.change()))) {
            return Decision.done();
        }
        if (room.changes().size() >= CHANGES_MAX) {
            return Decision.refused(RoomRefusal.INCIDENTS_EXHAUSTED, "max", CHANGES_MAX);
        }
        boolean said =
                ExamRules.isReason(c.reason())
                        && ExamRules.isReason(c.detail())
                        && c.details().fits();
        if (!said) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(
                new ProctorFact.LateChange(
                        c.change(),
                        c.exam(),
                        c.sitting(),
                        c.kind(),
                        c.detail(),
                        c.reason(),
                        c.details()));
    }

    private static boolean unknown(ExamPlan plan, Optional<Long> sitting) {
        return sitting.isPresent() && plan.place(sitting.get()).isEmpty();
    }

    private static boolean tooMuch(SittingState sitting, long millis) {
        return sitting.timing().grantedMillis() + millis > ProctorRules.GRANT_MILLIS_MAX;
    }

    private static Decision outOfRange() {
        return Decision.refused(
                RoomRefusal.GRANT_OUT_OF_RANGE,
                "maxMinutes",
                ProctorRules.GRANT_MILLIS_MAX / 60_000);
    }
}
