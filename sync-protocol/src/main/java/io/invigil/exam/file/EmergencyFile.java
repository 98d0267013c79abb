package io.invigil.exam.file;

import io.invigil.exam.pack.RosterKeys;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The answers of one sitting as its page saved them to a file when nothing else worked, with the
 * uploaded files that the node did not have yet, as far as they fit. Encrypted under a key that
 * follows from the slot's shared key and the sitting, or from the node's own key where the package
 * brought none; so that nobody else opens it or changes it on the way. What follows from the slot's
 * key opens at each node of the slot and at the hub (XSP/1 section 8).
 *
 * <pre>
 * "XSE2" LF | header JSON {shared, exam, sitting, paper} LF | iv 12 | AES-256-GCM ciphertext of
 * content JSON {answers, files[{sha256, bytes}]} LF | bytes of the files, one after the other
 * additional data: "file" LF exam LF sitting LF paper
 * </pre>
 *
 * @param answers in the page's order
 * @param files contents of files that answers name; each has the digest under which it is named
 */
public record EmergencyFile(Scope scope, List<Answer> answers, List<byte[]> files) {
    public static final int FILE_BYTES_MAX = 8 * 1024 * 1024;
    public static final int ANSWERS_MAX = 1_000;
    public static final int FILES_MAX = 60;
    private static final int HEADER_BYTES_MAX = 1_024;
    private static final int TAG_BITS = 128;
    private static final int IV_BYTES = 12;
    private static final String MAGIC = "XSE2\n";

    public EmergencyFile {
        answers = List.copyOf(answers);
        files = List.copyOf(files);
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

    private record Header(boolean shared, String exam, long sitting, String paper) {
        boolean complete() {
            return exam != null && paper != null;
        }
    }

    private record Named(String sha256, int bytes) {}

    private record Content(List<Answer> answers, List<Named> files) {}

    /** What a file's key is bound to. */
    public record Scope(String exam, long sitting, String paper) {
        /** As additional data of every encryption under the key. */
        public String text() {
            return exam + "\n" + sitting + "\n" + paper;
        }
    }

    /**
     * What a file says of itself without being opened: not proven before it opens.
     *
     * @param shared whether its key follows from the slot's key, else from the node's own
     */
    public record Claim(boolean shared, Scope scope) {}

    /** AES-256 key of a file, from the key that all nodes of the slot share with the hub. */
    public static byte[] key(RosterKeys slot, Scope scope) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(slot.filesKey(), "HmacSHA256"));
            return mac.doFinal(
                    ("emergency file\n" + scope.text()).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no HMAC-SHA256", missing);
        }
    }

    /** What the file claims to be; empty when it is no emergency file or too large for one. */
    public static Optional<Claim> claim(byte[] file) {
        return header(file)
                .map(
                        said ->
                                new Claim(
                                        said.shared(),
                                        new Scope(said.exam(), said.sitting(), said.paper())));
    }

    private static Optional<Header> header(byte[] file) {
        if (file.length > FILE_BYTES_MAX || !begins(file)) {
            return Optional.empty();
        }
        int headerAt = MAGIC.length();
        int end = lineEnd(file, headerAt, HEADER_BYTES_MAX);
        return end < 0
                ? Optional.empty()
                : Json.read(Arrays.copyOfRange(file, headerAt, end), Header.class)
                        .filter(Header::complete);
    }

    /**
     * Opens a file; empty when it is for none of these keys or was changed.
     *
     * @param keys that a file of this claim may be under
     */
    public static Optional<EmergencyFile> open(byte[] file, Function<Claim, List<byte[]>> keys) {
        Optional<Claim> claim = claim(file);
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        Scope scope = claim.get().scope();
        int body = lineEnd(file, MAGIC.length(), HEADER_BYTES_MAX) + 1;
        return keys.apply(claim.get()).stream()
                .flatMap(key -> decrypted(file, body, key, scope).stream())
                .findFirst()
                .flatMap(plain -> read(scope, plain));
    }

    private static boolean begins(byte[] file) {
        byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
        return file.length > magic.length
                && Arrays.equals(file, 0, magic.length, magic, 0, magic.length);
    }

    /** Where the line ends; -1 when it does not within so many bytes. */
    private static int lineEnd(byte[] bytes, int from, int most) {
        int last = (int) Math.min(bytes.length, (long) from + most);
        for (int at = from; at < last; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private static Optional<EmergencyFile> read(Scope scope, byte[] plain) {
        int end = lineEnd(plain, 0, plain.length);
        if (end < 0) {
            return Optional.empty();
        }
        return Json.read(Arrays.copyOf(plain, end), Content.class)
                .filter(content -> content.answers() != null && content.files() != null)
                .filter(content -> content.answers().size() <= ANSWERS_MAX)
                .filter(content -> content.files().size() <= FILES_MAX)
                .filter(content -> content.answers().stream().allMatch(EmergencyFile::whole))
                .flatMap(
                        content ->
                                files(content.files(), plain, end + 1)
                                        .map(
                                                files ->
                                                        new EmergencyFile(
                                                                scope, content.answers(), files)));
    }

    private static boolean whole(Answer answer) {
        return answer != null && answer.complete();
    }

    private static Optional<List<byte[]>> files(List<Named> named, byte[] plain, int from) {
        List<byte[]> files = new ArrayList<>();
        long at = from;
        for (Named each : named) {
            boolean inside = each != null && each.bytes() > 0 && at + each.bytes() <= plain.length;
            if (!inside) {
                return Optional.empty();
            }
            byte[] content = Arrays.copyOfRange(plain, (int) at, (int) at + each.bytes());
            if (!Digest.sha256(content).hex().equals(each.sha256())) {
                return Optional.empty();
            }
            files.add(content);
            at += each.bytes();
        }
        return at == plain.length ? Optional.of(files) : Optional.empty();
    }

    private static Optional<byte[]> decrypted(byte[] file, int from, byte[] key, Scope scope) {
        if (file.length < from + IV_BYTES) {
            return Optional.empty();
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG_BITS, file, from, IV_BYTES));
            cipher.updateAAD(("file\n" + scope.text()).getBytes(StandardCharsets.UTF_8));
            int body = from + IV_BYTES;
            return Optional.of(cipher.doFinal(file, body, file.length - body));
        } catch (GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }
}
