package io.invigil.protocol.crypto;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF-SHA256 (RFC 5869) and Argon2id (RFC 9106). Stateless. */
public final class KeyDerivation {
    private KeyDerivation() {}

    /** Derives {@code length} bytes from key material, salt (may be empty) and a label. */
    public static byte[] hkdf(byte[] keyMaterial, byte[] salt, String info, int length) {
        var generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(
                new HKDFParameters(keyMaterial, salt, info.getBytes(StandardCharsets.UTF_8)));
        byte[] out = new byte[length];
        generator.generateBytes(out, 0, length);
        return out;
    }

    /**
     * Argon2id version 1.3.
     *
     * @param memoryKib memory in KiB
     * @param passes iterations
     */
    public static byte[] argon2id(
            byte[] secret, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        var parameters =
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memoryKib)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build();
        var generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] out = new byte[length];
        generator.generateBytes(secret, out);
        return out;
    }
}
