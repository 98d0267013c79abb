package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import java.util.Map;

/**
 * How far registrations are paid (domain, section 6): answered by whoever keeps the fee requests.
 */
@FunctionalInterface
public interface Payments {

    /** How far one registered subject is paid. Names stand in addresses of lists. */
    enum Payment {
        /** 未缴费: on no request. */
        UNPAID,
        /** 待确认: on a request that the body has not confirmed. */
        REQUESTED,
        /** 已缴费. */
        PAID
    }

    /** Every sitting of the plan that is on a request; who is absent is {@link Payment#UNPAID}. */
    Map<SittingId, Payment> ofPlan(Tx tx, TenantId tenant, PlanId plan);

    /** For a hub that keeps no fees. */
    static Payments none() {
        return (tx, tenant, plan) -> Map.of();
    }
}
