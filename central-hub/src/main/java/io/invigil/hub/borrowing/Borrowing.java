package io.invigil.hub.borrowing;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.site.RoomId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A school's request for seats at other schools' sites, and what became of it.
 *
 * @param school who asks
 * @param seats how many are asked for, at one time
 * @param rooms lent; empty until the body grants
 * @param decision who decided last, when, with which words; empty while pending
 */
public record Borrowing(
        TenantId tenant,
        BorrowingId id,
        PlanId plan,
        OrganisationId school,
        int seats,
        String reason,
        State state,
        String login,
        Instant at,
        Set<RoomId> rooms,
        Optional<Decision> decision) {
    public static final int SEATS_MAX = 100_000;
    public static final int REASON_CHARS_MAX = 1000;
    public static final int ROOMS_MAX = 500;

    public Borrowing {
        rooms = Set.copyOf(rooms);
    }

    /** Names stand in the database. */
    public enum State {
        PENDING,
        GRANTED,
        REFUSED,
        WITHDRAWN,
        RETURNED
    }

    /**
     * @param words why it was refused or given back; empty otherwise
     */
    public record Decision(String login, Instant at, String words) {}

    Borrowing decided(State to, Set<RoomId> lent, Decision by) {
        return new Borrowing(
                tenant, id, plan, school, seats, reason, to, login, at, lent, Optional.of(by));
    }
}
