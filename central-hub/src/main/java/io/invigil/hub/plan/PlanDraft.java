package io.invigil.hub.plan;

import io.invigil.hub.organisation.OrganisationId;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A plan as entered.
 *
 * @param days first and last day of each stage, inclusive, in the zone; a stage may be missing or
 *     half entered, which the rules refuse
 */
public record PlanDraft(
        String number,
        String name,
        ZoneId zone,
        String requirements,
        RegistrationMode registrationMode,
        Map<PlanStage, Days> days,
        SittingPolicy policy,
        boolean fullIdOnStickers,
        PlanOptions options,
        Set<OrganisationId> schools) {

    public PlanDraft {
        days = Map.copyOf(days);
        schools = Set.copyOf(schools);
    }

    /** With {@link PlanOptions#standard}. */
    public PlanDraft(
            String number,
            String name,
            ZoneId zone,
            String requirements,
            RegistrationMode registrationMode,
            Map<PlanStage, Days> days,
            SittingPolicy policy,
            boolean fullIdOnStickers,
            Set<OrganisationId> schools) {
        this(
                number,
                name,
                zone,
                requirements,
                registrationMode,
                days,
                policy,
                fullIdOnStickers,
                PlanOptions.standard(),
                schools);
    }

    /** Inclusive days as entered. */
    public record Days(Optional<LocalDate> first, Optional<LocalDate> last) {
        public static Days of(LocalDate first, LocalDate last) {
            return new Days(Optional.of(first), Optional.of(last));
        }
    }
}
