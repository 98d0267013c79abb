package io.invigil.protocol.vectors;

import static io.invigil.protocol.vectors.FixtureFiles.hex;
import static io.invigil.protocol.vectors.VectorMaker.map;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.manifest.SamplePackage;
import io.invigil.protocol.paper.KeyRelease;
import io.invigil.protocol.paper.SealedPaper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes one attack per directory: {@code attack.json} says what it is, what it is tried against,
 * what the victim holds and which refusal is expected; the other files are what the attacker sends.
 */
final class AttackMaker {
    private final SamplePackage good = new SamplePackage(400);
    private final Entropy entropy = new Random(402)::nextBytes;
    private final List<Attack> attacks = new ArrayList<>();

    /**
     * @param files file name to content, without {@code attack.json}
     */
    record Attack(String name, Map<String, Object> description, Map<String, byte[]> files) {
        static Attack of(
                String name,
                String against,
                String what,
                int fault,
                String expected,
                Map<String, Object> given,
                Map<String, byte[]> files) {
            return new Attack(
                    name,
                    map(
                            "what", what,
                            "faultRow", fault,
                            "against", against,
                            "given", given,
                            "expected", expected),
                    files);
        }
    }

    List<Attack> all() {
        manifests();
        papers();
        releases();
        attacks.addAll(new TrustAttackMaker().all());
        return attacks;
    }

    private void manifests() {
        long version = good.manifest.version();
        byte[] envelope = good.envelope();
        manifest(
                "manifest-old-version-replayed",
                "MANIFEST_VERSION_LOWER",
                53,
                version + 1,
                envelope);
        manifest("manifest-version-reused", "MANIFEST_VERSION_REUSED", 53, version, envelope);
        manifest(
                "manifest-of-another-node",
                "MANIFEST_OTHER_NODE",
                54,
                0,
                new SamplePackage(400, new NodeId("room-108"), SamplePackage.EXAM, version, "{}")
                        .envelope());
        manifest(
                "manifest-signed-by-a-stranger",
                "MANIFEST_UNKNOWN_KEY",
                43,
                0,
                good.manifest.sign(SigningKey.generate(entropy)));
        manifest(
                "manifest-changed",
                "MANIFEST_BAD_SIGNATURE",
                43,
                0,
                replaced(envelope, 200, (byte) (envelope[200] == 'A' ? 'B' : 'A')));
        manifest(
                "manifest-other-spelling",
                "MANIFEST_NOT_AN_ENVELOPE",
                43,
                0,
                concat(" ".getBytes(StandardCharsets.US_ASCII), envelope));
        manifest("manifest-from-a-key-release", "MANIFEST_OTHER_TYPE", 44, 0, good.keyRelease());
        manifest("manifest-frozen", "ACCEPTED_STALE", 55, version - 1, envelope);
        var older =
                new SamplePackage(
                        400, SamplePackage.NODE, SamplePackage.EXAM, 7, "{\"roster\":\"李四\"}");
        add(
                "package-new-paper-old-roster",
                "part",
                "A roster of an older package beside the papers of the new manifest",
                54,
                "PART_OTHER_CONTENT",
                map("manifestPublicKey", good.manifestKey.verifyKey().hex(), "part", "roster"),
                Map.of("manifest.json", envelope, "input.bin", older.bytes.get("roster")));
    }

    private void manifest(
            String name, String expected, int fault, long heldVersion, byte[] envelope) {
        add(
                name,
                "manifest",
                "A manifest that the node must refuse, or of which it must warn",
                fault,
                expected,
                map(
                        "realm",
                        "demo",
                        "node",
                        "room-107",
                        "manifestPublicKey",
                        good.manifestKey.verifyKey().hex(),
                        "heldVersion",
                        Long.toString(heldVersion),
                        "heldDigest",
                        expected.equals("MANIFEST_VERSION_REUSED")
                                ? "00".repeat(32)
                                : good.manifest.digest().hex(),
                        "trustedNow",
                        SamplePackage.ISSUED
                                .plusSeconds(expected.equals("ACCEPTED_STALE") ? 8 * 86_400 : 60)
                                .toString()),
                Map.of("input.bin", envelope));
    }

