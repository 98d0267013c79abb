package io.invigil.protocol.manifest;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How the sealed papers of a package are opened (XSP/1 section 8). All values base64url without
 * padding unless said otherwise.
 *
 * @param packageId 32 hexadecimal digits, made once per exam and node; salt of the release code
 * @param startsAt begin of the slot, T; opening is not early from T − 10 min on
 * @param sealedNodeKey K_node, HPKE-sealed to the node
 * @param codeWrappedReleaseKey K_rel under the key that the release code gives
 * @param contentKeys part name to its content key, wrapped under K_node and K_rel
 */
public record ReleaseTerms(
        String packageId,
        Instant startsAt,
        String sealedNodeKey,
        String codeWrappedReleaseKey,
        Map<String, String> contentKeys) {
    private static final Pattern PACKAGE_ID = Pattern.compile("[0-9a-f]{32}");
    private static final int WRAP_CHARS_MAX = 400;

    public ReleaseTerms {
        contentKeys = java.util.Collections.unmodifiableMap(new TreeMap<>(contentKeys));
        if (!PACKAGE_ID.matcher(packageId).matches() || startsAt == null) {
            throw new IllegalArgumentException("not a package id or no start");
        }
        if (sealedNodeKey.length() > WRAP_CHARS_MAX
                || codeWrappedReleaseKey.length() > WRAP_CHARS_MAX
                || contentKeys.size() > Manifest.PARTS_MAX
                || contentKeys.values().stream().anyMatch(v -> v.length() > WRAP_CHARS_MAX)) {
            throw new IllegalArgumentException("wrapped key too long");
        }
    }
}
