package io.invigil.protocol.paper;

import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Base64Text;
import io.invigil.protocol.crypto.KeyDerivation;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What every key of a package is bound to, and how the keys are wrapped. Each wrapping key wraps
 * one value only, so its nonce is zero.
 */
record PackageBinding(Realm realm, NodeId node, String exam, String packageId) {
    static final String NODE_KEY_INFO = "xsp1 node key";
    static final String RELEASE_INFO = "xsp1 key release";
    static final int ARGON_MEMORY_KIB = 64 * 1024;
    static final int ARGON_PASSES = 3;
    static final int ARGON_LANES = 1;
    private static final byte[] NONCE = new byte[Aead.NONCE_BYTES];

    /** Additional data of every wrap, by label. */
    byte[] aad(String label) {
        return String.join("\n", label, realm.value(), node.value(), exam, packageId)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** {@code HKDF(K_node ‖ K_rel)} for one part; a rehearsal part has its own label. */
    private byte[] wrappingKey(byte[] nodeKey, ReleaseKey release, String part, boolean rehearsal) {
        byte[] both = Arrays.copyOf(nodeKey, nodeKey.length + ReleaseKey.BYTES);
        System.arraycopy(release.bytes(), 0, both, nodeKey.length, ReleaseKey.BYTES);
        String info = (rehearsal ? "xsp1 rehearsal key\n" : "xsp1 content key\n") + part;
        return KeyDerivation.hkdf(both, idBytes(), info, Aead.KEY_BYTES);
    }

    String wrapContentKey(
            byte[] nodeKey, ReleaseKey release, String part, boolean rehearsal, byte[] contentKey) {
        byte[] key = wrappingKey(nodeKey, release, part, rehearsal);
        return base64(Aead.encrypt(key, NONCE, aad("xsp1 content key"), contentKey));
    }

    Optional<byte[]> unwrapContentKey(
            byte[] nodeKey, ReleaseKey release, String part, boolean rehearsal, String wrapped) {
        byte[] key = wrappingKey(nodeKey, release, part, rehearsal);
        return unbase64(wrapped)
                .flatMap(bytes -> Aead.decrypt(key, NONCE, aad("xsp1 content key"), bytes))
                .filter(bytes -> bytes.length == Aead.KEY_BYTES);
    }

    String wrapReleaseKey(ReleaseCode code, ReleaseKey release) {
        return base64(Aead.encrypt(codeKey(code), NONCE, aad("xsp1 release key"), release.bytes()));
    }

    Optional<ReleaseKey> unwrapReleaseKey(ReleaseCode code, String wrapped) {
        return unbase64(wrapped)
                .filter(bytes -> bytes.length == ReleaseKey.BYTES + Aead.TAG_BYTES)
                .flatMap(
                        bytes -> Aead.decrypt(codeKey(code), NONCE, aad("xsp1 release key"), bytes))
                .map(ReleaseKey::of);
    }

    /** Argon2id over the 24 digits in ASCII; 64 MiB, three passes, one lane. */
    private byte[] codeKey(ReleaseCode code) {
        return KeyDerivation.argon2id(
                code.payload().getBytes(StandardCharsets.US_ASCII),
                idBytes(),
                ARGON_MEMORY_KIB,
                ARGON_PASSES,
                ARGON_LANES,
                Aead.KEY_BYTES);
    }

    private byte[] idBytes() {
        return HexFormat.of().parseHex(packageId);
    }

    static String base64(byte[] bytes) {
        return Base64Text.encodeUrl(bytes);
    }

    static Optional<byte[]> unbase64(String text) {
        return Base64Text.decodeUrl(text);
    }
}
