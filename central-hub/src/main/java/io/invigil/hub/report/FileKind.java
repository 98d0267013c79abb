package io.invigil.hub.report;

import io.invigil.hub.intake.DocumentBytes;

/** What a file is by its first bytes, whatever its name says. */
final class FileKind {
    private FileKind() {}

    static boolean fits(ReportFile.Kind kind, byte[] content) {
        return switch (kind) {
            case SIGNED_SCAN -> DocumentBytes.isScan(content);
            case OTHER -> DocumentBytes.isDocument(content);
        };
    }
}
