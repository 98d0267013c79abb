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

/** XSP-038: words of the centre are signed by the hub and sealed to one node. */
class CentreWordTest {
    private static final Realm REALM = new Realm("demo");
    private static final NodeId NODE = new NodeId("node-1");
    private static final String ID = "0123456789abcdef0123456789abcdef";

    private final Entropy entropy = seeded(3);
    private final SigningKey hub = SigningKey.generate(entropy);
    private final SealKey key = SealKey.generate(entropy);
    private final CentreWord word =
            new CentreWord("S1-node-1", ID, "考试中心", 1_763_600_000_000L, "请把开考时间推迟 10 分钟");
    private final byte[] bytes = word.message(REALM, NODE, key.publicKey(), hub, entropy);

    private static Entropy seeded(long seed) {
        return new Random(seed)::nextBytes;
    }

    private Optional<CentreWord> open(byte[] message, NodeId node, SealKey with) {
        return SignedMessage.decode(message)
                .filter(
                        decoded ->
                                decoded.verifiedBy(
                                        id ->
                                                id.equals(hub.verifyKey().keyId())
                                                        ? Optional.of(hub.verifyKey())
                                                        : Optional.empty()))
                .flatMap(decoded -> CentreWord.open(decoded, REALM, node, with));
    }

    @Test
    void theNodeReadsWhatTheHubSaid() {
        assertThat(open(bytes, NODE, key)).contains(word);
    }

    @Test
    void nobodyElseReadsIt() {
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("推迟", "S1-node-1");
        assertThat(open(bytes, new NodeId("node-2"), key)).isEmpty();
        assertThat(open(bytes, NODE, SealKey.generate(entropy))).isEmpty();
    }

    @Test
    void noChangedByteAndNoOtherSignerIsBelieved() {
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = Arrays.copyOf(bytes, bytes.length);
            changed[at] ^= 1;
            assertThat(open(changed, NODE, key)).as("byte " + at).isEmpty();
        }
        SigningKey stranger = SigningKey.generate(seeded(4));
        byte[] forged = word.message(REALM, NODE, key.publicKey(), stranger, entropy);
        assertThat(open(forged, NODE, key)).isEmpty();
    }

    @Test
    void wordsAreNeitherEmptyNorLong() {
        assertThat(said("字".repeat(CentreWord.TEXT_CHARS_MAX)).text()).hasSize(500);
        assertThatThrownBy(() -> said("字".repeat(CentreWord.TEXT_CHARS_MAX + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> said("  ")).isInstanceOf(IllegalArgumentException.class);
    }

    private static CentreWord said(String text) {
        return new CentreWord("S1-node-1", ID, "考试中心", 0, text);
    }
}
