package io.invigil.hub.registration;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * One registered subject with everything that lists and exports show of it.
 *
 * @param site name of the site (所属考点), empty until arranged
 * @param admission admission number, empty until issued
 * @param certificate name and level
 * @param slot when it is sat, once arranged
 */
public record RegistrationRow(
        SittingId sitting,
        CandidateId candidate,
        String name,
        String number,
        String idNumber,
        String type,
        String school,
        String site,
        String admission,
        String certificate,
        String subject,
        ExamMode mode,
        String targetType,
        Optional<Window> slot,
        Payments.Payment payment) {

    public RegistrationState state(Instant now) {
        return RegistrationState.of(slot, now);
    }
}
