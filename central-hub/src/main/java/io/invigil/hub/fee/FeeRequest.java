package io.invigil.hub.fee;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.RegistrationMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A fee request (缴费申请单).
 *
 * @param number as told to the payee, such as 2109159263
 * @param school who pays
 * @param body who is paid (收费对象)
 * @param mode 按证书缴费 or 按科目缴费
 * @param people persons on it (缴费人数)
 * @param quantity certificates, or subject entries (科次)
 * @param amountFen sum of its lines when it was made
 * @param confirmation when and by whom it was confirmed; empty while 待确认
 */
public record FeeRequest(
        TenantId tenant,
        FeeRequestId id,
        String number,
        PlanId plan,
        LevelId level,
        OrganisationId school,
        OrganisationId body,
        RegistrationMode mode,
        int people,
        int quantity,
        long amountFen,
        String login,
        Instant at,
        Optional<Confirmation> confirmation) {

    public record Confirmation(Instant at, String login) {}

    /** Names stand in addresses of lists. */
    public enum State {
        /** 待确认. */
        PENDING("待确认"),
        /** 已确认. */
        CONFIRMED("已确认");

        private final String chinese;

        State(String chinese) {
            this.chinese = chinese;
        }

        /** The word of the source documents, used in sheets. */
        public String chinese() {
            return chinese;
        }
    }

    public State state() {
        return confirmation.isPresent() ? State.CONFIRMED : State.PENDING;
    }

    /**
     * One price and how often.
     *
     * @param subject number of the subject, 0 for the whole certificate
     */
    public record Line(long subject, int quantity, long priceFen) {
        public long amountFen() {
            return Math.multiplyExact(priceFen, (long) quantity);
        }
    }

    /** The sum over lines. */
    static long sum(List<Line> lines) {
        long sum = 0;
        for (Line line : lines) {
            sum = Math.addExact(sum, line.amountFen());
        }
        return sum;
    }
}
