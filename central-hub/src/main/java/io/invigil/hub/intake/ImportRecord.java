package io.invigil.hub.intake;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.time.Instant;

/**
 * What one import did.
 *
 * @param organisation whose data it was
 * @param added rows that made something new
 * @param changed rows that changed something
 * @param unchanged rows that said what was known already
 * @param failed rows not taken
 * @param refusal code when the file as a whole was refused, else empty
 * @param remark code of what is to be known beside the rows, else empty
 */
public record ImportRecord(
        TenantId tenant,
        ImportRecordId id,
        OrganisationId organisation,
        ImportKind kind,
        String fileName,
        String fileSha256,
        String login,
        Instant at,
        int added,
        int changed,
        int unchanged,
        int failed,
        String refusal,
        String refusalDetail,
        String remark) {

    public boolean isRefused() {
        return !refusal.isEmpty();
    }

    /** Rows that are now as the file says. */
    public int taken() {
        return added + changed + unchanged;
    }
}
