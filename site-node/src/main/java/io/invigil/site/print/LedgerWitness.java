package io.invigil.site.print;

import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.EpochHeads;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The heads of the ledger's lanes in one signed line of text for a QR code (XSP/1 section 2): who
 * keeps the paper can later show what the node held when the room was closed. Form: {@code
 * XSPW1|node|exam|epoch|millis|lane:seq:hash…|signature}, hashes cut to 128 bits.
 *
 * @param line what is signed, then the signature
 */
public record LedgerWitness(String line) {
    static final String TYPE = "application/vnd.xsp.witness.v1";
    private static final String MAGIC = "XSPW1";
    private static final int HASH_CHARS = 32;

    static LedgerWitness of(
            String node, String exam, EpochHeads heads, long millis, SigningKey key) {
        StringBuilder text = new StringBuilder(MAGIC);
        text.append('|').append(node).append('|').append(exam);
        text.append('|').append(heads.epoch().hex()).append('|').append(millis);
        for (Lane lane : Lane.values()) {
            var head = heads.lanes().get(lane);
            if (head != null) {
                text.append('|').append(lane.name()).append(':').append(head.seq());
                text.append(':').append(head.hash().hex(), 0, HASH_CHARS);
            }
        }
        byte[] signed = text.toString().getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(key.sign(TYPE, signed));
        return new LedgerWitness(text + "|" + signature);
    }

    /** Whether this key signed exactly this line. */
    public boolean verify(VerifyKey key) {
        return split().map(
                        at -> {
                            byte[] signed = line.substring(0, at).getBytes(StandardCharsets.UTF_8);
                            try {
                                byte[] signature =
                                        Base64.getDecoder().decode(line.substring(at + 1));
                                return key.verify(TYPE, signed, signature);
                            } catch (IllegalArgumentException malformed) {
                                return false;
                            }
                        })
                .orElse(false);
    }

    private Optional<Integer> split() {
        int at = line.lastIndexOf('|');
        return line.startsWith(MAGIC + "|") && at > MAGIC.length()
                ? Optional.of(at)
                : Optional.empty();
    }
}
