package io.invigil.protocol.paper;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.json.Json;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What the hub keeps of one package (one exam at one node), under its own data key: the package id,
 * K_node, K_rel and the release code. Made once; a new manifest version uses them again. Never
 * printed by {@code toString}.
 */
public final class PackageSecrets {
    private final String packageId;
    private final byte[] nodeKey;
    private final ReleaseKey releaseKey;
    private final ReleaseCode releaseCode;

    private PackageSecrets(
            String packageId, byte[] nodeKey, ReleaseKey releaseKey, ReleaseCode releaseCode) {
        this.packageId = packageId;
        this.nodeKey = nodeKey;
        this.releaseKey = releaseKey;
        this.releaseCode = releaseCode;
    }

    private record Wire(String packageId, String nodeKey, String releaseKey, String releaseCode) {}

    public static PackageSecrets make(Entropy entropy) {
        return new PackageSecrets(
                HexFormat.of().formatHex(entropy.bytes(SealedPaper.PACKAGE_ID_BYTES)),
                entropy.bytes(ReleaseKey.BYTES),
                ReleaseKey.random(entropy),
                ReleaseCode.random(entropy));
    }

    /** Bytes to be stored encrypted. */
    public byte[] encode() {
        var base64 = Base64.getEncoder();
        return Json.write(
                new Wire(
                        packageId,
                        base64.encodeToString(nodeKey),
                        base64.encodeToString(releaseKey.bytes()),
                        releaseCode.text()));
    }

    /** Reads what {@link #encode} gave; empty when it is anything else. */
    public static Optional<PackageSecrets> decode(byte[] stored) {
        return Json.read(stored, Wire.class).flatMap(PackageSecrets::ofWire);
    }

    private static Optional<PackageSecrets> ofWire(Wire wire) {
        boolean whole =
                wire.packageId() != null
                        && wire.packageId().matches("[0-9a-f]{32}")
                        && wire.nodeKey() != null
                        && wire.releaseKey() != null
                        && wire.releaseCode() != null;
        if (!whole
                || !(ReleaseCode.parse(wire.releaseCode())
                        instanceof ReleaseCode.Typed.Complete complete)) {
            return Optional.empty();
        }
        try {
            var base64 = Base64.getDecoder();
            byte[] nodeKey = ReleaseKey.of(base64.decode(wire.nodeKey())).bytes();
            ReleaseKey releaseKey = ReleaseKey.of(base64.decode(wire.releaseKey()));
            return Optional.of(
                    new PackageSecrets(wire.packageId(), nodeKey, releaseKey, complete.code()));
        } catch (IllegalArgumentException notAKey) {
            return Optional.empty();
        }
    }

    public String packageId() {
        return packageId;
    }

    /** To be shown to two people or printed into a sealed envelope; every look is logged. */
    public ReleaseCode releaseCode() {
        return releaseCode;
    }

    public ReleaseKey releaseKey() {
        return releaseKey;
    }

    byte[] nodeKey() {
        return nodeKey.clone();
    }

    @Override
    public String toString() {
        return "PackageSecrets[" + packageId + "]";
    }
}
