package io.invigil.site.identity;

import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.vision.FaceFeature;
import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Templates of an exam's photos at rest: one file per exam, AES-256-GCM under a random key of that
 * exam, so that destroying the key erases them. Content: per photo its SHA-256, a length and the
 * feature, which names its model; length 0 where the photo shows no usable face. One thread at a
 * time.
 */
final class TemplateFiles {
    static final int TEMPLATES_MAX = 10_000;

    private final Path directory;
    private final KeyFile keys;
    private final Entropy entropy;

    TemplateFiles(Path directory, KeyFile keys, Entropy entropy) {
        this.directory = directory;
        this.keys = keys;
        this.entropy = entropy;
    }

    /** Photo digest to feature, or to nothing where the photo has no usable face. */
    Map<String, Optional<FaceFeature>> load(String exam) {
        Path file = file(exam);
        Optional<byte[]> key = keys.load(keyName(exam));
        if (key.isEmpty() || !Files.exists(file)) {
            return new LinkedHashMap<>();
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
            if (in.remaining() < Aead.NONCE_BYTES + Aead.TAG_BYTES) {
                return new LinkedHashMap<>();
            }
            byte[] nonce = new byte[Aead.NONCE_BYTES];
            in.get(nonce);
            byte[] sealed = new byte[in.remaining()];
            in.get(sealed);
            // a damaged file costs computing anew, nothing else
            return Aead.decrypt(key.get(), nonce, associated(exam), sealed)
                    .map(TemplateFiles::parse)
                    .orElseGet(LinkedHashMap::new);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    void store(String exam, Map<String, Optional<FaceFeature>> templates) {
        byte[] key =
                keys.load(keyName(exam))
                        .orElseGet(
                                () -> {
                                    byte[] fresh = entropy.bytes(Aead.KEY_BYTES);
                                    keys.store(keyName(exam), fresh);
                                    return fresh;
                                });
        byte[] nonce = entropy.bytes(Aead.NONCE_BYTES);
        byte[] sealed = Aead.encrypt(key, nonce, associated(exam), write(templates));
        Path file = file(exam);
        try {
            Path part = Files.createTempFile(directory, "templates", ".part");
            try {
                ByteBuffer out = ByteBuffer.allocate(nonce.length + sealed.length);
                Files.write(part, out.put(nonce).put(sealed).array());
                Files.move(
                        part,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write " + file, unwritable);
        }
    }

    /** Destroys the key, then the file. */
    boolean erase(String exam) {
        boolean held = keys.load(keyName(exam)).isPresent();
        keys.delete(keyName(exam));
        try {
            Files.deleteIfExists(file(exam));
        } catch (IOException stays) {
            throw new UncheckedIOException("cannot delete " + file(exam), stays);
        }
        return held;
    }

    private static byte[] write(Map<String, Optional<FaceFeature>> templates) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, Optional<FaceFeature>> entry : templates.entrySet()) {
                out.write(HexFormat.of().parseHex(entry.getKey()));
                byte[] feature = entry.getValue().map(FaceFeature::encoded).orElse(new byte[0]);
                out.writeInt(feature.length);
                out.write(feature);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static Map<String, Optional<FaceFeature>> parse(byte[] content) {
        Map<String, Optional<FaceFeature>> templates = new LinkedHashMap<>();
        ByteBuffer in = ByteBuffer.wrap(content);
        while (in.remaining() >= Digest.BYTES + Integer.BYTES && templates.size() < TEMPLATES_MAX) {
            byte[] photo = new byte[Digest.BYTES];
            in.get(photo);
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                return templates;
            }
            byte[] feature = new byte[length];
            in.get(feature);
            templates.put(HexFormat.of().formatHex(photo), FaceFeature.decode(feature));
        }
        return templates;
    }

    private Path file(String exam) {
        return directory.resolve(id(exam) + ".templates");
    }

    private static String keyName(String exam) {
        return "templates-" + id(exam);
    }

    /** Exam names differ by case, file systems may not. */
    private static String id(String exam) {
        return Digest.sha256(("templates of " + exam).getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32);
    }

    private static byte[] associated(String exam) {
        return ("invigil templates " + exam).getBytes(StandardCharsets.UTF_8);
    }
}
