package io.invigil.hub.certificate;

import java.util.List;

/** What became of recording, confirming or revoking. */
public sealed interface CertificateDecision {

    /**
     * @param changed how many records were made or confirmed
     * @param issued how many certificates came to exist by this
     */
    record Done(int changed, int issued) implements CertificateDecision {}

    /**
     * Nothing was changed.
     *
     * @param detail values for the text, such as the characters that cannot be printed
     */
    record Refused(Code code, List<String> detail) implements CertificateDecision {
        public Refused {
            detail = List.copyOf(detail);
        }

        static Refused of(Code code, String... detail) {
            return new Refused(code, List.of(detail));
        }
    }

    /** Stable codes. */
    enum Code {
        CERTIFICATE_NOT_ALLOWED,
        /** Scores are not locked yet. */
        CERTIFICATE_NOT_FINAL,
        CERTIFICATE_UNKNOWN,
        CERTIFICATE_NOT_PASSED,
        /** The candidate is banned from the plan's exam (domain, section 12). */
        CERTIFICATE_BANNED,
        /** One person acted for both sides. */
        CERTIFICATE_SAME_PERSON,
        CERTIFICATE_GLYPH_MISSING,
        CERTIFICATE_TEXT_TOO_LONG,
        CERTIFICATE_TOO_MANY,
        CERTIFICATE_NOT_ISSUED,
        CERTIFICATE_REVOKED,
        CERTIFICATE_REASON_MISSING
    }
}
