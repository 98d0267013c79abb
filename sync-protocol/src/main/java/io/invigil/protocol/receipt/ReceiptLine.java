package io.invigil.protocol.receipt;

import io.invigil.protocol.crypto.Digest;
import java.util.Objects;

/**
 * Fate of one bundle.
 *
 * @param bundle SHA-256 of the bundle's bytes
 * @param reason stable code, empty for accepted ones
 */
public record ReceiptLine(Digest bundle, LineStatus status, String reason) {
    public static final int REASON_CHARS_MAX = 32;

    public ReceiptLine {
        Objects.requireNonNull(bundle);
        Objects.requireNonNull(status);
        if (reason.length() > REASON_CHARS_MAX) {
            throw new IllegalArgumentException("a reason is a short code");
        }
    }
}
