package io.invigil.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.code.CertificateCode;
import io.invigil.exam.code.CertificateFacts;
import io.invigil.exam.code.CheckInCode;
import io.invigil.exam.code.Pin;
import io.invigil.exam.code.TicketCode;
import io.invigil.exam.paper.ObjectiveScoring;
import io.invigil.exam.paper.PaperCodec;
import io.invigil.exam.paper.SamplePaper;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.manifest.ManifestVerdict;
import io.invigil.protocol.manifest.SamplePackage;
import io.invigil.protocol.paper.KeyRelease;
import io.invigil.protocol.paper.PackageOpener;
import io.invigil.protocol.paper.PackageSecrets;
import io.invigil.protocol.paper.ReleaseCode;
import io.invigil.protocol.paper.SealedPaper;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.EnrolmentRequest;
import io.invigil.protocol.trust.NodeKeyRotation;
import io.invigil.protocol.trust.Revocations;
import io.invigil.protocol.trust.SampleTrust;
import io.invigil.protocol.trust.TrustBundle;
import io.invigil.protocol.trust.TrustRoot;
import io.invigil.protocol.trust.TrustVerdict;
import io.invigil.protocol.trust.TrustWalk;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every parser of this slice is total: whatever the bytes, it answers and never throws (fault row
 * 62). What is signed is accepted in no other form. {@code -Dseed=…} replays a run.
 */
class ParserFuzzTest {
    private static final int RUNS = 400;
    private static final long SEED = Long.getLong("seed", 62);

    private static final SamplePackage SAMPLE = new SamplePackage(62);

    private final SamplePackage sample = SAMPLE;
    private final SampleTrust trust = new SampleTrust(62, 2);
    private final ClaimCode claim = trust.claim();
    private final SealKey sealKey = SealKey.generate(trust.entropy);
    private final SigningKey nodeKey = SigningKey.generate(trust.entropy);
    private final Random random = new Random(SEED);

    // XSP-370
    @Test
    void whatIsSignedIsAcceptedInNoOtherForm() {
        signed(
                sample.envelope(),
                bytes ->
                        sample.verifier()
                                        .verify(
                                                bytes,
                                                exam -> Optional.empty(),
                                                SamplePackage.ISSUED)
                                instanceof ManifestVerdict.Accepted);
        signed(
                sample.keyRelease(),
                bytes ->
                        KeyRelease.verify(
                                        bytes,
                                        List.of(sample.manifestKey.verifyKey()),
                                        sample.manifest,
                                        sample.nodeSealKey)
                                instanceof KeyRelease.Outcome.Released);
        TrustRoot first = trust.roots.getFirst();
        signed(
                trust.envelopes.get(1),
                bytes ->
                        TrustWalk.walk(first, List.of(bytes))
                                        instanceof TrustVerdict.Trusted trusted
                                && trusted.advanced());
        var revocations = new Revocations(1, "demo", 1, SampleTrust.FOUNDED, List.of());
        signed(
                revocations.sign(trust.manifestKey),
                bytes ->
                        Revocations.read(
                                        bytes,
                                        List.of(trust.manifestKey.verifyKey()),
                                        SampleTrust.REALM,
                                        1)
                                .isPresent());
        signed(
                rotation(),
                bytes ->
                        NodeKeyRotation.read(
                                        bytes,
                                        SampleTrust.REALM,
                                        SamplePackage.NODE,
                                        nodeKey.verifyKey())
                                .isPresent());
        signed(
                sample.bytes.get("P1"),
                bytes ->
                        sample.opener().open("P1", bytes, Optional.of(sample.secrets.releaseKey()))
                                instanceof PackageOpener.Outcome.Opened);
    }

    // XSP-370
    @Test
    void enrolmentMessagesAreReadOrRefused() {
        byte[] request =
                EnrolmentRequest.of(
                                claim,
                                nodeKey.verifyKey(),
                                sealKey.publicKey(),
                                new byte[] {1},
                                new byte[] {2},
                                List.of("room.lan"),
                                "invigil",
                                SampleTrust.FOUNDED)
                        .write(nodeKey, claim);
        byte[] reply =
                EnrolmentReply.of(
                                SampleTrust.REALM,
                                SamplePackage.NODE,
                                "site",
                                EnrolmentRequest.read(request).orElseThrow(),
                                "chain",
                                "chain",
                                "https://hub",
                                "ssl://hub",
                                SampleTrust.FOUNDED)
                        .write(
                                trust.envelopes.getLast(),
                                trust.manifestKey,
                                sealKey.publicKey(),
                                trust.entropy);
        total(
                request,
                bytes ->
                        EnrolmentRequest.read(bytes)
                                .filter(received -> received.proves(claim.proofKey()))
                                .isPresent());
        total(
                reply,
                bytes ->
                        EnrolmentReply.read(bytes, claim, sealKey, request)
                                instanceof EnrolmentReply.Outcome.Enrolled);
        total(
                io.invigil.protocol.json.Json.write(
                        TrustBundle.of(trust.envelopes, Optional.empty())),
                bytes -> TrustBundle.read(bytes).isPresent());
    }

