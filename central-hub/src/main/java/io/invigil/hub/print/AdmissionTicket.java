package io.invigil.hub.print;

import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one candidate's admission ticket (准考证) of a plan is printed from.
 *
 * @param sittings all arranged sittings of the candidate in the plan, at least one
 * @param site where the first of them is
 */
@SuppressWarnings("ArrayRecordComponent")
public record AdmissionTicket(
        Plan plan,
        Site site,
        List<ArrangedSitting> sittings,
        Map<SlotId, Slot> slots,
        Map<LevelId, CertificateLevel> levels,
        Optional<byte[]> photo) {
    public AdmissionTicket {
        sittings = List.copyOf(sittings);
        slots = Map.copyOf(slots);
        levels = Map.copyOf(levels);
        if (sittings.isEmpty()) {
            throw new IllegalArgumentException("a ticket is for at least one sitting");
        }
    }

    /** The same with the photo, which is read late: thousands do not fit in memory. */
    AdmissionTicket with(Optional<byte[]> picture) {
        return new AdmissionTicket(plan, site, sittings, slots, levels, picture);
    }

    ArrangedSitting first() {
        return sittings.getFirst();
    }

    String admissionNumber() {
        return first().sitting().seating().orElseThrow().admissionNumber();
    }

    /**
     * As the source documents name the file: 姓名(准考证号)-证书准考证.pdf.
     *
     * @param ending pdf or xlsx
     */
    public String fileName(String ending) {
        String certificate = levels.get(first().subject().level()).name();
        String name =
                first().candidate().name()
                        + "("
                        + admissionNumber()
                        + ")-"
                        + certificate
                        + "准考证."
                        + ending;
        return name.replaceAll("[/\\\\:*?\"<>|]", "_");
    }
}
