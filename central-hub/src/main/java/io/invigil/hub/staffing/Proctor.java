package io.invigil.hub.staffing;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;

/**
 * A teacher who may be made a proctor or patrol.
 *
 * @param number 教师编号, generated, such as JK157822
 */
public record Proctor(
        TenantId tenant,
        ProctorId id,
        OrganisationId school,
        String number,
        String name,
        String mobile) {

    /** As lists and exports show it: 183****0551. */
    public String maskedMobile() {
        return mobile.length() == 11 ? mobile.substring(0, 3) + "****" + mobile.substring(7) : "";
    }

    /** As sheets name a person: 张丽 (KK867114). */
    public String titled() {
        return name + " (" + number + ")";
    }
}
