package io.invigil.appliance.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.crypto.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBlobsTest {
    private static final byte[] CONTENT = new byte[200_000];

    @TempDir Path directory;

    private static InputStream content() {
        return new ByteArrayInputStream(CONTENT);
    }

    private long files() throws IOException {
        try (var all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void storesContentUnderItsDigestOnceHoweverOftenItComes() throws IOException {
        DirectoryBlobs blobs = new DirectoryBlobs(directory);
        Digest digest = blobs.put(content(), CONTENT.length);
        assertThat(digest).isEqualTo(Digest.sha256(CONTENT));
        blobs.put(digest, content(), CONTENT.length);
        assertThat(files()).isEqualTo(1);
        try (InputStream in = blobs.open(digest).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(blobs.length(digest)).contains((long) CONTENT.length);
        assertThat(blobs.delete(digest)).isTrue();
        assertThat(blobs.delete(digest)).isFalse();
        assertThat(blobs.open(digest)).isEmpty();
    }

    @Test
    void keepsNothingOfContentThatIsTooLongOrAnother() throws IOException {
        DirectoryBlobs blobs = new DirectoryBlobs(directory);
        assertThatThrownBy(() -> blobs.put(content(), CONTENT.length - 1))
                .isInstanceOf(BlobStore.BlobTooLarge.class);
        assertThatThrownBy(() -> blobs.put(Digest.ZERO, content(), CONTENT.length))
                .isInstanceOf(BlobStore.BlobMismatch.class);
        assertThat(files()).isZero();
    }

    @Test
    void clearsAwayWhatACrashLeftHalfWritten() throws IOException {
        new DirectoryBlobs(directory);
        Files.write(directory.resolve("incoming/blob1.tmp"), new byte[3]);
        new DirectoryBlobs(directory);
        assertThat(files()).isZero();
    }
}
