package io.invigil.hub.attempt;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

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
    public void apply(Tx tx, IngestedFact fact) {
        applyAll(tx, List.of(fact));
    }

    /** One statement for all answers and one for all events; each sitting is derived once. */
    @Override
    public void applyAll(Tx tx, List<IngestedFact> facts) {
        List<AttemptStore.Answer> answers = new ArrayList<>();
        List<AttemptStore.Event> events = new ArrayList<>();
        SortedSet<Long> answered = new TreeSet<>();
        SortedSet<Long> grown = new TreeSet<>();
        for (IngestedFact fact : facts) {
            Optional<RoomFact> room = fact.room().map(StampedFact::fact);
            if (room.isPresent() && room.get() instanceof RoomFact.AnswerSaved answer) {
                answers.add(
                        new AttemptStore.Answer(
                                fact, fact.room().get(), answer, ResponseBytes.of(fact.json())));
                answered.add(answer.sitting());
            } else if (room.isPresent()) {
                sittingOf(room.get())
                        .ifPresent(
                                sitting -> {
                                    events.add(AttemptStore.Event.of(fact, sitting));
                                    grown.add(sitting);
                                });
            }
        }
        store.addAnswers(tx, answers);
        store.addEvents(tx, events);
        grown.remove(WHOLE_ROOM);
        for (long sitting : grown) {
            rederive(tx, facts.getFirst().tenant(), sitting);
        }
        answered.removeAll(grown);
        for (long sitting : answered) {
            // an answer that arrives after the hand-in changes what is to be marked
            TenantId tenant = facts.getFirst().tenant();
            store.find(tx, tenant, sitting)
                    .filter(attempt -> attempt.handIn().isPresent())
                    .ifPresent(attempt -> tell(tx, tenant, attempt));
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
