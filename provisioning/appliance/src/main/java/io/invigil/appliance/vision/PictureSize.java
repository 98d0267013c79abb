package io.invigil.appliance.vision;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Width and height of a JPEG or PNG picture out of its header, so that a small file cannot make us
 * allocate a huge picture.
 */
public record PictureSize(int width, int height) {
    private static final int PNG_HEAD = 0x89504E47;

    public long pixels() {
        return (long) width * height;
    }

    /** Reads the header; empty when the bytes are neither JPEG nor PNG. */
    public static Optional<PictureSize> of(byte[] picture) {
        ByteBuffer in = ByteBuffer.wrap(picture);
        if (picture.length >= 24 && in.getInt(0) == PNG_HEAD) {
            return checked(in.getInt(16), in.getInt(20));
        }
        if (picture.length < 4 || (in.getShort(0) & 0xFFFF) != 0xFFD8) {
            return Optional.empty();
        }
        int at = 2;
        while (at + 9 < picture.length) {
            if ((picture[at] & 0xFF) != 0xFF) {
                return Optional.empty();
            }
            int marker = picture[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
            } else if (isFrame(marker)) {
                return checked(in.getShort(at + 7) & 0xFFFF, in.getShort(at + 5) & 0xFFFF);
            } else {
                at += 2 + (in.getShort(at + 2) & 0xFFFF);
            }
        }
        return Optional.empty();
    }

    /** SOF markers: all of C0 to CF but tables (C4), the reserved one (C8) and arithmetic (CC). */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private static Optional<PictureSize> checked(int width, int height) {
        return width > 0 && height > 0
                ? Optional.of(new PictureSize(width, height))
                : Optional.empty();
    }
}
