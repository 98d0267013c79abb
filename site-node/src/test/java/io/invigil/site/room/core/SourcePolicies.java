package io.invigil.site.room.core;

import io.invigil.exam.pack.ExamPolicy;
import io.invigil.testkit.PolicyFixture;
import java.util.Map;

/** The policies of the two source documents on sittings, as data (domain, section 11). */
final class SourcePolicies {
    /** Source 000: closed book, in a room, 150 minutes, one attempt, result after marking. */
    static final ExamPolicy S0 = PolicyFixture.source000().policy();

    static final int S0_MINUTES = 150;

    /** Source 001: open book, 90 minutes, leaving the page uses the attempt, result at once. */
    static final ExamPolicy S1 = PolicyFixture.source001().policy();

    static final int S1_MINUTES = 90;

    private SourcePolicies() {}

    /** A plan under such a policy: a window of four hours, sittings 1 to 3. */
    static ExamPlan plan(ExamPolicy policy, int minutes) {
        Map<Long, ExamPlan.Place> places =
                Map.of(
                        1L, place(1, minutes),
                        2L, place(2, minutes),
                        3L, place(3, minutes));
        return new TestPlan(
                        RoomFixture.EXAM,
                        RoomFixture.SLOT_START,
                        RoomFixture.SLOT_START + 240 * 60_000L,
                        Map.of("R1", RoomFixture.SEATS),
                        places)
                .late(policy.lateStartMinutes())
                .page(policy.page())
                .attempts(policy.attemptRules())
                .plan();
    }

    private static ExamPlan.Place place(int seat, int minutes) {
        return new ExamPlan.Place("R1", seat, "S1", RoomFixture.PAPER, minutes, 0);
    }
}
