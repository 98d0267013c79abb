package io.invigil.protocol.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Signed statement of an epoch's durable heads: an independent witness of what the room had (XSP/1
 * section 2). Signed is the DSSE encoding of {@link #PAYLOAD_TYPE} and {@link #payload}.
 *
 * @param position of the last durable record
 * @param heads lane code to head, all four lanes
 * @param at wall time in ms, evidence only
 * @param keyId hexadecimal id of the signing key
 * @param sig base64 signature
 */
@JsonPropertyOrder({"t", "epoch", "position", "heads", "at", "keyId", "sig"})
public record Checkpoint(
        String t,
        String epoch,
        long position,
        Map<String, LedgerFacts.Head> heads,
        long at,
        String keyId,
        String sig) {
    public static final String TYPE = "checkpoint";
    public static final String PAYLOAD_TYPE = "application/vnd.xsp.checkpoint.v1";

    public Checkpoint {
        Objects.requireNonNull(t);
        Objects.requireNonNull(epoch);
        heads = Map.copyOf(heads);
        Objects.requireNonNull(keyId);
        Objects.requireNonNull(sig);
    }

    static Checkpoint of(EpochLog log, LedgerSettings settings) {
        long at = settings.wallClock().millis();
        String epoch = log.epoch().hex();
        Map<String, LedgerFacts.Head> heads = LedgerFacts.heads(log.heads());
        byte[] payload = payload(epoch, log.lastPosition(), heads, at);
        byte[] signature = settings.keys().signingKey().sign(PAYLOAD_TYPE, payload);
        return new Checkpoint(
                TYPE,
                epoch,
                log.lastPosition(),
                heads,
                at,
                settings.keys().signingKey().verifyKey().keyId().hex(),
                Base64.getEncoder().encodeToString(signature));
    }

    /** Reads a checkpoint fact; empty when it is not one. The signature is not checked. */
    public static Optional<Checkpoint> parse(byte[] json) {
        return Json.read(json, Checkpoint.class).filter(read -> TYPE.equals(read.t));
    }

    /** Whether this key signed exactly these heads. */
    public boolean verify(VerifyKey key) {
        try {
            return key.keyId().hex().equals(keyId)
                    && key.verify(PAYLOAD_TYPE, payload(), Base64.getDecoder().decode(sig));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** What is signed: lines of text, lanes in the order of their codes. */
    public byte[] payload() {
        return payload(epoch, position, heads, at);
    }

    FactDraft draft() {
        return LedgerFacts.draft(this);
    }

    private static byte[] payload(
            String epoch, long position, Map<String, LedgerFacts.Head> heads, long at) {
        StringBuilder lines = new StringBuilder("xsp1 checkpoint\n");
        lines.append(epoch).append('\n').append(position).append('\n').append(at).append('\n');
        new TreeMap<>(heads)
                .forEach(
                        (lane, head) ->
                                lines.append(lane)
                                        .append(' ')
                                        .append(head.seq())
                                        .append(' ')
                                        .append(head.hash())
                                        .append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
