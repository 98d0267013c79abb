package io.invigil.protocol.manifest;

import io.invigil.exam.paper.PaperCodec;
import io.invigil.exam.paper.SamplePaper;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.paper.KeyRelease;
import io.invigil.protocol.paper.PackageOpener;
import io.invigil.protocol.paper.PackageSealer;
import io.invigil.protocol.paper.PackageSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One package as a hub makes it, from a seed; all data made up. */
public final class SamplePackage {
    public static final Realm REALM = new Realm("demo");
    public static final NodeId NODE = new NodeId("room-107");
    public static final String EXAM = "K2026-S1-room-107";
    public static final Instant START = Instant.parse("2026-11-20T01:00:00Z");
    public static final Instant ISSUED = Instant.parse("2026-11-19T08:00:00Z");

    public final Entropy entropy;
    public final SigningKey manifestKey;
    public final SealKey nodeSealKey;
    public final SealKey hubSealKey;
    public final SealKey recoveryKey;
    public final PackageSecrets secrets;
    public final Map<String, byte[]> bytes = new HashMap<>();
    public final Manifest manifest;

    public SamplePackage(long seed) {
        this(seed, NODE, EXAM, ISSUED.toEpochMilli(), "{\"roster\":\"张三\"}");
    }

    public SamplePackage(long seed, NodeId node, String exam, long version, String roster) {
        this.entropy = new Random(seed)::nextBytes;
        this.manifestKey = SigningKey.generate(entropy);
        this.nodeSealKey = SealKey.generate(entropy);
        this.hubSealKey = SealKey.generate(entropy);
        this.recoveryKey = SealKey.generate(entropy);
        this.secrets = PackageSecrets.make(entropy);
        var sealer =
                new PackageSealer(secrets, REALM, node, exam, nodeSealKey.publicKey(), entropy);
        List<Part> parts = new ArrayList<>();
        add(sealer, parts, PartKind.ROSTER, "roster", utf8(roster));
        add(sealer, parts, PartKind.POLICY, "policy", utf8("{\"policy\":1}"));
        add(sealer, parts, PartKind.PAPER, "P1", PaperCodec.encode(SamplePaper.paper()));
        add(sealer, parts, PartKind.ANSWER_KEY, "P1.key", PaperCodec.encodeKey(SamplePaper.key()));
        add(sealer, parts, PartKind.ASSET, "P1/topology.png", SamplePaper.PICTURE);
        add(sealer, parts, PartKind.PHOTO, "photo:1001", utf8("not really a photo"));
        add(sealer, parts, PartKind.REHEARSAL_PAPER, "rehearsal", utf8("rehearsal"));
        this.manifest =
                Manifest.issue(
                        REALM,
                        node,
                        exam,
                        version,
                        ISSUED,
                        hubSealKey.publicKey(),
                        recoveryKey.publicKey(),
                        parts,
                        sealer.terms(START));
    }

    private void add(
            PackageSealer sealer, List<Part> parts, PartKind kind, String name, byte[] content) {
        var sealed = sealer.seal(kind, name, content);
        parts.add(sealed.part());
        bytes.put(name, sealed.bytes());
    }

    public byte[] envelope() {
        return manifest.sign(manifestKey);
    }

    public ManifestVerifier verifier() {
        return new ManifestVerifier(REALM, NODE, List.of(manifestKey.verifyKey()));
    }

    public PackageOpener opener() {
        return new PackageOpener(manifest, nodeSealKey);
    }

    public byte[] keyRelease() {
        return KeyRelease.make(
                        REALM,
                        new NodeId(manifest.node()),
                        manifest.exam(),
                        secrets,
                        nodeSealKey.publicKey(),
                        List.of(
                                new KeyRelease.Approval("chief-a", START.minusSeconds(600)),
                                new KeyRelease.Approval("chief-b", START.minusSeconds(400))),
                        START.minusSeconds(300),
                        entropy)
                .sign(manifestKey);
    }

    public Optional<byte[]> byDigest(Digest digest) {
        return bytes.values().stream().filter(b -> Digest.sha256(b).equals(digest)).findFirst();
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
