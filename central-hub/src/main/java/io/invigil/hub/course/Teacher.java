package io.invigil.hub.course;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;

/**
 * A teacher of a school (domain, section 8; S4 section 7).
 *
 * @param account number of the staff account
 * @param login of that account: the mobile as it was when the account was made
 */
public record Teacher(
        TenantId tenant,
        long id,
        OrganisationId school,
        long account,
        String login,
        Details details) {

    /**
     * What the form asks; name, ID number, college and mobile are needed, the rest may be empty.
     *
     * @param research field of research, at most 100 characters; {@code results} likewise
     */
    public record Details(
            String name,
            String idNumber,
            String education,
            String college,
            String title,
            String post,
            String mobile,
            String mail,
            String research,
            String results,
            String address) {}

    public String name() {
        return details.name();
    }

    public String maskedMobile() {
        String mobile = details.mobile();
        return mobile.length() == 11 ? mobile.substring(0, 3) + "****" + mobile.substring(7) : "";
    }
}
