package io.invigil.protocol.paper;

import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.manifest.Part;
import io.invigil.protocol.manifest.PartKind;
import io.invigil.protocol.manifest.ReleaseTerms;
import io.invigil.protocol.manifest.SealedPart;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the sealed parts of one package at the hub, then the {@link ReleaseTerms} for its manifest.
 * One thread.
 */
public final class PackageSealer {
    private final PackageSecrets secrets;
    private final PackageBinding binding;
    private final SealPublicKey nodeSealKey;
    private final Entropy entropy;
    private final Map<String, String> contentKeys = new TreeMap<>();

    /**
     * @param secrets made once for this exam and node
     * @param nodeSealKey the node's key from its enrolment
     */
    public PackageSealer(
            PackageSecrets secrets,
            Realm realm,
            NodeId node,
            String exam,
            SealPublicKey nodeSealKey,
            Entropy entropy) {
        this.secrets = secrets;
        this.binding = new PackageBinding(realm, node, exam, secrets.packageId());
        this.nodeSealKey = nodeSealKey;
        this.entropy = entropy;
    }

    /** A part as it travels: its line for the manifest and its bytes. */
    public record SealedContent(Part part, byte[] bytes) {}

    /** Protects a part as its kind asks; a policy stays in clear. */
    public SealedContent seal(PartKind kind, String name, byte[] content) {
        byte[] travelled;
        if (kind.isSealedPaper()) {
            travelled = sealPaper(kind, name, content);
        } else if (kind.sealedToNode()) {
            travelled =
                    SealedPart.seal(
                            nodeSealKey,
                            binding.realm(),
                            binding.node(),
                            binding.exam(),
                            kind,
                            name,
                            content,
                            entropy);
        } else {
            travelled = content.clone();
        }
        return new SealedContent(Part.of(name, kind, travelled), travelled);
    }

    /**
     * Takes over a sealed paper of the version before, so that it need not travel again.
     *
     * @throws IllegalArgumentException when those terms have no such part or another package id
     */
    public void keep(ReleaseTerms before, String name) {
        String wrapped = before.contentKeys().get(name);
        if (wrapped == null || !before.packageId().equals(secrets.packageId())) {
            throw new IllegalArgumentException("no such part in the version before: " + name);
        }
        contentKeys.put(name, wrapped);
    }

    /** The terms for all parts sealed or kept so far. Takes an Argon2id run (64 MiB). */
    public ReleaseTerms terms(Instant startsAt) {
        return new ReleaseTerms(
                secrets.packageId(),
                startsAt,
                PackageBinding.base64(
                        nodeSealKey
                                .seal(
                                        PackageBinding.NODE_KEY_INFO,
                                        binding.aad("xsp1 node key"),
                                        secrets.nodeKey(),
                                        entropy)
                                .joined()),
                binding.wrapReleaseKey(secrets.releaseCode(), secrets.releaseKey()),
                contentKeys);
    }

    private byte[] sealPaper(PartKind kind, String name, byte[] content) {
        byte[] contentKey = entropy.bytes(Aead.KEY_BYTES);
        boolean rehearsal = kind == PartKind.REHEARSAL_PAPER;
        ReleaseKey release = rehearsal ? ReleaseKey.REHEARSAL : secrets.releaseKey();
        contentKeys.put(
                name,
                binding.wrapContentKey(secrets.nodeKey(), release, name, rehearsal, contentKey));
        return SealedPaper.seal(contentKey, secrets.packageId(), name, content);
    }
}
