package io.invigil.exam.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Kinds of file that a candidate may hand in, told by their first bytes and never by name. SVG and
 * HTML are left out: they are programs.
 */
public enum FileKind {
    PDF("application/pdf", ".pdf", Set.of("application/pdf")),
    PNG("image/png", ".png", Set.of("image/png", "image/*")),
    JPEG("image/jpeg", ".jpg,.jpeg", Set.of("image/jpeg", "image/jpg", "image/*")),
    /** Word, Excel, PowerPoint since 2007, OpenDocument, plain archives. */
    ZIP(
            "application/zip",
            ".docx,.xlsx,.pptx,.odt,.ods,.odp,.zip",
            Set.of(
                    "application/zip",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                    "application/vnd.oasis.opendocument.text",
                    "application/vnd.oasis.opendocument.spreadsheet",
                    "application/vnd.oasis.opendocument.presentation")),
    /** Word, Excel, PowerPoint before 2007. */
    OLE(
            "application/x-ole-storage",
            ".doc,.xls,.ppt",
            Set.of(
                    "application/msword",
                    "application/vnd.ms-excel",
                    "application/vnd.ms-powerpoint")),
    TEXT("text/plain", ".txt,.csv,.md,.c,.java,.py,.sql", Set.of("text/plain", "text/csv"));

    private static final int ISO = 0xff;

    private final String mediaType;
    private final String endings;
    private final Set<String> asked;

    FileKind(String mediaType, String endings, Set<String> asked) {
        this.mediaType = mediaType;
        this.endings = endings;
        this.asked = asked;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Usual endings of names, for the page's file dialog. */
    public String endings() {
        return endings;
    }

    /** Whether a paper that asks for this media type takes this kind. */
    public boolean isAskedBy(String type) {
        return asked.contains(type) || type.equals("*/*");
    }

    /** The kind of a file; empty when it is none of ours. */
    public static Optional<FileKind> of(byte[] content) {
        return Arrays.stream(values()).filter(kind -> kind.begins(content)).findFirst();
    }

    private boolean begins(byte[] content) {
        return switch (this) {
            case PDF -> starts(content, '%', 'P', 'D', 'F', '-');
            case PNG -> starts(content, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a);
            case JPEG -> starts(content, 0xff, 0xd8, 0xff);
            case ZIP -> starts(content, 'P', 'K', 3, 4);
            case OLE -> starts(content, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
            case TEXT -> isText(content);
        };
    }

    private static boolean starts(byte[] content, int... magic) {
        if (content.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((content[i] & ISO) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** UTF-8 without control characters but line ends, form feeds and tabs. */
    private static boolean isText(byte[] content) {
        for (byte each : content) {
            boolean control = each >= 0 && each < 0x20;
            if (control && each != '\n' && each != '\r' && each != '\t' && each != '\f') {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return content.length > 0;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
