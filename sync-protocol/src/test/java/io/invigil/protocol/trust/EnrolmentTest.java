package io.invigil.protocol.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.trust.EnrolmentReply.Outcome;
import io.invigil.protocol.trust.EnrolmentReply.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnrolmentTest {
    private static final Instant NOW = Instant.parse("2026-11-19T02:00:00Z");
    private static final NodeId NODE = new NodeId("room-107");

    private final SampleTrust trust = new SampleTrust(10, 3);
    private final ClaimCode claim = trust.claim();
    private final SigningKey nodeKey = SigningKey.generate(trust.entropy);
    private final SealKey nodeSealKey = SealKey.generate(trust.entropy);

    // XSP-350
    @Test
    void aClaimCodeReadsBackHoweverItIsTyped() {
        for (int i = 0; i < 300; i++) {
            ClaimCode code = trust.claim();
            String text = code.text();
            assertThat(text).matches("([A-Z2-7]{4}-){7}[A-Z2-7]{4}");
            String typed =
                    text.toLowerCase()
                            .replace('-', ' ')
                            .replace('o', '0')
                            .replace('i', '1')
                            .replace('b', '8');
            assertThat(ClaimCode.parse("  " + typed + "\u3000")).contains(code);
        }
        for (String bad :
                List.of(
                        "",
                        "ABCD",
                        claim.text() + "A",
                        claim.text().replace('-', '_'),
                        "A".repeat(101),
                        "9".repeat(32))) {
            assertThat(ClaimCode.parse(bad)).as(bad).isEmpty();
        }
        assertThat(claim.toString()).doesNotContain(claim.text().substring(0, 4));
    }

    // XSP-350
    @Test
    void aClaimIsUsableForADay() {
        assertThat(ClaimCode.usableAt(NOW, NOW)).isTrue();
        assertThat(ClaimCode.usableAt(NOW, NOW.plus(Duration.ofHours(24)).minusMillis(1))).isTrue();
        assertThat(ClaimCode.usableAt(NOW, NOW.plus(Duration.ofHours(24)))).isFalse();
        assertThat(ClaimCode.usableAt(NOW, NOW.minusMillis(1))).isFalse();
    }

    // XSP-351
    @Test
    void aRequestProvesItsKeyAndItsClaimWithoutShowingTheCode() {
        byte[] wire = request().write(nodeKey, claim);
        EnrolmentRequest.Received received = EnrolmentRequest.read(wire).orElseThrow();

        assertThat(received.request()).isEqualTo(request());
        assertThat(received.proves(claim.proofKey())).isTrue();
        assertThat(received.proves(trust.claim().proofKey())).isFalse();
        assertThat(new String(wire, java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain(claim.text(), claim.text().replace("-", ""));
        assertThatThrownBy(() -> request().write(SigningKey.generate(trust.entropy), claim))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // XSP-351
    @Test
    void everyFlippedByteOfARequestFailsOneOfItsProofs() {
        byte[] wire = request().write(nodeKey, claim);
        for (int i = 0; i < wire.length; i++) {
            byte[] changed = wire.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertThat(
                            EnrolmentRequest.read(changed)
                                    .filter(received -> received.proves(claim.proofKey())))
                    .as("byte " + i)
                    .isEmpty();
        }
    }

    @Test
    void aReplyEnrolsTheNodeThatAsked() {
        assertThat(read(reply(NODE)))
                .isInstanceOfSatisfying(
                        Outcome.Enrolled.class,
                        enrolled -> {
                            assertThat(enrolled.reply().node()).isEqualTo("room-107");
                            assertThat(enrolled.reply().shard())
                                    .isEqualTo(EnrolmentReply.shardOf(NODE));
                            assertThat(enrolled.trustRoot()).isEqualTo(trust.roots.getLast());
                        });
    }

    @Test
    void everyFlippedByteOfAReplyIsRefused() {
        byte[] wire = reply(NODE);
        for (int i = 0; i < wire.length; i += 3) {
            byte[] changed = wire.clone();
            changed[i] ^= (byte) (1 << i % 8);
            Outcome outcome = read(changed);
            if (outcome instanceof Outcome.Enrolled enrolled) {
                // only the signature of a root key that a fresh node cannot know may differ
                assertThat(enrolled.trustRoot()).as("byte " + i).isEqualTo(trust.roots.getLast());
                assertThat(enrolled.reply().node()).isEqualTo("room-107");
            }
        }
        assertThat(read(new byte[EnrolmentReply.BYTES_MAX + 1]))
                .isEqualTo(new Outcome.Refused(Reason.ENROL_REPLY_MALFORMED, ""));
    }

    // XSP-352
    @Test
    void aReplyOfAFalseHubIsRefused() {
        var impostor = new SampleTrust(666, 3);
        byte[] forged =
                replyContent(NODE)
                        .write(
                                impostor.envelopes.getLast(),
                                impostor.manifestKey,
                                nodeSealKey.publicKey(),
                                trust.entropy);
        byte[] mixed =
                replyContent(NODE)
                        .write(
                                trust.envelopes.getLast(),
                                impostor.manifestKey,
                                nodeSealKey.publicKey(),
                                trust.entropy);

        assertThat(read(forged))
                .isEqualTo(new Outcome.Refused(Reason.ENROL_HUB_NOT_OF_CLAIM, "ROOT_NOT_OF_CLAIM"));
        assertThat(read(mixed)).isEqualTo(new Outcome.Refused(Reason.ENROL_BAD_SIGNATURE, ""));
    }

    // XSP-352
    @Test
    void aReplyForAnotherNodeOrRequestIsRefused() {
        byte[] toOther =
                replyContent(NODE)
                        .write(
                                trust.envelopes.getLast(),
                                trust.manifestKey,
                                SealKey.generate(trust.entropy).publicKey(),
                                trust.entropy);
        byte[] otherRequest = request().write(nodeKey, claim);
        otherRequest =
                EnrolmentRequest.of(
                                claim,
                                nodeKey.verifyKey(),
                                nodeSealKey.publicKey(),
                                new byte[] {9},
                                new byte[] {2},
                                List.of("room.lan"),
                                "invigil 0.1.0",
                                NOW)
                        .write(nodeKey, claim);

        assertThat(read(toOther))
                .isEqualTo(new Outcome.Refused(Reason.ENROL_NOT_FOR_THIS_NODE, ""));
        assertThat(EnrolmentReply.read(reply(NODE), claim, nodeSealKey, otherRequest))
                .isEqualTo(new Outcome.Refused(Reason.ENROL_OTHER_REQUEST, ""));
    }

    @Test
    void requestsHaveLimits() {
        List<String> most = Collections.nCopies(EnrolmentRequest.SERVER_NAMES_MAX, "a");

        assertThat(named(most).serverNames()).hasSize(EnrolmentRequest.SERVER_NAMES_MAX);
        assertThatThrownBy(
                        () ->
                                named(
                                        Collections.nCopies(
                                                EnrolmentRequest.SERVER_NAMES_MAX + 1, "a")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(EnrolmentRequest.read(new byte[EnrolmentRequest.BYTES_MAX + 1])).isEmpty();
    }

    // XSP-354
    @Test
    void fault52anEnrolledNodeRenewsByItsKeyWhateverItsCertificateSays() {
        RenewalRequest request =
                RenewalRequest.of(
                        SampleTrust.REALM,
                        NODE,
                        new byte[] {3},
                        new byte[] {4},
                        List.of("room-107.lan"),
                        "invigil 0.1.0",
                        NOW);
        byte[] wire = request.sign(nodeKey);
        var received = renewal(wire, nodeKey).orElseThrow();
        byte[] reply = renewalReply(received);

        assertThat(received.request()).isEqualTo(request);
        assertThat(renewal(wire, SigningKey.generate(trust.entropy))).isEmpty();
        assertThat(RenewalRequest.read(wire, SampleTrust.REALM, node -> Optional.empty()))
                .isEmpty();
        assertThat(EnrolmentReply.readRenewal(reply, trust.roots.get(1), nodeSealKey, wire))
                .isInstanceOf(Outcome.Enrolled.class);
        assertThat(EnrolmentReply.readRenewal(reply, trust.roots.getFirst(), nodeSealKey, wire))
                .isEqualTo(
                        new Outcome.Refused(Reason.ENROL_HUB_NOT_OF_CLAIM, "ROOT_VERSION_SKIPPED"));
        assertThat(
                        EnrolmentReply.readRenewal(
                                reply, trust.roots.getLast(), nodeSealKey, new byte[] {1}))
                .isEqualTo(new Outcome.Refused(Reason.ENROL_OTHER_REQUEST, ""));
        for (int i = 0; i < wire.length; i++) {
            byte[] changed = wire.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertThat(renewal(changed, nodeKey)).as("byte " + i).isEmpty();
        }
    }

    private byte[] renewalReply(RenewalRequest.Received received) {
        return EnrolmentReply.of(
                        SampleTrust.REALM,
                        NODE,
                        "一号考点",
                        received.digest(),
                        "client chain",
                        "server chain",
                        "https://hub.example:8443",
                        "ssl://hub.example:8883",
                        NOW)
                .write(
                        trust.envelopes.getLast(),
                        trust.manifestKey,
                        nodeSealKey.publicKey(),
                        trust.entropy);
    }

    private static Optional<RenewalRequest.Received> renewal(byte[] wire, SigningKey inForce) {
        return RenewalRequest.read(
                wire,
                SampleTrust.REALM,
                node -> Optional.of(inForce.verifyKey()).filter(key -> node.equals(NODE)));
    }

    // XSP-353
    @Test
    void identitiesHaveOneForm() {
        var uri = NodeIdentityUri.ofNode(SampleTrust.REALM, NODE);

        assertThat(uri).hasToString("urn:xsp:demo:node:room-107");
        assertThat(NodeIdentityUri.parse(uri.toString())).contains(uri);
        assertThat(NodeIdentityUri.parse("urn:xsp:demo:hub:hub-one"))
                .map(NodeIdentityUri::kind)
                .contains(NodeIdentityUri.Kind.HUB);
        for (String bad :
                List.of(
                        "urn:xsp:demo:node:hub",
                        "urn:xsp:demo:node:ROOM",
                        "URN:xsp:demo:node:room-107",
                        "urn:xsp:demo:admin:room-107",
                        "urn:xsp:demo:node:room-107:x",
                        "urn:xsp:d:node:room-107")) {
            assertThat(NodeIdentityUri.parse(bad)).as(bad).isEmpty();
        }
    }

    private EnrolmentRequest request() {
        return named(List.of("room-107.lan", "192.168.1.7"));
    }

    private EnrolmentRequest named(List<String> names) {
        return EnrolmentRequest.of(
                claim,
                nodeKey.verifyKey(),
                nodeSealKey.publicKey(),
                new byte[] {1},
                new byte[] {2},
                names,
                "invigil 0.1.0",
                NOW);
    }

    private EnrolmentReply replyContent(NodeId node) {
        return EnrolmentReply.of(
                SampleTrust.REALM,
                node,
                "一号考点",
                EnrolmentRequest.read(request().write(nodeKey, claim)).orElseThrow(),
                "client chain",
                "server chain",
                "https://hub.example:8443",
                "ssl://hub.example:8883",
                NOW);
    }

    private byte[] reply(NodeId node) {
        return replyContent(node)
                .write(
                        trust.envelopes.getLast(),
                        trust.manifestKey,
                        nodeSealKey.publicKey(),
                        trust.entropy);
    }

    private Outcome read(byte[] wire) {
        return EnrolmentReply.read(wire, claim, nodeSealKey, request().write(nodeKey, claim));
    }
}
