package io.invigil.protocol.trust;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Signed list of keys that no longer count (XSP/1 section 10; fault rows 48 to 50). A record that a
 * revoked key signed within its {@code validThrough} still counts; a later one is parked for review
 * by two people, never dropped.
 *
 * @param version rises with every change
 */
public record Revocations(
        int v, String realm, long version, Instant issuedAt, List<Entry> entries) {
    public static final int FORMAT = 1;
    public static final String TYPE = "application/vnd.xsp.revocations.v1+json";
    public static final int ENTRIES_MAX = 5_000;
    public static final int BYTES_MAX = 1024 * 1024;

    /** So that the signed list fits as one text into a {@link TrustBundle}. */
    public static final int PAYLOAD_BYTES_MAX = 512 * 1024;

    public Revocations {
        entries = List.copyOf(entries);
        new Realm(realm);
        if (v != FORMAT || version < 1 || issuedAt == null || entries.size() > ENTRIES_MAX) {
            throw new IllegalArgumentException("revocations out of range");
        }
    }

    /**
     * @param keyId hex id of the node's record key
     * @param validThrough last numbers that count, by {@code epoch/lane}; nothing else counts
     */
    public record Entry(
            String node,
            String keyId,
            Instant revokedAt,
            String reason,
            Map<String, Long> validThrough) {
        public static final int HEADS_MAX = 400;

        public Entry {
            validThrough = java.util.Collections.unmodifiableMap(new TreeMap<>(validThrough));
            new NodeId(node);
            Digest.ofHex(keyId);
            if (revokedAt == null
                    || reason.length() > 500
                    || validThrough.size() > HEADS_MAX
                    || validThrough.values().stream().anyMatch(seq -> seq < 0)) {
                throw new IllegalArgumentException("revocation out of range");
            }
        }

        /** The name of a lane in {@code validThrough}. */
        public static String head(EpochId epoch, Lane lane) {
            return epoch.hex() + "/" + lane.code();
        }
    }

    /** Whether a record signed by this key counts without review. */
    public boolean counts(Digest keyId, EpochId epoch, Lane lane, long seq) {
        return entries.stream()
                .filter(entry -> entry.keyId().equals(keyId.hex()))
                .allMatch(
                        entry ->
                                seq
                                        <= entry.validThrough()
                                                .getOrDefault(Entry.head(epoch, lane), 0L));
    }

    /** Whether a connection by the node of this key must be refused. */
    public boolean isRevoked(Digest keyId) {
        return entries.stream().anyMatch(entry -> entry.keyId().equals(keyId.hex()));
    }

    /**
     * The signed envelope as it travels.
     *
     * @throws IllegalArgumentException when it is longer than {@link #PAYLOAD_BYTES_MAX}
     */
    public byte[] sign(SigningKey manifestKey) {
        byte[] payload = Json.write(this);
        if (payload.length > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException("the list of revocations is too long to travel");
        }
        return SignedEnvelope.sign(TYPE, payload, List.of(manifestKey)).encode();
    }

    /**
     * Reads a list.
     *
     * @param heldVersion a lower version is refused, so that nothing comes back to life
     */
    public static Optional<Revocations> read(
            byte[] envelope, Collection<VerifyKey> manifestKeys, Realm realm, long heldVersion) {
        return SignedEnvelope.decode(envelope, BYTES_MAX)
                .flatMap(signed -> signed.verified(TYPE, manifestKeys))
                .flatMap(payload -> Json.read(payload, Revocations.class))
                .filter(list -> list.realm().equals(realm.value()))
                .filter(list -> list.version() >= heldVersion);
    }
}
