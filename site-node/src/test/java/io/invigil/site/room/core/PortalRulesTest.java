package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.PortalAnswer;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import org.junit.jupiter.api.Test;

/**
 * Issue 3, part 1; domain, section 9: a phone that comes through the portal makes the claim that a
 * phone in the room makes; each number is answered once (XSP-039).
 */
class PortalRulesTest {
    private final RoomFixture room = RoomFixture.checkingIn();

    private static DeskCommand claim(long sitting, long request, PortalAnswer code) {
        return new DeskCommand.AnswerPortal("candidate:" + sitting, sitting, request, code, false);
    }

    private static DeskCommand leave(long sitting, long request) {
        return new DeskCommand.AnswerPortal(
                "candidate:" + sitting, sitting, request, PortalAnswer.ARRIVED, true);
    }

    private static PortalAnswer said(Decision.Accepted decision) {
        return ((ProctorFact.PortalAnswered) decision.facts().getLast()).answer();
    }

    @Test
    void theRightCodeChecksInAsAClaimThatTheDeskLooksAt() {
        Decision.Accepted decision = room.ok(claim(1, 10, PortalAnswer.ARRIVED));
        assertThat(decision.facts().getFirst())
                .isEqualTo(new RoomFact.CheckedIn(1, CheckInWay.PHONE_PORTAL));
        assertThat(decision.facts().getLast())
                .isEqualTo(
                        new ProctorFact.PortalAnswered(
                                RoomFixture.EXAM, 1, 10, PortalAnswer.ARRIVED, "R1", 1));
        assertThat(room.state.sitting(1).attendance().checkedIn()).isPresent();
        assertThat(room.state.desk().register(1).claimOpen()).isTrue();
        room.ok(new DeskCommand.ConfirmClaim(PROCTOR, 1));
        assertThat(room.state.desk().register(1).claimOpen()).isFalse();
    }

    @Test
    void replaysAndOlderClaimsAreHarmless() {
        room.ok(claim(1, 10, PortalAnswer.ARRIVED));
        assertThat(room.ok(claim(1, 10, PortalAnswer.ARRIVED)).facts()).isEmpty();
        assertThat(room.ok(claim(1, 9, PortalAnswer.CODE_WRONG)).facts()).isEmpty();
        Decision.Accepted again = room.ok(claim(1, 11, PortalAnswer.ARRIVED));
        assertThat(again.facts()).as("no second arrival, yet an answer").hasSize(1);
        assertThat(said(again)).isEqualTo(PortalAnswer.ARRIVED);
    }

    @Test
    void aWrongOrOldCodeIsAnsweredAndChangesNothing() {
        long request = 1;
        for (PortalAnswer wrong :
                new PortalAnswer[] {
                    PortalAnswer.CODE_EXPIRED, PortalAnswer.CODE_WRONG, PortalAnswer.OTHER_ROOM
                }) {
            Decision.Accepted decision = room.ok(claim(2, request++, wrong));
            assertThat(decision.facts()).hasSize(1);
            assertThat(said(decision)).isEqualTo(wrong);
            assertThat(decision.facts().getFirst().aboutSitting())
                    .as("no attendance of the attempt")
                    .isEmpty();
        }
        assertThat(room.state.sitting(2).attendance().checkedIn()).isEmpty();
    }

    @Test
    void theRoomsOwnRulesHold() {
        RoomFixture early = RoomFixture.prepared();
        assertThat(said(early.ok(claim(1, 1, PortalAnswer.ARRIVED))))
                .isEqualTo(PortalAnswer.NOT_OPEN);
        assertThat(said(room.ok(leave(1, 1)))).isEqualTo(PortalAnswer.NOT_ARRIVED);
        room.ok(claim(1, 2, PortalAnswer.ARRIVED));
        assertThat(said(room.ok(leave(1, 3)))).isEqualTo(PortalAnswer.NOT_OPEN);
        room.ok(new DeskCommand.Release(PROCTOR, 3, "the other room has it"));
        assertThat(said(room.ok(claim(3, 1, PortalAnswer.ARRIVED))))
                .isEqualTo(PortalAnswer.REFUSED);
        RoomFixture over = RoomFixture.running();
        over.ok(new RoomCommand.CloseRoom(PROCTOR, RoomFixture.EXAM));
        assertThat(said(over.ok(claim(4, 1, PortalAnswer.ARRIVED)))).isEqualTo(PortalAnswer.OVER);
        assertThat(room.refusal(claim(99, 1, PortalAnswer.ARRIVED)))
                .isEqualTo(RoomRefusal.SITTING_UNKNOWN);
    }

    @Test
    void answersOfOneSittingHaveALimit() {
        for (int request = 1; request <= PortalRules.ANSWERS_MAX; request++) {
            room.ok(claim(1, request, PortalAnswer.CODE_WRONG));
        }
        assertThat(room.refusal(claim(1, PortalRules.ANSWERS_MAX + 1, PortalAnswer.ARRIVED)))
                .isEqualTo(RoomRefusal.INCIDENTS_EXHAUSTED);
        room.ok(claim(2, 1, PortalAnswer.ARRIVED));
    }
}
