package io.invigil.protocol.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private static final Instant NOW = Instant.parse("2026-11-19T02:00:00Z");
    private static final NodeId NODE = new NodeId("room-107");

    private final SampleTrust trust = new SampleTrust(48, 1);
    private final SigningKey nodeKey = SigningKey.generate(trust.entropy);
    private final SealKey nodeSealKey = SealKey.generate(trust.entropy);

    // XSP-360 and XSP-361
    @Test
    void recordsOfARevokedKeyCountOnlyUpToItsHeads() {
        EpochId epoch = EpochId.random(trust.entropy);
        var keyId = nodeKey.verifyKey().keyId();
        var list =
                new Revocations(
                        1,
                        "demo",
                        4,
                        NOW,
                        List.of(
                                new Revocations.Entry(
                                        "room-107",
                                        keyId.hex(),
                                        NOW,
                                        "stolen",
                                        Map.of(Revocations.Entry.head(epoch, Lane.RES), 10L))));
        byte[] signed = list.sign(trust.manifestKey);
        var keys = List.of(trust.manifestKey.verifyKey());

        assertThat(Revocations.read(signed, keys, SampleTrust.REALM, 4)).contains(list);
        assertThat(Revocations.read(signed, keys, SampleTrust.REALM, 5)).isEmpty();
        assertThat(Revocations.read(signed, keys, new Realm("other"), 1)).isEmpty();
        assertThat(list.counts(keyId, epoch, Lane.RES, 10)).isTrue();
        assertThat(list.counts(keyId, epoch, Lane.RES, 11)).isFalse();
        assertThat(list.counts(keyId, epoch, Lane.ATT, 1)).isFalse();
        assertThat(list.counts(keyId, EpochId.random(trust.entropy), Lane.RES, 1)).isFalse();
        assertThat(list.isRevoked(keyId)).isTrue();
        assertThat(list.counts(trust.manifestKey.verifyKey().keyId(), epoch, Lane.RES, 99))
                .isTrue();
    }

    @Test
    void theLongestListOfRevocationsThatIsSignedCanBeRead() {
        var entry =
                new Revocations.Entry(
                        "room-107",
                        nodeKey.verifyKey().keyId().hex(),
                        NOW,
                        "r".repeat(400),
                        Map.of());
        int fits = Revocations.PAYLOAD_BYTES_MAX / 600;
        byte[] signed = revoked(Collections.nCopies(fits, entry));
        var bundle = TrustBundle.of(trust.envelopes, Optional.of(signed));

        assertThat(TrustBundle.read(io.invigil.protocol.json.Json.write(bundle))).isPresent();
        assertThat(
                        Revocations.read(
                                signed,
                                List.of(trust.manifestKey.verifyKey()),
                                SampleTrust.REALM,
                                1))
                .isPresent();
        assertThatThrownBy(() -> revoked(Collections.nCopies(2 * fits, entry)))
                .hasMessageContaining("too long");
    }

    private byte[] revoked(List<Revocations.Entry> entries) {
        return new Revocations(1, "demo", 1, NOW, entries).sign(trust.manifestKey);
    }

    // XSP-362
    @Test
    void aKeyRotationNeedsBothKeys() {
        SigningKey next = SigningKey.generate(trust.entropy);
        var rotation =
                new NodeKeyRotation(
                        1,
                        "demo",
                        "room-107",
                        nodeKey.verifyKey().hex(),
                        next.verifyKey().hex(),
                        nodeSealKey.publicKey().hex(),
                        NOW);

        assertThat(rotated(rotation.sign(nodeKey, next))).contains(rotation);
        assertThat(rotated(rotation.sign(nodeKey, SigningKey.generate(trust.entropy)))).isEmpty();
        assertThat(rotated(rotation.sign(next, next))).isEmpty();
        assertThat(
                        NodeKeyRotation.read(
                                rotation.sign(nodeKey, next),
                                SampleTrust.REALM,
                                new NodeId("room-108"),
                                nodeKey.verifyKey()))
                .isEmpty();
    }

    private Optional<NodeKeyRotation> rotated(byte[] envelope) {
        return NodeKeyRotation.read(envelope, SampleTrust.REALM, NODE, nodeKey.verifyKey());
    }
}
