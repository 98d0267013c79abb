package io.invigil.exam.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.receipt.SignedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** XSP-039: claims of the portal are signed by the hub and sealed to the node that judges them. */
class PortalClaimTest {
    private static final Realm REALM = new Realm("demo");
    private static final NodeId NODE = new NodeId("node-1");

    private final Entropy entropy = new Random(8)::nextBytes;
    private final SigningKey hub = SigningKey.generate(entropy);
    private final SealKey key = SealKey.generate(entropy);
    private final PortalClaim claim = new PortalClaim("S1-node-1", 1003, 17, "AB12CD34", false);
    private final byte[] bytes = claim.message(REALM, NODE, key.publicKey(), hub, entropy);

    private Optional<PortalClaim> open(byte[] message, NodeId node, SealKey with) {
        return SignedMessage.decode(message)
                .filter(
                        decoded ->
                                decoded.verifiedBy(
                                        id ->
                                                Optional.of(hub.verifyKey())
                                                        .filter(key -> key.keyId().equals(id))))
                .flatMap(decoded -> PortalClaim.open(decoded, REALM, node, with));
    }

    @Test
    void theNodeReadsTheClaimAndNobodyElse() {
        assertThat(open(bytes, NODE, key)).contains(claim);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("1003", "AB12CD34");
        assertThat(open(bytes, new NodeId("node-2"), key)).isEmpty();
        assertThat(open(bytes, NODE, SealKey.generate(entropy))).isEmpty();
    }

    @Test
    void noChangedByteIsBelieved() {
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = Arrays.copyOf(bytes, bytes.length);
            changed[at] ^= 1;
            assertThat(open(changed, NODE, key)).as("byte " + at).isEmpty();
        }
    }

    @Test
    void anotherKindOfMessageIsNoClaim() {
        CentreWord word =
                new CentreWord("S1-node-1", "0123456789abcdef0123456789abcdef", "中心", 0, "请等候");
        byte[] message = word.message(REALM, NODE, key.publicKey(), hub, entropy);
        assertThat(open(message, NODE, key)).isEmpty();
    }

    @Test
    void aClaimNamesExamSittingAndNumberAndItsCodeIsShort() {
        String most = "A".repeat(PortalClaim.CODE_CHARS_MAX);
        assertThat(new PortalClaim("S1", 1, 1, most, true).code()).hasSize(40);
        assertThatThrownBy(() -> new PortalClaim("S1", 1, 1, most + "A", true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortalClaim("", 1, 1, "", true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortalClaim("S1", 0, 1, "", true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
