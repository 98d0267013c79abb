package io.invigil.site.room.core;

import io.invigil.exam.pack.PageRules;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.PageSignal;
import io.invigil.exam.room.RoomFact;
import io.invigil.site.room.core.RoomCommand.SignalPage;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from a signal of the page: always a fact, and where the policy says so the end of
 * the attempt, but only by the candidate's own cause (domain, section 11; source 001, article 4).
 */
final class SignalRules {
    private SignalRules() {}

    static Decision decide(RoomState state, ExamState exam, SittingState sitting, SignalPage c) {
        if (sitting.watch().signals().contains(c.signal())) {
            return Decision.done();
        }
        if (sitting.handedIn()) {
            return Decision.refused(RoomRefusal.HANDED_IN);
        }
        if (!sitting.started()) {
            return Decision.refused(RoomRefusal.NOT_STARTED);
        }
        if (c.lease() != sitting.lease()) {
            return Decision.refused(RoomRefusal.WRITER_ELSEWHERE);
        }
        if (!AnswerLimits.isToken(c.signal()) || c.lastedMillis() < 0) {
            return Decision.refused(RoomRefusal.ANSWER_MALFORMED);
        }
        if (sitting.watch().signals().size() >= AnswerLimits.SIGNALS_MAX) {
            return Decision.refused(RoomRefusal.SAVES_EXHAUSTED);
        }
        boolean ownCause = c.reached() && sitting.timing().pausedAt().isEmpty();
        var signalled =
                new RoomFact.PageSignalled(
                        c.sitting(), c.signal(), c.kind(), c.lastedMillis(), ownCause);
        PageRules rules = exam.plan().orElseThrow().page();
        boolean uses =
                ownCause
                        && c.kind() == PageSignal.LEFT
                        && rules.leaving() == PageRules.Leaving.USES_ATTEMPT
                        && c.lastedMillis() > rules.leavingSecondsAllowed() * 1_000L;
        if (c.kind() == PageSignal.LEFT && !uses) {
            List<RoomFact> facts = new ArrayList<>(List.of(signalled));
            RecheckRules.returned(exam.plan().orElseThrow().rechecks(), sitting)
                    .ifPresent(facts::add);
            return new Decision.Accepted(facts, new RoomReply.Done());
        }
        return uses
                ? SittingRules.handedIn(
                        state,
                        List.of(signalled, SittingRules.handIn(sitting, HandInCause.LEFT_PAGE)))
                : Decision.done(signalled);
    }
}
