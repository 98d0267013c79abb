package io.invigil.hub.facecapture;

import io.invigil.appliance.i18n.Texts;
import io.invigil.protocol.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The privacy notice as shown, and which text it was: language and digest, so that a consent can be
 * held against the very words.
 */
public record FaceNotice(List<String> paragraphs, String version) {
    private static final int DIGEST_CHARS = 16;

    public FaceNotice {
        paragraphs = List.copyOf(paragraphs);
    }

    static FaceNotice of(Texts texts) {
        List<String> paragraphs =
                Stream.of("what", "use", "kept", "seen", "free", "withdraw")
                        .map(part -> texts.text("facecapture.notice." + part))
                        .toList();
        String digest =
                Digest.sha256(String.join("\n", paragraphs).getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, DIGEST_CHARS);
        return new FaceNotice(paragraphs, texts.language().tag() + " " + digest);
    }
}
