package io.invigil.hub.candidate;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;

/**
 * A candidate of a school. Texts are empty when not given.
 *
 * @param number generated, never changed (考生编号)
 * @param idNumber 18 characters by GB 11643, upper case; unique in the tenant
 * @param gender from the ID number
 * @param enrolmentYear 0 when not given
 * @param type such as 院校考生
 * @param photo hex SHA-256 of the normalised JPEG, empty when there is none; see {@link Photos}
 * @param mail where codes and first passwords go beside the mobile number
 */
public record Candidate(
        TenantId tenant,
        CandidateId id,
        OrganisationId school,
        String number,
        String name,
        String pinyin,
        String idNumber,
        Gender gender,
        String mobile,
        String major,
        String programmeLevel,
        int enrolmentYear,
        String type,
        String photo,
        String mail) {

    public boolean hasPhoto() {
        return !photo.isEmpty();
    }

    Candidate named(String other) {
        return new Candidate(
                tenant,
                id,
                school,
                number,
                other,
                pinyin,
                idNumber,
                gender,
                mobile,
                major,
                programmeLevel,
                enrolmentYear,
                type,
                photo,
                mail);
    }

    /** With ID number and mobile as shown where the whole is not needed (domain, section 3). */
    public Candidate masked() {
        return new Candidate(
                tenant,
                id,
                school,
                number,
                name,
                pinyin,
                IdNumber.masked(idNumber),
                gender,
                maskedMobile(),
                major,
                programmeLevel,
                enrolmentYear,
                type,
                photo,
                maskedMail());
    }

    private String maskedMail() {
        int at = mail.indexOf('@');
        return at > 0 ? mail.charAt(0) + "***" + mail.substring(at) : "";
    }

    private String maskedMobile() {
        return mobile.length() == 11 ? mobile.substring(0, 3) + "****" + mobile.substring(7) : "";
    }
}
