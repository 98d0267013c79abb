package io.invigil.hub.examday;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.IngestedFact;

/** Phases, cases and incidents of rooms. Idempotent, and independent of the order of lanes. */
public final class ExamDayProjection implements FactProjection {
    private final RoomDayStore store = new RoomDayStore();

    @Override
    public String name() {
        return "exam-day";
    }

    @Override
    public void apply(Tx tx, IngestedFact fact) {
        fact.room().ifPresent(stamped -> apply(tx, fact, stamped));
    }

    private void apply(Tx tx, IngestedFact fact, StampedFact stamped) {
        switch (stamped.fact()) {
            case RoomFact.PhaseChanged f ->
                    store.phase(tx, fact, f.exam(), f.to(), fact.position(), stamped.stamp().at());
            case ProctorFact.CaseOpened f -> store.opened(tx, fact, f, stamped.stamp());
            case ProctorFact.CasePassedOn f -> store.passedOn(tx, fact, f, fact.position());
            case ProctorFact.CaseSettled f -> store.settled(tx, fact, f, stamped.stamp());
            case RoomFact.IncidentReported f -> store.incident(tx, fact, f, stamped.stamp());
            case RoomFact other -> {
                // of sittings: the attempts count them
            }
        }
    }
}
