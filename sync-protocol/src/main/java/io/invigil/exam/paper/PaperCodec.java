package io.invigil.exam.paper;

import io.invigil.protocol.json.Json;
import java.util.Optional;

/** Papers and keys as UTF-8 JSON, under limits. Stateless. */
public final class PaperCodec {
    public static final int PAPER_BYTES_MAX = 16 * 1024 * 1024;
    public static final int KEY_BYTES_MAX = 4 * 1024 * 1024;

    private PaperCodec() {}

    /**
     * The paper as JSON; it holds no key.
     *
     * @throws IllegalArgumentException when it is larger than {@link #PAPER_BYTES_MAX}
     */
    public static byte[] encode(Paper paper) {
        return within(PAPER_BYTES_MAX, Json.write(paper));
    }

    /** Reads a paper; empty when it is malformed, unsafe, too large or of an unknown kind. */
    public static Optional<Paper> decode(byte[] json) {
        return json.length > PAPER_BYTES_MAX ? Optional.empty() : Json.read(json, Paper.class);
    }

    public static byte[] encodeKey(AnswerKey key) {
        return within(KEY_BYTES_MAX, Json.write(key));
    }

    public static Optional<AnswerKey> decodeKey(byte[] json) {
        return json.length > KEY_BYTES_MAX ? Optional.empty() : Json.read(json, AnswerKey.class);
    }

    private static byte[] within(int max, byte[] json) {
        if (json.length > max) {
            throw new IllegalArgumentException("larger than " + max + " bytes");
        }
        return json;
    }
}
