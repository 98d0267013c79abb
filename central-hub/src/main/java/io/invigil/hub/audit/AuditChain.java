package io.invigil.hub.audit;

import io.invigil.protocol.crypto.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** How entries hang together: SHA-256 over the previous hash and every field with its length. */
final class AuditChain {
    private static final byte[] DOMAIN = "invigil-audit-1".getBytes(StandardCharsets.US_ASCII);

    private AuditChain() {}

    /** The hash of an entry, whatever stands in its hash field. */
    static Digest hash(Digest previous, AuditEntry entry) {
        MessageDigest sha = Digest.newSha256();
        sha.update(DOMAIN);
        sha.update(previous.bytes());
        number(sha, entry.actor().tenant());
        number(sha, entry.number());
        number(sha, entry.id());
        number(sha, entry.at().toEpochMilli());
        text(sha, entry.actor().login());
        text(sha, entry.actor().role());
        number(sha, entry.actor().organisation());
        text(sha, entry.actor().address());
        text(sha, entry.action().name());
        text(sha, entry.subject());
        text(sha, entry.key());
        text(sha, entry.before());
        text(sha, entry.after());
        return Digest.of(sha.digest());
    }

    private static void number(MessageDigest sha, long value) {
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
    }

    private static void text(MessageDigest sha, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(sha, bytes.length);
        sha.update(bytes);
    }
}
