package io.invigil.protocol.manifest;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code GET /x1/manifests} answers to a node: which packages are published for it. A hint
 * only; the envelope under {@code GET /x1/manifests/{exam}} is what counts.
 */
public record ManifestList(List<Entry> manifests) {
    public static final int ENTRIES_MAX = 500;
    public static final int BYTES_MAX = 256 * 1024;

    /**
     * @param digest hex, see {@link Manifest#digest}
     */
    public record Entry(String exam, long version, String digest) {
        public Entry {
            Digest.ofHex(digest);
            if (!exam.matches("[A-Za-z0-9-]{1,40}") || version < 1) {
                throw new IllegalArgumentException("not a published package");
            }
        }
    }

    public ManifestList {
        manifests = List.copyOf(manifests);
        Set<String> exams = new HashSet<>();
        if (manifests.size() > ENTRIES_MAX
                || !manifests.stream().allMatch(entry -> exams.add(entry.exam()))) {
            throw new IllegalArgumentException("at most 500 packages, each once");
        }
    }

    /** Reads an answer; empty when malformed or too long. */
    public static Optional<ManifestList> read(byte[] json) {
        return json.length > BYTES_MAX ? Optional.empty() : Json.read(json, ManifestList.class);
    }
}
