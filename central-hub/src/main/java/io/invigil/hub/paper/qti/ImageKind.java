package io.invigil.hub.paper.qti;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Kinds of picture a paper may hold, told by their first bytes and never by name. SVG is refused:
 * it is a program, and a paper needs none.
 */
enum ImageKind {
    PNG("image/png"),
    JPEG("image/jpeg"),
    GIF("image/gif"),
    WEBP("image/webp");

    private final String mediaType;

    ImageKind(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /**
     * Width and height in pixels.
     *
     * @param pixels product of both, as a long because a header may claim anything
     */
    record Size(long width, long height) {
        long pixels() {
            return width * height;
        }
    }

    static Optional<ImageKind> of(byte[] image) {
        if (starts(image, 0, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
            return Optional.of(PNG);
        }
        if (starts(image, 0, 0xff, 0xd8, 0xff)) {
            return Optional.of(JPEG);
        }
        if (starts(image, 0, 'G', 'I', 'F', '8')) {
            return Optional.of(GIF);
        }
        if (starts(image, 0, 'R', 'I', 'F', 'F') && starts(image, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of(WEBP);
        }
        return Optional.empty();
    }

    /** Whether the bytes look like SVG, to say so by name. */
    static boolean isSvg(byte[] image) {
        String head =
                new String(image, 0, Math.min(image.length, 1024), StandardCharsets.ISO_8859_1);
        return head.contains("<svg");
    }

    /** Size from the header alone; nothing is decoded. Empty when the header is damaged. */
    Optional<Size> size(byte[] image) {
        Optional<Size> size =
                switch (this) {
                    case PNG ->
                            starts(image, 12, 'I', 'H', 'D', 'R')
                                    ? Optional.of(new Size(big32(image, 16), big32(image, 20)))
                                    : Optional.empty();
                    case GIF ->
                            image.length >= 10
                                    ? Optional.of(new Size(little16(image, 6), little16(image, 8)))
                                    : Optional.empty();
                    case JPEG -> jpegSize(image);
                    case WEBP -> webpSize(image);
                };
        return size.filter(s -> s.width() > 0 && s.height() > 0);
    }

    private static Optional<Size> jpegSize(byte[] image) {
        int at = 2;
        while (at + 9 < image.length) {
            if (at(image, at) != 0xff) {
                return Optional.empty();
            }
            int marker = at(image, at + 1);
            if (marker == 0xff) {
                at++;
            } else if (marker == 0xd8 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
                at += 2;
            } else if (marker >= 0xc0
                    && marker <= 0xcf
                    && marker != 0xc4
                    && marker != 0xc8
                    && marker != 0xcc) {
                return Optional.of(new Size(big16(image, at + 7), big16(image, at + 5)));
            } else {
                int length = big16(image, at + 2);
                if (length < 2) {
                    return Optional.empty();
                }
                at += 2 + length;
            }
        }
        return Optional.empty();
    }

    private static Optional<Size> webpSize(byte[] image) {
        if (image.length < 30) {
            return Optional.empty();
        }
        if (starts(image, 12, 'V', 'P', '8', 'X')) {
            return Optional.of(new Size(1 + little24(image, 24), 1 + little24(image, 27)));
        }
        if (starts(image, 12, 'V', 'P', '8', 'L') && at(image, 20) == 0x2f) {
            int bits = little16(image, 21) | little16(image, 23) << 16;
            return Optional.of(new Size(1 + (bits & 0x3fff), 1 + (bits >>> 14 & 0x3fff)));
        }
        if (starts(image, 12, 'V', 'P', '8', ' ') && starts(image, 23, 0x9d, 0x01, 0x2a)) {
            return Optional.of(
                    new Size(little16(image, 26) & 0x3fff, little16(image, 28) & 0x3fff));
        }
        return Optional.empty();
    }

    private static boolean starts(byte[] image, int offset, int... magic) {
        if (image.length < offset + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (at(image, offset + i) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static int at(byte[] image, int index) {
        return index < image.length ? image[index] & 0xff : 0;
    }

    private static int big16(byte[] image, int index) {
        return at(image, index) << 8 | at(image, index + 1);
    }

    private static long big32(byte[] image, int index) {
        return (long) big16(image, index) << 16 | big16(image, index + 2);
    }

    private static int little16(byte[] image, int index) {
        return at(image, index) | at(image, index + 1) << 8;
    }

    private static int little24(byte[] image, int index) {
        return little16(image, index) | at(image, index + 2) << 16;
    }
}
