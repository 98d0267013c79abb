package io.invigil.protocol.vectors;

import static io.invigil.protocol.vectors.FixtureFiles.hex;
import static io.invigil.protocol.vectors.VectorMaker.map;

import io.invigil.exam.code.CertificateCode;
import io.invigil.exam.code.CertificateFacts;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.manifest.SamplePackage;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.EnrolmentRequest;
import io.invigil.protocol.trust.Revocations;
import io.invigil.protocol.trust.SampleTrust;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The attacks on trust roots, revocations, enrolment and certificate codes. */
final class TrustAttackMaker {
    private final SampleTrust trust = new SampleTrust(401, 4);
    private final SampleTrust twin = new SampleTrust(404, 4);
    private final Entropy entropy = new Random(406)::nextBytes;
    private final List<AttackMaker.Attack> attacks = new ArrayList<>();

    List<AttackMaker.Attack> all() {
        roots();
        revoked();
        enrolled();
        certificates();
        return attacks;
    }

    private void roots() {
        root("root-version-skipped", "ROOT_VERSION_SKIPPED", trust.envelopes.get(2));
        root(
                "root-not-signed-by-the-one-before",
                "ROOT_BAD_SIGNATURE",
                trust.roots.get(1).sign(trust.rootKeys.get(1), trust.rootKeys.get(1)));
        root("root-of-a-twin-hub", "ROOT_BAD_SIGNATURE", twin.envelopes.get(1));
        root("root-version-reused", "ROOT_VERSION_REUSED", twin.envelopes.getFirst());
    }

    private void root(String name, String expected, byte[] input) {
        add(
                name,
                "trust-root",
                "A successor of the trust root held that must be refused",
                56,
                expected,
                map(
                        "claimCode",
                        ClaimCode.make(
                                        trust.rootKeys.getFirst().verifyKey(),
                                        new Random(405)::nextBytes)
                                .text()),
                Map.of("held.json", trust.envelopes.getFirst(), "input.bin", input));
    }

    private void revoked() {
        var list = new Revocations(1, "demo", 3, SampleTrust.FOUNDED, List.of());
        add(
                "revocations-rolled-back",
                "revocations",
                "An old list of revocations, so that a stolen key counts again",
                48,
                "NOT_READ",
                map(
                        "realm", "demo",
                        "manifestPublicKey", trust.manifestKey.verifyKey().hex(),
                        "heldVersion", "4"),
                Map.of("input.bin", list.sign(trust.manifestKey)));
    }

    private void enrolled() {
        SigningKey nodeKey = SigningKey.generate(entropy);
        SealKey sealKey = SealKey.generate(entropy);
        ClaimCode claim = trust.claim();
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
        var reply =
                EnrolmentReply.of(
                        SampleTrust.REALM,
                        SamplePackage.NODE,
                        "site",
                        EnrolmentRequest.read(request).orElseThrow(),
                        "chain",
                        "chain",
                        "https://hub",
                        "ssl://hub",
                        SampleTrust.FOUNDED);
        add(
                "enrolment-reply-of-a-false-hub",
                "enrolment-reply",
                "A hub that the claim code does not name answers a fresh node",
                42,
                "ENROL_HUB_NOT_OF_CLAIM",
                map("claimCode", claim.text(), "nodeSealKey", hex(sealKey.bytes())),
                Map.of(
                        "request.json",
                        request,
                        "input.bin",
                        reply.write(
                                twin.envelopes.getLast(),
                                twin.manifestKey,
                                sealKey.publicKey(),
                                entropy)));
    }

    private void certificates() {
        SigningKey issuer = SigningKey.generate(entropy);
        var facts =
                new CertificateFacts(
                        "1X2026-000018",
                        "Li Si",
                        "370*****6532",
                        "Networks",
                        "初级",
                        "Body",
                        LocalDate.of(2026, 11, 20));
        String code = CertificateCode.sign(facts, issuer);
        byte[] raw =
                java.util.Base64.getUrlDecoder()
                        .decode(code.substring(CertificateCode.PREFIX.length()));
        int name = new String(raw, StandardCharsets.ISO_8859_1).indexOf("Li Si");
        byte[] changed = raw.clone();
        changed[name] = 'W';
        certificate(
                "certificate-with-another-name",
                "CERTIFICATE_CODE_FORGED",
                issuer,
                CertificateCode.PREFIX
                        + java.util.Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(changed));
        certificate(
                "certificate-of-another-issuer",
                "CERTIFICATE_CODE_UNKNOWN_ISSUER",
                issuer,
                CertificateCode.sign(facts, SigningKey.generate(entropy)));
    }

    private void certificate(String name, String expected, SigningKey issuer, String code) {
        add(
                name,
                "certificate",
                "A certificate code that must not verify",
                43,
                expected,
                map("issuerPublicKey", issuer.verifyKey().hex()),
                Map.of("input.bin", code.getBytes(StandardCharsets.US_ASCII)));
    }

    private void add(
            String name,
            String against,
            String what,
            int fault,
            String expected,
            Map<String, Object> given,
            Map<String, byte[]> files) {
        attacks.add(AttackMaker.Attack.of(name, against, what, fault, expected, given, files));
    }
}
