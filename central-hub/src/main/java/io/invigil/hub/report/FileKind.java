package io.invigil.hub.report;

import java.util.Arrays;

/** What a file is by its first bytes, whatever its name says. */
final class FileKind {
    private FileKind() {}

    static boolean fits(ReportFile.Kind kind, byte[] content) {
        boolean scan =
                startsWith(content, '%', 'P', 'D', 'F', '-')
                        || startsWith(content, 0xFF, 0xD8, 0xFF)
                        || startsWith(content, 0x89, 'P', 'N', 'G');
        return switch (kind) {
            case SIGNED_SCAN -> scan;
            // a zip is also every docx and xlsx; the last is every doc and xls
            case OTHER ->
                    scan
                            || startsWith(content, 'P', 'K', 3, 4)
                            || startsWith(content, 0xD0, 0xCF, 0x11, 0xE0);
        };
    }

    private static boolean startsWith(byte[] content, int... magic) {
        byte[] wanted = new byte[magic.length];
        for (int at = 0; at < magic.length; at++) {
            wanted[at] = (byte) magic[at];
        }
        return content.length >= wanted.length
                && Arrays.equals(content, 0, wanted.length, wanted, 0, wanted.length);
    }
}
