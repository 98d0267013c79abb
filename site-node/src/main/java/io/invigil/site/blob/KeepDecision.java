package io.invigil.site.blob;

import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.crypto.Digest;

/** What became of content that was to be kept. */
public sealed interface KeepDecision {

    /**
     * Durable: a fact may name it now, in a field {@code blob} or {@code blobs}, as {@link #hex}.
     *
     * @param manifest digest, length and chunks as the centre will be offered them
     */
    record Kept(BlobManifest manifest) implements KeepDecision {
        public Digest digest() {
            return manifest.sha256();
        }

        /** The digest as facts carry it. */
        public String hex() {
            return manifest.sha256().hex();
        }

        public long length() {
            return manifest.length();
        }
    }

    /** Nothing is kept; the exam goes on without. */
    record Refused(KeepRefusal code) implements KeepDecision {}
}
