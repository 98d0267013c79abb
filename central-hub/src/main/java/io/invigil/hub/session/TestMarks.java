package io.invigil.hub.session;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import java.util.Map;

/** What students have in the comprehensive test of a course, as far as it counts by now. */
@FunctionalInterface
public interface TestMarks {

    /**
     * By student, as shown; whoever has no mark yet is missing.
     *
     * @param session number of the test
     */
    Map<CandidateId, String> of(Tx tx, TenantId tenant, long session);
}
