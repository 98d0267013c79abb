package io.invigil.site.room.core;

import io.invigil.exam.room.ApartReason;
import io.invigil.exam.room.HeldEvidence;
import io.invigil.exam.room.RoomFact;
import io.invigil.site.room.core.RoomCommand.ApartCommand;
import io.invigil.site.room.core.RoomCommand.DecideApart;
import io.invigil.site.room.core.RoomCommand.Held;
import io.invigil.site.room.core.RoomCommand.ImportAnswer;
import io.invigil.site.room.core.RoomCommand.SaveAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What becomes of an answer that came too late or from a machine that had lost its right: it is
 * kept beside the answers with what is known of it, never dropped and never counted by itself
 * (XSP/1 section 11).
 */
final class ApartRules {
    /** Between the page's account and the node's clock. */
    static final long CONSISTENT_MILLIS = 5_000;

    private ApartRules() {}

    static Decision decide(RoomState state, ApartCommand command) {
        if (state.examOf(command.sitting()).isEmpty()) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        SittingState sitting = state.sitting(command.sitting());
        if (!sitting.started()) {
            return Decision.refused(RoomRefusal.NOT_STARTED);
        }
        return switch (command) {
            case ImportAnswer c -> bringIn(sitting, c);
            case DecideApart c -> word(sitting, c);
        };
    }

    private static Decision bringIn(SittingState sitting, ImportAnswer c) {
        ItemAnswer answer = sitting.answers().get(c.item());
        boolean kept = answer != null && answer.revisionOf(c.op()).isPresent();
        boolean same = answer != null && answer.response().equals(c.response());
        if (kept || same || sitting.apart().containsKey(c.op())) {
            return Decision.done();
        }
        return limits(sitting, c.item(), c.op(), c.response())
                .map(Decision::refused)
                .orElseGet(
                        () ->
                                Decision.done(
                                        new RoomFact.AnswerKeptApart(
                                                c.sitting(),
                                                c.item(),
                                                c.op(),
                                                c.base(),
                                                c.response(),
                                                ApartReason.EMERGENCY_FILE,
                                                Optional.empty())));
    }

    private static Decision word(SittingState sitting, DecideApart c) {
        ApartAnswer known = sitting.apart().get(c.op());
        if (known == null) {
            return Decision.refused(RoomRefusal.APART_UNKNOWN);
        }
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        boolean said =
                known.word()
                        .filter(w -> w.accepted() == c.accepted() && w.reason().equals(c.reason()))
                        .isPresent();
        return said
                ? Decision.done()
                : Decision.done(
                        new RoomFact.ApartDecided(c.sitting(), c.op(), c.accepted(), c.reason()));
    }

    /** A repeated send of what is kept apart: same reply, no second fact. */
    static Decision known(ApartAnswer answer) {
        return new Decision.Accepted(
                List.of(), new RoomReply.AnswerApart(answer.item(), answer.op(), answer.why()));
    }

    /**
     * The answer kept apart, when the page held it while the node was out of reach and that is why
     * it would be refused; empty when the refusal stands.
     */
    static Optional<Decision> keptApart(
            RoomState state,
            ExamState exam,
            SittingState sitting,
            SaveAnswer c,
            RoomRefusal refusal) {
        Optional<ApartReason> why =
                switch (refusal) {
                    case HANDED_IN, TIME_IS_UP -> Optional.of(ApartReason.LATE_UNPROVEN);
                    case WRITER_ELSEWHERE ->
                            c.lease() > 0 && c.lease() < sitting.lease()
                                    ? Optional.of(ApartReason.OTHER_WRITER)
                                    : Optional.empty();
                    default -> Optional.empty();
                };
        boolean wasHeld =
                c.held()
                        .filter(h -> !h.unbroken() || h.heldMillis() > LateRule.ON_ITS_WAY_MILLIS)
                        .isPresent();
        if (why.isEmpty() || !wasHeld) {
            return Optional.empty();
        }
        Optional<RoomRefusal> limit = limits(sitting, c.item(), c.op(), c.response());
        if (limit.isPresent()) {
            return limit.map(Decision::refused);
        }
        var fact =
                new RoomFact.AnswerKeptApart(
                        c.sitting(),
                        c.item(),
                        c.op(),
                        c.revision() - 1,
                        c.response(),
                        why.get(),
                        Optional.of(evidence(state, exam, sitting, c.held().get())));
        return Optional.of(
                new Decision.Accepted(
                        List.of(fact), new RoomReply.AnswerApart(c.item(), c.op(), why.get())));
    }

    private static HeldEvidence evidence(
            RoomState state, ExamState exam, SittingState sitting, Held held) {
        long now = state.clock().lastMillis();
        long written = held.contactMillis() + held.afterContactMillis();
        boolean consistent =
                held.unbroken()
                        && held.heldMillis() >= 0
                        && held.afterContactMillis() >= 0
                        && Math.abs(now - held.heldMillis() - written) <= CONSISTENT_MILLIS;
        OptionalLong end = sitting.timing().end(exam.slotEnd(), now);
        return new HeldEvidence(
                held.heldMillis(),
                Math.max(0, now - held.contactMillis()),
                consistent,
                end.orElse(now) - written);
    }

    private static Optional<RoomRefusal> limits(
            SittingState sitting, String item, String op, Map<String, List<String>> response) {
        return sitting.apart().size() >= AnswerLimits.APART_MAX
                ? Optional.of(RoomRefusal.SAVES_EXHAUSTED)
                : AnswerLimits.refusal(sitting, item, op, response);
    }
}
