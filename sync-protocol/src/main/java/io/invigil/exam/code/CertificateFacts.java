package io.invigil.exam.code;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/**
 * What a certificate's code says and a stranger may check without the centre.
 *
 * @param number certificate number
 * @param holder name of the holder
 * @param maskedId ID number with its middle hidden, as printed
 * @param certificate name of the certificate
 * @param level level, such as 初级
 * @param issuer certification body
 * @param issuedOn day of issue in the issuer's zone
 */
public record CertificateFacts(
        String number,
        String holder,
        String maskedId,
        String certificate,
        String level,
        String issuer,
        LocalDate issuedOn) {
    public static final int FIELD_BYTES_MAX = 180;

    public CertificateFacts {
        for (String field : List.of(number, holder, maskedId, certificate, level, issuer)) {
            if (field.getBytes(StandardCharsets.UTF_8).length > FIELD_BYTES_MAX) {
                throw new IllegalArgumentException("a field has at most 180 bytes");
            }
        }
        if (number.isEmpty() || holder.isEmpty()) {
            throw new IllegalArgumentException("a certificate has a number and a holder");
        }
        if (issuedOn.getYear() < 1970 || issuedOn.getYear() > 9999) {
            throw new IllegalArgumentException("day of issue out of range");
        }
    }
}