    @Test
    void papersAndKeysAreReadOrRefusedAndStayCheapToScore() {
        total(
                PaperCodec.encode(SamplePaper.paper()),
                bytes ->
                        PaperCodec.decode(bytes)
                                .filter(paper -> paper.maximum().signum() >= 0)
                                .isPresent());
        total(
                PaperCodec.encodeKey(SamplePaper.key()),
                bytes ->
                        PaperCodec.decodeKey(bytes)
                                .filter(key -> key.problemsWith(SamplePaper.paper()).isEmpty())
                                .map(
                                        key ->
                                                ObjectiveScoring.score(
                                                        SamplePaper.paper(),
                                                        key,
                                                        Map.of(
                                                                "Q2",
                                                                Map.of("RESPONSE", List.of("A")))))
                                .isPresent());
        total(sample.secrets.encode(), bytes -> PackageSecrets.decode(bytes).isPresent());
        for (String huge : List.of("1e999999999", "1e-999999999", "1E2147483647")) {
            String json =
                    text(PaperCodec.encodeKey(SamplePaper.key()))
                            .replace("\"weight\":2", "\"weight\":" + huge);
            assertThat(PaperCodec.decodeKey(utf8(json))).as(huge).isEmpty();
        }
    }

    // XSP-370
    @Test
    void codesAreReadOrRefused() {
        SigningKey issuer = SigningKey.generate(trust.entropy);
        var facts = new CertificateFacts("1", "张三", "3*2", "证书", "初级", "某机构", LocalDate.EPOCH);
        var room = new CheckInCode(new byte[32], "e", "r");
        Map<String, Predicate<String>> parsers = new LinkedHashMap<>();
        parsers.put(
                CertificateCode.sign(facts, issuer),
                code ->
                        CertificateCode.verify(code, List.of(issuer.verifyKey()))
                                instanceof CertificateCode.Outcome.Genuine);
        parsers.put(new TicketCode("K1", "2").text(), code -> TicketCode.parse(code).isPresent());
        parsers.put(claim.text(), code -> ClaimCode.parse(code).isPresent());
        parsers.put(
                sample.secrets.releaseCode().text(),
                code -> ReleaseCode.parse(code) instanceof ReleaseCode.Typed.Complete);
        parsers.put(room.at(0), code -> room.check(code, 0) == CheckInCode.Outcome.VALID);
        parsers.put("407191", code -> Pin.parse(code).isPresent());
        parsers.forEach((code, parser) -> total(utf8(code), bytes -> parser.test(text(bytes))));
    }

    @Test
    void sealedPapersAreOpenedOrRefused() {
        byte[] key = trust.entropy.bytes(32);
        String id = sample.secrets.packageId();
        byte[] sealed = SealedPaper.seal(key, id, "P1", new byte[700]);
        signed(
                sealed,
                bytes ->
                        SealedPaper.open(key, id, "P1", bytes)
                                instanceof SealedPaper.Outcome.Opened);
    }

    /** The good bytes pass, mutated ones never throw. */
    private void total(byte[] good, Predicate<byte[]> accepts) {
        assertThat(accepts.test(good)).isTrue();
        for (int run = 0; run < RUNS; run++) {
            byte[] changed = mutated(good);
            try {
                accepts.test(changed);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + " run " + run + ": " + text(changed), e);
            }
        }
    }

    /** As {@link #total}, and nothing but the good bytes passes. */
    private void signed(byte[] good, Predicate<byte[]> accepts) {
        total(
                good,
                bytes -> {
                    boolean accepted = accepts.test(bytes);
                    assertThat(accepted).as("seed " + SEED).isEqualTo(Arrays.equals(bytes, good));
                    return accepted;
                });
    }

    private byte[] mutated(byte[] good) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(Math.max(1, bytes.length));
            bytes =
                    switch (random.nextInt(7)) {
                        case 0 -> flipped(bytes, at);
                        case 1 -> Arrays.copyOf(bytes, at);
                        case 2 -> spliced(bytes, at, at, bytes);
                        case 3 -> spliced(bytes, at, Math.min(bytes.length, at + 9), new byte[0]);
                        case 4 -> spliced(bytes, at, at, utf8("[".repeat(60)));
                        case 5 -> spliced(bytes, at, at, utf8("null"));
                        default -> utf8(valueReplaced(text(bytes)));
                    };
        }
        return bytes;
    }

    private static final Pattern VALUE =
            Pattern.compile(":(-?\\d+|\"[^\"]*\"|\\[[^]]*]|\\{[^}]*})");

    /** One value of the JSON, chosen at random, becomes something else. */
    private String valueReplaced(String text) {
        String[] values = {"-1", "99999999999999999999", "1e400", "0", "null", "\"x\"", "[]", "{}"};
        List<MatchResult> found = VALUE.matcher(text).results().toList();
        if (found.isEmpty()) {
            return text;
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        return text.substring(0, one.start(1))
                + values[random.nextInt(values.length)]
                + text.substring(one.end(1));
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        if (changed.length > 0) {
            changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        byte[] out = new byte[from + middle.length + bytes.length - to];
        System.arraycopy(bytes, 0, out, 0, from);
        System.arraycopy(middle, 0, out, from, middle.length);
        System.arraycopy(bytes, to, out, from + middle.length, bytes.length - to);
        return out;
    }

    private byte[] rotation() {
        SigningKey next = SigningKey.generate(trust.entropy);
        return new NodeKeyRotation(
                        1,
                        "demo",
                        SamplePackage.NODE.value(),
                        nodeKey.verifyKey().hex(),
                        next.verifyKey().hex(),
                        sealKey.publicKey().hex(),
                        SampleTrust.FOUNDED)
                .sign(nodeKey, next);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
