package io.invigil.site.room.core;

import io.invigil.exam.room.AnswersDigest;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.site.room.core.RoomCommand.HandIn;
import io.invigil.site.room.core.RoomCommand.NextAttempt;
import io.invigil.site.room.core.RoomCommand.RecordScore;
import io.invigil.site.room.core.RoomCommand.SaveAnswer;
import io.invigil.site.room.core.RoomCommand.SignalPage;
import io.invigil.site.room.core.RoomCommand.SittingCommand;
import io.invigil.site.room.core.RoomCommand.Start;
import io.invigil.site.room.core.RoomCommand.TakeWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A candidate's way through the sitting: device, start, answers, hand-in. */
final class SittingRules {
    private SittingRules() {}

    static Decision decide(RoomState state, SittingCommand command) {
        Optional<ExamState> exam = state.examOf(command.sitting());
        if (exam.isEmpty()) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        if (!state.opened(command.sitting())) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        SittingState sitting = state.sitting(command.sitting());
        return switch (command) {
            case TakeWriter c -> takeWriter(exam.get(), sitting, c);
            case Start c -> start(state, exam.get(), sitting, c);
            case NextAttempt c -> next(state, exam.get(), sitting, c);
            case SaveAnswer c -> save(state, exam.get(), sitting, c);
            case HandIn c -> handIn(state, sitting, c);
            case RoomCommand.PlayClip c -> PlayRules.decide(state, exam.get(), sitting, c);
            case SignalPage c -> SignalRules.decide(state, exam.get(), sitting, c);
            case RecordScore c -> score(sitting, c);
        };
    }

