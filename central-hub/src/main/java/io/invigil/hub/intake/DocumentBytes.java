package io.invigil.hub.intake;

import java.util.Arrays;

/** What an uploaded document is by its first bytes, whatever its name says. */
public final class DocumentBytes {
    private DocumentBytes() {}

    /** Whether it is a PDF, JPEG or PNG. */
    public static boolean isScan(byte[] content) {
        return startsWith(content, '%', 'P', 'D', 'F', '-')
                || startsWith(content, 0xFF, 0xD8, 0xFF)
                || startsWith(content, 0x89, 'P', 'N', 'G');
    }

    /** Whether it is a scan, a zip, or a document of an office program. */
    public static boolean isDocument(byte[] content) {
        // a zip is also every docx and xlsx; the last is every doc and xls
        return isScan(content)
                || startsWith(content, 'P', 'K', 3, 4)
                || startsWith(content, 0xD0, 0xCF, 0x11, 0xE0);
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
