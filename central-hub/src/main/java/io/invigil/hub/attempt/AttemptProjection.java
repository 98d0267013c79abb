package io.invigil.hub.attempt;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;
import java.util.List;
import java.util.OptionalLong;

/** Stores what facts say of sittings and keeps {@link Attempt} derived. Idempotent by fact. */
public final class AttemptProjection implements FactProjection {
    /** Stands in the event table for an incident of the whole room. */
    static final long WHOLE_ROOM = 0;

    private final AttemptStore store = new AttemptStore();
    private final List<AttemptListener> listeners;

    public AttemptProjection(List<AttemptListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public String name() {
        return "attempts";
    }

    @Override
    public void apply(Tx tx, IngestedFact ingested) {
        if (ingested.room().isPresent()) {
            apply(tx, ingested, ingested.room().get());
        }
    }

    private void apply(Tx tx, IngestedFact ingested, StampedFact stamped) {
        if (stamped.fact() instanceof RoomFact.AnswerSaved answer) {
            store.addAnswer(tx, ingested, stamped, answer, ResponseBytes.of(ingested.json()));
            // an answer that arrives after the hand-in changes what is to be marked
            store.find(tx, ingested.tenant(), answer.sitting())
                    .filter(attempt -> attempt.handIn().isPresent())
                    .ifPresent(attempt -> tell(tx, ingested.tenant(), attempt));
            return;
        }
        OptionalLong sitting = sittingOf(stamped.fact());
        if (sitting.isEmpty()) {
            return;
        }
        store.addEvent(tx, ingested, sitting.getAsLong());
        if (sitting.getAsLong() != WHOLE_ROOM) {
            rederive(tx, ingested.tenant(), sitting.getAsLong());
        }
    }

    private void rederive(Tx tx, TenantId tenant, long sitting) {
        Attempt attempt =
                AttemptReducer.attempt(sitting, store.eventsOfSitting(tx, tenant, sitting));
        store.put(tx, tenant, attempt);
        tell(tx, tenant, attempt);
    }

    private void tell(Tx tx, TenantId tenant, Attempt attempt) {
        listeners.forEach(listener -> listener.attemptChanged(tx, tenant, attempt));
    }

    /**
     * Incidents without a sitting are the whole room's; other facts without one are no attempt's.
     */
    private static OptionalLong sittingOf(RoomFact fact) {
        boolean wholeRoom = fact instanceof RoomFact.IncidentReported;
        return fact.aboutSitting().isEmpty() && wholeRoom
                ? OptionalLong.of(WHOLE_ROOM)
                : fact.aboutSitting();
    }
}