    private void papers() {
        byte[] key = entropy.bytes(32);
        String id = "00112233445566778899aabbccddeeff";
        byte[] long1 = new byte[SealedPaper.SEGMENT_BYTES + 10];
        Arrays.fill(long1, (byte) ' ');
        byte[] sealed = SealedPaper.seal(key, id, "P1", long1);
        paper(
                "paper-truncated-at-a-segment",
                "PAPER_DAMAGED",
                key,
                Arrays.copyOf(sealed, sealed.length - 26));
        paper("paper-lengthened", "PAPER_DAMAGED", key, concat(small(key, id, "P1"), new byte[17]));
        paper(
                "paper-of-another-package",
                "PAPER_OTHER_PACKAGE",
                key,
                small(key, "ff112233445566778899aabbccddeeff", "P1"));
        paper("paper-of-another-name", "PAPER_OTHER_NAME", key, small(key, id, "P2"));
        paper("paper-under-another-key", "PAPER_DAMAGED", key, small(entropy.bytes(32), id, "P1"));
    }

    private static byte[] small(byte[] key, String id, String name) {
        return SealedPaper.seal(key, id, name, "paper".getBytes(StandardCharsets.UTF_8));
    }

    private void paper(String name, String expected, byte[] key, byte[] input) {
        add(
                name,
                "sealed-paper",
                "A sealed paper that must not open",
                57,
                expected,
                map(
                        "contentKey", hex(key),
                        "packageId", "00112233445566778899aabbccddeeff",
                        "name", "P1"),
                Map.of("input.bin", input));
    }

    private void releases() {
        var other = new SamplePackage(403);
        var approvals =
                List.of(
                        new KeyRelease.Approval("chief-a", SamplePackage.ISSUED),
                        new KeyRelease.Approval("chief-a", SamplePackage.ISSUED));
        KeyRelease two =
                KeyRelease.make(
                        SamplePackage.REALM,
                        SamplePackage.NODE,
                        SamplePackage.EXAM,
                        good.secrets,
                        good.nodeSealKey.publicKey(),
                        List.of(
                                approvals.getFirst(),
                                new KeyRelease.Approval("chief-b", SamplePackage.ISSUED)),
                        SamplePackage.ISSUED,
                        entropy);
        var alone =
                new KeyRelease(
                        1,
                        two.realm(),
                        two.node(),
                        two.exam(),
                        two.packageId(),
                        two.sealedReleaseKey(),
                        approvals,
                        two.issuedAt());
        release(
                "release-approved-by-one",
                "RELEASE_NOT_APPROVED_BY_TWO",
                60,
                alone.sign(good.manifestKey));
        release(
                "release-signed-by-a-stranger",
                "RELEASE_BAD_SIGNATURE",
                43,
                two.sign(SigningKey.generate(entropy)));
        KeyRelease foreign =
                KeyRelease.make(
                        SamplePackage.REALM,
                        SamplePackage.NODE,
                        SamplePackage.EXAM,
                        other.secrets,
                        good.nodeSealKey.publicKey(),
                        two.approvals(),
                        SamplePackage.ISSUED,
                        entropy);
        release(
                "release-of-another-package",
                "RELEASE_OTHER_PACKAGE",
                54,
                foreign.sign(good.manifestKey));
        codes(other);
    }

    private void codes(SamplePackage other) {
        String code = good.secrets.releaseCode().text();
        char third = code.charAt(13);
        code(
                "release-code-with-a-slip",
                "WRONG_GROUPS [3]",
                code.substring(0, 13)
                        + (third == '9' ? '0' : (char) (third + 1))
                        + code.substring(14));
        code("release-code-of-another-package", "NO_KEY", other.secrets.releaseCode().text());
    }

    private void release(String name, String expected, int fault, byte[] input) {
        add(
                name,
                "key-release",
                "A key release that the node must refuse",
                fault,
                expected,
                map(
                        "manifestPublicKey", good.manifestKey.verifyKey().hex(),
                        "nodeSealKey", hex(good.nodeSealKey.bytes())),
                Map.of("manifest.json", good.envelope(), "input.bin", input));
    }

    private void code(String name, String expected, String code) {
        add(
                name,
                "release-code",
                "A release code that opens nothing",
                58,
                expected,
                map(
                        "manifestPublicKey", good.manifestKey.verifyKey().hex(),
                        "nodeSealKey", hex(good.nodeSealKey.bytes())),
                Map.of(
                        "manifest.json",
                        good.envelope(),
                        "input.bin",
                        code.getBytes(StandardCharsets.US_ASCII)));
    }

    private void add(
            String name,
            String against,
            String what,
            int fault,
            String expected,
            Map<String, Object> given,
            Map<String, byte[]> files) {
        attacks.add(Attack.of(name, against, what, fault, expected, given, files));
    }

    private static byte[] replaced(byte[] bytes, int at, byte with) {
        byte[] changed = bytes.clone();
        changed[at] = with;
        return changed;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
