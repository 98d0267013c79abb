package io.invigil.hub.ingest;

import io.invigil.appliance.data.BlobStore;
import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.BlobFiles;
import io.invigil.protocol.hub.HubStoreUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Blobs on their way: one staging file per node and blob, chunks at their places, each synced.
 * Complete ones move into the blob store. Thread-safe as far as each node has one worker.
 */
final class BlobStaging implements BlobFiles {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path staging;
    private final BlobStore blobs;

    BlobStaging(Path staging, BlobStore blobs) {
        this.staging = staging;
        this.blobs = blobs;
        try {
            Files.createDirectories(staging);
        } catch (IOException e) {
            throw new UncheckedIOException("no place to stage blobs", e);
        }
    }

    @Override
    public void stage(NodeId node, BlobManifest manifest, int index, byte[] chunk) {
        try (FileChannel file =
                FileChannel.open(
                        path(node, manifest),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(chunk);
            long at = manifest.offset(index);
            while (buffer.hasRemaining()) {
                at += file.write(buffer, at);
            }
            file.force(false);
        } catch (IOException failure) {
            throw new HubStoreUnavailable("a chunk was not staged", failure);
        }
    }

    @Override
    public boolean complete(NodeId node, BlobManifest manifest) {
        Path file = path(node, manifest);
        try {
            if (!Files.exists(file)) {
                // said once before: complete is repeatable
                return blobs.length(manifest.sha256()).isPresent();
            }
            if (!digest(file).equals(manifest.sha256())) {
                Files.delete(file);
                return false;
            }
            try (InputStream in = Files.newInputStream(file)) {
                blobs.put(manifest.sha256(), in, manifest.length());
            }
            Files.delete(file);
            return true;
        } catch (IOException failure) {
            throw new HubStoreUnavailable("a blob was not completed", failure);
        }
    }

    @Override
    public boolean holds(NodeId node, BlobManifest manifest) {
        try {
            return blobs.length(manifest.sha256()).filter(n -> n == manifest.length()).isPresent();
        } catch (IOException failure) {
            throw new HubStoreUnavailable("the blobs could not be asked", failure);
        }
    }

    private static Digest digest(Path file) throws IOException {
        MessageDigest sha = Digest.newSha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
            }
        }
        return Digest.of(sha.digest());
    }

    private Path path(NodeId node, BlobManifest manifest) {
        return staging.resolve(node.value() + "-" + manifest.sha256().hex());
    }
}
