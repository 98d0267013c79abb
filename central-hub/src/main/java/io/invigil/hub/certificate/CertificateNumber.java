package io.invigil.hub.certificate;

import java.util.Locale;

/**
 * Certificate numbers: the body's code, the year, the certificate's number, a digit for the level
 * and six digits that count up within the tenant, such as {@code NEV2026100011000042}.
 */
final class CertificateNumber {
    private CertificateNumber() {}

    static String of(String body, int year, String certificate, String level, long serial) {
        String digits = certificate.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
        return "%s%d%s%d%06d".formatted(body, year, shortened(digits), digit(level), serial);
    }

    /** The last characters of a long certificate number tell most; body and serial stay whole. */
    private static String shortened(String certificate) {
        return certificate.length() > 8
                ? certificate.substring(certificate.length() - 8)
                : certificate;
    }

    private static int digit(String level) {
        return switch (level) {
            case "初级" -> 1;
            case "中级" -> 2;
            case "高级" -> 3;
            default -> 0;
        };
    }
}
