package io.invigil.site.space;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * A file that only takes space, really allocated, to be deleted when the answers need it. Filled
 * with noise, because a file system may store zeros as nothing. One thread.
 */
final class Ballast {
    private static final int BLOCK_BYTES = 1024 * 1024;

    private final Path file;
    private final long bytes;

    /**
     * @param bytes how large it is to be; 0 for none
     */
    Ballast(Path file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** How large it is now. */
    long held() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /** How much of it is not there. */
    long missing() {
        return Math.max(0, bytes - held());
    }

    /**
     * Writes up to so many bytes of what is missing.
     *
     * @return whether the disk took them
     */
    boolean grow(long most) {
        long wanted = Math.min(most, missing());
        if (wanted == 0) {
            return true;
        }
        byte[] block = new byte[BLOCK_BYTES];
        SplittableRandom noise = new SplittableRandom(held());
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            while (wanted > 0) {
                noise.nextBytes(block);
                ByteBuffer out = ByteBuffer.wrap(block, 0, (int) Math.min(wanted, BLOCK_BYTES));
                wanted -= out.remaining();
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            }
            channel.force(true);
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    /** Gives the space back. */
    boolean free() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException stuck) {
            return false;
        }
    }
}
