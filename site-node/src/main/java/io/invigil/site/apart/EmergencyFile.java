package io.invigil.site.apart;

import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The answers of one sitting as its page saved them to a file when nothing else worked. Encrypted
 * under the page's key, so that only this node opens it and nobody changes it on the way.
 *
 * @param answers in the page's order
 */
public record EmergencyFile(HeldKeys.Scope scope, List<Answer> answers) {
    public static final int FILE_BYTES_MAX = 8 * 1024 * 1024;
    public static final int ANSWERS_MAX = 1_000;
    private static final int TAG_BITS = 128;
    private static final int IV_BYTES = 12;
    private static final int VERSION = 1;

    public EmergencyFile {
        answers = List.copyOf(answers);
    }

    /**
     * @param base revision of the item that the page knew when it was written
     */
    public record Answer(String item, String op, long base, Map<String, List<String>> response) {
        boolean complete() {
            return item != null
                    && op != null
                    && response != null
                    && response.values().stream()
                            .allMatch(v -> v != null && v.stream().allMatch(t -> t != null));
        }
    }

    private record Envelope(
            int v, String exam, long sitting, String paper, String iv, String data) {
        boolean complete() {
            return v == VERSION && exam != null && paper != null && iv != null && data != null;
        }
    }

    private record Content(List<Answer> answers) {}

    /** Opens a file; empty when it is not one of this node's or was changed. */
    public static Optional<EmergencyFile> open(byte[] file, HeldKeys keys) {
        if (file.length > FILE_BYTES_MAX) {
            return Optional.empty();
        }
        Optional<Envelope> read = Json.read(file, Envelope.class).filter(Envelope::complete);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Envelope envelope = read.get();
        var scope = new HeldKeys.Scope(envelope.exam(), envelope.sitting(), envelope.paper());
        return decrypted(envelope, keys.pageKey(scope), scope)
                .flatMap(json -> Json.read(json, Content.class))
                .filter(content -> content.answers() != null)
                .filter(content -> content.answers().size() <= ANSWERS_MAX)
                .filter(content -> content.answers().stream().allMatch(EmergencyFile::whole))
                .map(content -> new EmergencyFile(scope, content.answers()));
    }

    private static boolean whole(Answer answer) {
        return answer != null && answer.complete();
    }

    private static Optional<byte[]> decrypted(Envelope envelope, byte[] key, HeldKeys.Scope scope) {
        try {
            byte[] iv = Base64.getDecoder().decode(envelope.iv());
            if (iv.length != IV_BYTES) {
                return Optional.empty();
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG_BITS, iv));
            cipher.updateAAD(("file\n" + scope.text()).getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(Base64.getDecoder().decode(envelope.data())));
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
