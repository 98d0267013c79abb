package io.invigil.protocol.vectors;

import static io.invigil.protocol.vectors.FixtureFiles.base64;
import static io.invigil.protocol.vectors.FixtureFiles.hex;
import static io.invigil.protocol.vectors.FixtureFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.exam.code.CertificateCode;
import io.invigil.exam.code.CertificateFacts;
import io.invigil.exam.code.CheckInCode;
import io.invigil.exam.code.TicketCode;
import io.invigil.exam.paper.ObjectiveScoring;
import io.invigil.exam.paper.PaperCodec;
import io.invigil.protocol.bundle.BundleCodec;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.bundle.BundleOpening;
import io.invigil.protocol.bundle.BundleParse;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.KeyDerivation;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.Sealed;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.ManifestVerdict;
import io.invigil.protocol.manifest.ManifestVerifier;
import io.invigil.protocol.paper.KeyRelease;
import io.invigil.protocol.paper.PackageOpener;
import io.invigil.protocol.paper.ReleaseCode;
import io.invigil.protocol.paper.ReleaseKey;
import io.invigil.protocol.paper.SealedPaper;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.TrustVerdict;
import io.invigil.protocol.trust.TrustWalk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VectorReaderTest {

    @Test
    void keysSignaturesAndDerivations() {
        JsonNode file = FixtureFiles.read("vectors/keys.json");
        JsonNode ed = file.path("ed25519");
        SigningKey signing = SigningKey.ofSeed(hex(ed, "seed"));
        assertThat(signing.verifyKey().hex()).isEqualTo(text(ed, "publicKey"));
        assertThat(signing.verifyKey().keyId().hex()).isEqualTo(text(ed, "keyId"));
        assertThat(signing.sign(text(ed, "payloadType"), hex(ed, "payload")))
                .isEqualTo(hex(ed, "signature"));

        JsonNode x = file.path("x25519");
        SealKey seal = SealKey.ofBytes(hex(x, "privateKey"));
        assertThat(seal.publicKey().hex()).isEqualTo(text(x, "publicKey"));
        assertThat(seal.publicKey().keyId().hex()).isEqualTo(text(x, "keyId"));

        JsonNode aes = file.path("aes256gcm");
        assertThat(
                        Aead.decrypt(
                                hex(aes, "key"),
                                hex(aes, "nonce"),
                                hex(aes, "aad"),
                                hex(aes, "sealed")))
                .contains(hex(aes, "plaintext"));

        JsonNode hkdf = file.path("hkdfSha256");
        assertThat(
                        KeyDerivation.hkdf(
                                hex(hkdf, "keyMaterial"),
                                hex(hkdf, "salt"),
                                text(hkdf, "info"),
                                32))
                .isEqualTo(hex(hkdf, "derived"));

        JsonNode argon = file.path("argon2id");
        assertThat(
                        KeyDerivation.argon2id(
                                utf8(text(argon, "secret")),
                                hex(argon, "salt"),
                                argon.path("memoryKib").intValue(),
                                argon.path("passes").intValue(),
                                argon.path("lanes").intValue(),
                                32))
                .isEqualTo(hex(argon, "derived"));
    }

    @Test
    void hpke() {
        JsonNode file = FixtureFiles.read("vectors/hpke.json");
        SealKey key = SealKey.ofBytes(hex(file, "privateKey"));

        assertThat(
                        key.open(
                                text(file, "info"),
                                hex(file, "aad"),
                                new Sealed(hex(file, "enc"), hex(file, "ciphertext"))))
                .contains(hex(file, "plaintext"));
    }

    /** Computed here from the specification's formula, not by the classes under test. */
    @Test
    void recordChain() throws Exception {
        JsonNode file = FixtureFiles.read("vectors/record-chain.json");
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update((byte) 2);
        field(sha, text(file, "suite"));
        field(sha, text(file, "realm"));
        field(sha, text(file, "node"));
        sha.update(hex(file, "epoch"));
        field(sha, text(file, "lane"));
        byte[] prev = sha.digest();
        assertThat(prev).isEqualTo(hex(file, "genesis"));
        for (JsonNode record : file.path("records")) {
            sha.update((byte) 0);
            sha.update(prev);
            field(sha, text(file, "lane"));
            sha.update(
                    ByteBuffer.allocate(16)
                            .putLong(record.path("seq").longValue())
                            .putLong(record.path("position").longValue())
                            .array());
            sha.update(hex(record, "salt"));
            sha.update(hex(record, "json"));
            prev = sha.digest();
            assertThat(prev).isEqualTo(hex(record, "hash"));
        }
    }

    @Test
    void sealedPaper() {
        JsonNode file = FixtureFiles.read("vectors/sealed-paper.json");
        byte[] one = hex(file.path("oneSegment"), "sealed");
        byte[] two = base64(file.path("twoSegments"), "sealed");

        assertThat(opened(file, one)).isEqualTo(hex(file.path("oneSegment"), "plaintext"));
        assertThat(opened(file, two)).hasSize(65_541).containsOnly('x');
    }

    private static byte[] opened(JsonNode file, byte[] sealed) {
        var outcome =
                SealedPaper.open(
                        hex(file, "contentKey"),
                        text(file, "packageId"),
                        text(file, "name"),
                        sealed);
        return ((SealedPaper.Outcome.Opened) outcome).content();
    }

    @Test
    void packageManifestAndBothWaysOfRelease() {
        JsonNode file = FixtureFiles.read("vectors/package.json");
        VerifyKey manifestKey = VerifyKey.ofHex(text(file, "manifestPublicKey"));
        SealKey nodeKey = SealKey.ofBytes(hex(file, "nodeSealKey"));
        var verifier =
                new ManifestVerifier(
                        new Realm(text(file, "realm")),
                        new NodeId(text(file, "node")),
                        List.of(manifestKey));
        var verdict =
                verifier.verify(base64(file, "manifest"), exam -> Optional.empty(), Instant.EPOCH);
        var accepted = (ManifestVerdict.Accepted) verdict;
        assertThat(accepted.digest().hex()).isEqualTo(text(file, "manifestDigest"));

        var opener = new PackageOpener(accepted.manifest(), nodeKey);
        var typed = (ReleaseCode.Typed.Complete) ReleaseCode.parse(text(file, "releaseCode"));
        ReleaseKey byCode = opener.releaseKeyFor(typed.code()).orElseThrow();
        assertThat(byCode.bytes()).isEqualTo(hex(file, "releaseKey"));
        var released =
                (KeyRelease.Outcome.Released)
                        KeyRelease.verify(
                                base64(file, "keyRelease"),
                                List.of(manifestKey),
                                accepted.manifest(),
                                nodeKey);
        assertThat(released.key()).isEqualTo(byCode);
        for (var opened : file.path("opened").properties()) {
            var outcome =
                    opener.open(
                            opened.getKey(),
                            base64(file.path("parts"), opened.getKey()),
                            Optional.of(byCode));
            assertThat(((PackageOpener.Outcome.Opened) outcome).content())
                    .isEqualTo(utf8(opened.getValue().textValue()));
        }
    }

    @Test
    void trustRootsAndClaimCode() {
        JsonNode file = FixtureFiles.read("vectors/trust-root.json");
        ClaimCode claim = ClaimCode.parse(text(file, "claimCodeOfHeld")).orElseThrow();
        var first = (TrustVerdict.Trusted) TrustWalk.first(claim, base64(file, "held"));
        List<byte[]> successors = new ArrayList<>();
        file.path("successors")
                .forEach(s -> successors.add(java.util.Base64.getDecoder().decode(s.textValue())));
        var newest = (TrustVerdict.Trusted) TrustWalk.walk(first.root(), successors);
        assertThat(newest.root().version()).isEqualTo(file.path("newestVersion").longValue());
        assertThat(newest.root().rootKey()).isEqualTo(text(file, "newestRootKey"));

        JsonNode code = FixtureFiles.read("vectors/claim-code.json");
        ClaimCode typed = ClaimCode.parse(text(code, "typed")).orElseThrow();
        assertThat(typed.text()).isEqualTo(text(code, "text"));
        assertThat(typed.claimId()).isEqualTo(text(code, "claimId"));
        assertThat(typed.proofKey()).isEqualTo(hex(code, "proofKey"));
        assertThat(typed.names(VerifyKey.ofHex(text(code, "rootPublicKey")))).isTrue();
    }

    @Test
    void codesOnTicketsScreensAndCertificates() {
        JsonNode file = FixtureFiles.read("vectors/codes.json");
        JsonNode ticket = file.path("ticket");
        assertThat(TicketCode.parse(text(ticket, "text")))
                .contains(
                        new TicketCode(
                                text(ticket, "planNumber"), text(ticket, "admissionNumber")));

        JsonNode checkIn = file.path("checkIn");
        var room =
                new CheckInCode(hex(checkIn, "key"), text(checkIn, "exam"), text(checkIn, "room"));
        assertThat(room.at(checkIn.path("millis").longValue())).isEqualTo(text(checkIn, "code"));

        JsonNode certificate = file.path("certificate");
        VerifyKey issuer = VerifyKey.ofHex(text(certificate, "issuerPublicKey"));
        var facts =
                Json.read(Json.write(certificate.path("facts")), CertificateFacts.class)
                        .orElseThrow();
        assertThat(CertificateCode.verify(text(certificate, "text"), List.of(issuer)))
                .isEqualTo(new CertificateCode.Outcome.Genuine(facts, issuer.keyId()));
    }

    @Test
    void scoring() throws IOException {
        JsonNode file = FixtureFiles.read("vectors/scoring.json");
        Map<String, Map<String, List<String>>> answers =
                Json.mapper()
                        .convertValue(
                                file.path("answers"),
                                new TypeReference<Map<String, Map<String, List<String>>>>() {});
        var sheet =
                ObjectiveScoring.score(
                        PaperCodec.decode(Json.write(file.path("paper"))).orElseThrow(),
                        PaperCodec.decodeKey(Json.write(file.path("key"))).orElseThrow(),
                        answers);

        assertThat(sheet.score()).isEqualTo(text(file, "score"));
        assertThat(sheet.maximum()).isEqualTo(text(file, "maximum"));
    }

    @Test
    void bundleAndReceipt() {
        JsonNode file = FixtureFiles.read("vectors/bundle-and-receipt.json");
        VerifyKey node = VerifyKey.ofHex(text(file, "nodePublicKey"));
        byte[] bytes = base64(file, "bundle");
        var sealed = ((BundleParse.Parsed) BundleCodec.parse(bytes, BundleLimits.MQTT)).bundle();
        assertThat(sealed.id().hex()).isEqualTo(text(file, "bundleId"));
        assertThat(sealed.verify(id -> Optional.of(node).filter(k -> k.keyId().equals(id))))
                .isEmpty();
        SealKey hub = SealKey.ofBytes(hex(file, "hubSealKey"));
        var opening =
                BundleCodec.open(sealed, BundleSeal.Hpke.with(List.of(hub)), BundleLimits.MQTT);
        var records = ((BundleOpening.Opened) opening).bundle().records();
        assertThat(records).hasSize(file.path("records").size());
        for (int i = 0; i < records.size(); i++) {
            JsonNode expected = file.path("records").path(i);
            assertThat(records.get(i).json()).isEqualTo(utf8(text(expected, "json")));
            assertThat(records.get(i).hash().hex()).isEqualTo(text(expected, "hash"));
        }

        VerifyKey receiptKey = VerifyKey.ofHex(text(file, "receiptPublicKey"));
        SignedMessage message = SignedMessage.decode(base64(file, "receipt")).orElseThrow();
        assertThat(
                        message.verifiedBy(
                                id -> Optional.of(receiptKey).filter(k -> k.keyId().equals(id))))
                .isTrue();
        Receipt receipt = message.read(Receipt.class).orElseThrow();
        assertThat(receipt.lines().getFirst().bundle()).isEqualTo(Digest.sha256(bytes));
        assertThat(receipt.lanes().getFirst().ackHash()).isEqualTo(records.getLast().hash());
    }

    private static void field(MessageDigest sha, String text) {
        byte[] bytes = utf8(text);
        sha.update((byte) bytes.length);
        sha.update(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
