package io.invigil.hub.pack;

import io.invigil.appliance.data.BlobStore;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.paper.PackageOpener;
import io.invigil.protocol.paper.ReleaseKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads parts of a package as a node would. */
public record PartReading(BlobStore blobs) {

    public byte[] opened(
            PackageOpener opener, Manifest manifest, String part, Optional<ReleaseKey> key) {
        return ((PackageOpener.Outcome.Opened) opener.open(part, content(manifest, part), key))
                .content();
    }

    public byte[] content(Manifest manifest, String part) {
        return bytes(manifest.part(part).orElseThrow().digest()).orElseThrow();
    }

    public Optional<byte[]> bytes(Digest digest) {
        try (InputStream in = blobs.open(digest).orElseThrow()) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
