package io.invigil.site.room.core;

import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.PortalAnswer;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import java.util.ArrayList;
import java.util.List;

/**
 * Claims of phones that come through the hub's portal (issue 3, part 1; domain, section 9;
 * XSP-039). They are judged by the rules of the phones in the room, and each is answered once: a
 * claim whose number is not above the last one is an old one on its way again.
 */
final class PortalRules {
    static final int ANSWERS_MAX = 500;

    private PortalRules() {}

    static Decision answer(
            RoomState state, ExamState exam, SittingState sitting, DeskCommand.AnswerPortal c) {
        DeskState.Register register = state.desk().register(c.sitting());
        if (c.request() <= register.portal().request()) {
            return Decision.done();
        }
        if (register.portal().answers() >= ANSWERS_MAX) {
            return Decision.refused(RoomRefusal.INCIDENTS_EXHAUSTED, "max", ANSWERS_MAX);
        }
        if (c.code() != PortalAnswer.ARRIVED) {
            return answered(state, exam, c, c.code(), List.of());
        }
        Decision decision =
                c.leave()
                        ? SignInRules.checkOut(
                                state,
                                exam,
                                sitting,
                                new DeskCommand.CheckOut(
                                        c.by(), c.sitting(), "", CheckInWay.PHONE_PORTAL))
                        : AttendanceRules.decide(
                                state,
                                new RoomCommand.CheckIn(
                                        c.by(), c.sitting(), CheckInWay.PHONE_PORTAL));
        return switch (decision) {
            case Decision.Accepted accepted ->
                    answered(
                            state,
                            exam,
                            c,
                            c.leave() ? PortalAnswer.LEFT : PortalAnswer.ARRIVED,
                            accepted.facts());
            case Decision.Refused refused ->
                    answered(state, exam, c, said(refused, exam), List.of());
        };
    }

    private static Decision answered(
            RoomState state,
            ExamState exam,
            DeskCommand.AnswerPortal c,
            PortalAnswer answer,
            List<RoomFact> before) {
        ExamPlan.Place place = exam.plan().orElseThrow().place(c.sitting()).orElseThrow();
        List<RoomFact> facts = new ArrayList<>(before);
        facts.add(
                new ProctorFact.PortalAnswered(
                        exam.exam(),
                        c.sitting(),
                        c.request(),
                        answer,
                        place.room(),
                        state.seat(c.sitting(), place)));
        return new Decision.Accepted(facts, new RoomReply.Done());
    }

    private static PortalAnswer said(Decision.Refused refused, ExamState exam) {
        return switch (refused.code()) {
            case CHECK_IN_NOT_OPEN, CHECK_OUT_NOT_OPEN -> PortalAnswer.NOT_OPEN;
            case CHECK_IN_OVER, CHECK_OUT_OVER -> PortalAnswer.OVER;
            case NOT_HANDED_IN -> PortalAnswer.NOT_HANDED_IN;
            case NOT_CHECKED_IN -> PortalAnswer.NOT_ARRIVED;
            case PHASE_FORBIDS ->
                    switch (exam.phase()) {
                        case PREPARING, READY -> PortalAnswer.NOT_OPEN;
                        default -> PortalAnswer.OVER;
                    };
            default -> PortalAnswer.REFUSED;
        };
    }
}
