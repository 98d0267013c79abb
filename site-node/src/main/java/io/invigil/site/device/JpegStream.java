package io.invigil.site.device;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** JPEG pictures one after the other, as ffmpeg writes them into a pipe. One thread. */
final class JpegStream {
    static final int PICTURE_BYTES_MAX = 4 * 1024 * 1024;

    private static final int MARK = 0xFF;
    private static final int START = 0xD8;
    private static final int END = 0xD9;

    private final InputStream in;

    JpegStream(InputStream in) {
        this.in = new BufferedInputStream(in, 64 * 1024);
    }

    /**
     * The next whole picture; empty at the end of the stream.
     *
     * @throws IOException when a picture is larger than any that we take
     */
    Optional<byte[]> next() throws IOException {
        int before = -1;
        int now = in.read();
        while (now >= 0 && !(before == MARK && now == START)) {
            before = now;
            now = in.read();
        }
        if (now < 0) {
            return Optional.empty();
        }
        ByteArrayOutputStream picture = new ByteArrayOutputStream(64 * 1024);
        picture.write(MARK);
        picture.write(START);
        before = -1;
        while (true) {
            now = in.read();
            if (now < 0) {
                return Optional.empty();
            }
            picture.write(now);
            if (before == MARK && now == END) {
                return Optional.of(picture.toByteArray());
            }
            if (picture.size() > PICTURE_BYTES_MAX) {
                throw new IOException("a picture of the stream is too large");
            }
            before = now;
        }
    }
}
