package io.invigil.protocol.fact;

/**
 * A fact before the ledger gives it a number: its lane and its canonical JSON bytes (UTF-8, one
 * object with a type tag {@code "t"}).
 *
 * <p>The array is not copied: whoever makes a draft gives it away.
 */
public record FactDraft(Lane lane, byte[] json) {
    /** One fact is at most this long; larger content is a blob. */
    public static final int BYTES_MAX = 48 * 1024;

    public FactDraft {
        if (json.length == 0 || json.length > BYTES_MAX) {
            throw new IllegalArgumentException("a fact has 1 to " + BYTES_MAX + " bytes");
        }
    }
}