    private static Decision takeWriter(ExamState exam, SittingState sitting, TakeWriter c) {
        if (sitting.handedIn()) {
            return Decision.refused(RoomRefusal.HANDED_IN);
        }
        Optional<RoomRefusal> notThere = notThere(sitting);
        if (notThere.isPresent()) {
            return Decision.refused(notThere.get());
        }
        if (exam.phase() != RoomPhase.CHECK_IN && exam.phase() != RoomPhase.RUNNING) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
        }
        if (!AnswerLimits.isToken(c.device())) {
            return Decision.refused(RoomRefusal.ANSWER_MALFORMED);
        }
        if (sitting.device().equals(c.device())) {
            return new Decision.Accepted(List.of(), new RoomReply.WriterGranted(sitting.lease()));
        }
        if (!sitting.device().isEmpty() && !c.takeover()) {
            return Decision.refused(RoomRefusal.WRITER_ELSEWHERE);
        }
        long lease = sitting.lease() + 1;
        return new Decision.Accepted(
                List.of(new RoomFact.WriterChanged(c.sitting(), c.device(), lease)),
                new RoomReply.WriterGranted(lease));
    }

    private static Decision start(RoomState state, ExamState exam, SittingState sitting, Start c) {
        if (sitting.handedIn()) {
            return Decision.refused(RoomRefusal.HANDED_IN);
        }
        Optional<RoomRefusal> notThere = notThere(sitting);
        if (notThere.isPresent()) {
            return Decision.refused(notThere.get());
        }
        if (c.lease() != sitting.lease() || c.lease() == 0) {
            return Decision.refused(RoomRefusal.WRITER_ELSEWHERE);
        }
        if (sitting.started()) {
            return Decision.done();
        }
        if (exam.phase() != RoomPhase.RUNNING) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
        }
        ExamPlan plan = exam.plan().orElseThrow();
        if (plan.identity().needed() && !sitting.attendance().identity().settled()) {
            return Decision.refused(RoomRefusal.IDENTITY_OPEN);
        }
        ExamPlan.Place place = plan.place(c.sitting()).orElseThrow();
        if (!exam.openedPapers().contains(place.paper())) {
            return Decision.refused(RoomRefusal.PAPER_NOT_OPEN);
        }
        long now = state.clock().lastMillis();
        long granted = sitting.timing().grantedMillis();
        // who comes again was there in time
        boolean first = AttemptKey.of(c.sitting()).attempt() == 1;
        boolean late = first && isAfter(now - granted, exam.lateStartEnd());
        if (late || isAfter(now + 1 - granted, exam.slotEnd())) {
            return Decision.refused(RoomRefusal.TOO_LATE_TO_START);
        }
        return Decision.done(
                new RoomFact.SittingStarted(
                        c.sitting(), place.paper(), c.seed(), place.allowedMillis()));
    }

    /**
     * A further attempt while the policy has one and the slot lasts (domain, section 11). What was
     * handed in stays as it is; asked twice, it is opened once.
     */
    private static Decision next(
            RoomState state, ExamState exam, SittingState sitting, NextAttempt c) {
        if (state.latest(c.sitting()) != c.sitting()) {
            return Decision.done();
        }
        if (!sitting.handedIn()) {
            return Decision.refused(RoomRefusal.NOT_HANDED_IN);
        }
        AttemptKey next = AttemptKey.of(c.sitting()).next();
        if (next.attempt() > exam.plan().orElseThrow().attempts().allowed()) {
            return Decision.refused(RoomRefusal.NO_ATTEMPT_LEFT);
        }
        if (exam.phase() != RoomPhase.RUNNING) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
        }
        if (isAfter(state.clock().lastMillis() + 1, exam.slotEnd())) {
            return Decision.refused(RoomRefusal.TOO_LATE_TO_START);
        }
        return Decision.done(new RoomFact.AttemptOpened(next.value()));
    }

    private static Decision save(
            RoomState state, ExamState exam, SittingState sitting, SaveAnswer c) {
        ItemAnswer known = sitting.answers().get(c.item());
        OptionalLong kept = known == null ? OptionalLong.empty() : known.revisionOf(c.op());
        if (kept.isPresent()) {
            // the page did not hear of it: same save, same reply, whatever happened since
            return new Decision.Accepted(
                    List.of(), new RoomReply.AnswerKept(c.item(), kept.getAsLong(), true));
        }
        if (sitting.apart().containsKey(c.op())) {
            return ApartRules.known(sitting.apart().get(c.op()));
        }
        Optional<RoomRefusal> refusal = saveRefusal(state, exam, sitting, c);
        if (refusal.isPresent()) {
            return ApartRules.keptApart(state, exam, sitting, c, refusal.get())
                    .orElseGet(() -> Decision.refused(refusal.get()));
        }
        long current = known == null ? 0 : known.revision();
        if (c.revision() != current + 1) {
            return Decision.refused(RoomRefusal.REVISION_CONFLICT, "revision", current);
        }
        return new Decision.Accepted(
                List.of(
                        new RoomFact.AnswerSaved(
                                c.sitting(), c.item(), c.op(), c.revision(), c.response())),
                new RoomReply.AnswerKept(c.item(), c.revision(), false));
    }

    private static Optional<RoomRefusal> saveRefusal(
            RoomState state, ExamState exam, SittingState sitting, SaveAnswer c) {
        long now = state.clock().lastMillis();
        if (sitting.handedIn()) {
            return Optional.of(RoomRefusal.HANDED_IN);
        }
        if (!sitting.started()) {
            return Optional.of(RoomRefusal.NOT_STARTED);
        }
        if (c.lease() != sitting.lease()) {
            return Optional.of(RoomRefusal.WRITER_ELSEWHERE);
        }
        if (LateRule.over(state, exam, sitting, now)) {
            return Optional.of(RoomRefusal.TIME_IS_UP);
        }
        if (LateRule.pausedFor(sitting, now)) {
            return Optional.of(RoomRefusal.PAUSED);
        }
        return AnswerLimits.refusal(sitting, c.item(), c.op(), c.response());
    }

    private static Decision handIn(RoomState state, SittingState sitting, HandIn c) {
        if (sitting.handedIn()) {
            return receipt(sitting);
        }
        if (!sitting.started()) {
            return Decision.refused(RoomRefusal.NOT_STARTED);
        }
        if (c.lease() != sitting.lease()) {
            return Decision.refused(RoomRefusal.WRITER_ELSEWHERE);
        }
        return handedIn(state, List.of(handIn(sitting, HandInCause.CANDIDATE)));
    }

    /** Accepts facts of which the last is the hand-in that the receipt shows. */
    static Decision handedIn(RoomState state, List<RoomFact> facts) {
        var done = (RoomFact.HandedIn) facts.get(facts.size() - 1);
        return new Decision.Accepted(
                facts,
                new RoomReply.HandInKept(
                        done.cause(),
                        done.answered(),
                        done.answersDigest(),
                        state.clock().lastWall()));
    }

    /** The receipt of a sitting that was handed in before. */
    static Decision receipt(SittingState sitting) {
        SittingState.HandIn done = sitting.handIn().orElseThrow();
        return new Decision.Accepted(
                List.of(),
                new RoomReply.HandInKept(
                        done.cause(), done.answered(), done.answersDigest(), done.wallMillis()));
    }

    static RoomFact.HandedIn handIn(SittingState sitting, HandInCause cause) {
        Map<String, Map<String, List<String>>> answers = new TreeMap<>();
        sitting.answers().forEach((item, answer) -> answers.put(item, answer.response()));
        return new RoomFact.HandedIn(
                sitting.sitting(), cause, answers.size(), AnswersDigest.of(answers).hex());
    }

    private static Decision score(SittingState sitting, RecordScore c) {
        if (!sitting.handedIn()) {
            return Decision.refused(RoomRefusal.NOT_STARTED);
        }
        if (sitting.score().isPresent()) {
            return Decision.refused(RoomRefusal.SCORED_ALREADY);
        }
        return Decision.done(new RoomFact.ScoredProvisionally(c.sitting(), c.score(), c.maximum()));
    }

    /** Only who is checked in and not marked absent may sit. */
    private static Optional<RoomRefusal> notThere(SittingState sitting) {
        if (sitting.attendance().released()) {
            return Optional.of(RoomRefusal.SITTING_RELEASED);
        }
        if (sitting.attendance().absent().isPresent()) {
            return Optional.of(RoomRefusal.MARKED_ABSENT);
        }
        return sitting.attendance().checkedIn().isEmpty()
                ? Optional.of(RoomRefusal.NOT_CHECKED_IN)
                : Optional.empty();
    }

    private static boolean isAfter(long now, OptionalLong limit) {
        return limit.isPresent() && now > limit.getAsLong();
    }
}
