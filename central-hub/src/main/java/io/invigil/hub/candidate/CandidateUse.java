package io.invigil.hub.candidate;

import io.invigil.appliance.db.Tx;

/** Asks later features what a candidate is needed for. */
@FunctionalInterface
public interface CandidateUse {

    /** Whether the candidate is registered for anything. */
    boolean isRegistered(Tx tx, Candidate candidate);
}
