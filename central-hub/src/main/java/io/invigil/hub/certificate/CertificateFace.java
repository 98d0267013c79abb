package io.invigil.hub.certificate;

import io.invigil.hub.candidate.Gender;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What a certificate says, fixed when its record is made.
 *
 * @param photo hex SHA-256 of the candidate's photo, empty text when there is none
 * @param examDay first day of the plan's exam window, in {@code zone}
 */
public record CertificateFace(
        String holder,
        String idNumber,
        Gender gender,
        String photo,
        String certificate,
        String level,
        String issuer,
        String site,
        LocalDate examDay,
        ZoneId zone) {

    /** Everything that is printed, to look for missing characters. */
    String allText() {
        return holder + idNumber + certificate + level + issuer + site;
    }
}
