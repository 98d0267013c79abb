package io.invigil.hub.audit;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.json.Json;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The hub's signature over the chain up to an entry: whoever rewrites entries and their hashes
 * cannot make a new one.
 *
 * @param number the last entry that it covers
 * @param hash of that entry
 * @param signature hex, by the hub's receipt key
 */
public record AuditSeal(long tenant, long number, Digest hash, Instant at, String signature) {
    private static final String TYPE = "invigil-audit-seal-1";

    private record Signed(long tenant, long number, String hash, long atMillis) {}

    static AuditSeal sign(SigningKey key, long tenant, long number, Digest hash, Instant at) {
        byte[] signature = key.sign(TYPE, payload(tenant, number, hash, at));
        return new AuditSeal(tenant, number, hash, at, HexFormat.of().formatHex(signature));
    }

    /** Whether the owner of the key signed this. */
    public boolean isBy(VerifyKey key) {
        if (!signature.matches("[0-9a-f]{" + 2 * VerifyKey.SIGNATURE_BYTES + "}")) {
            return false;
        }
        return key.verify(
                TYPE, payload(tenant, number, hash, at), HexFormat.of().parseHex(signature));
    }

    private static byte[] payload(long tenant, long number, Digest hash, Instant at) {
        return Json.write(new Signed(tenant, number, hash.hex(), at.toEpochMilli()));
    }
}
