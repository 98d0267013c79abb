package io.invigil.hub.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks at a file before any workbook library does: what kind it is by its bytes, never by its
 * name, and what it really unpacks to.
 */
final class WorkbookCheck {
    static final int ENTRIES_MAX = 500;
    static final long UNPACKED_BYTES_MAX = 128L * 1024 * 1024;

    private static final byte[] OLE2 = {
        (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final int HEAD_BYTES = 8192;

    private WorkbookCheck() {}

    /** Empty when the file is a plain workbook within the limits. */
    static Optional<SheetReading.Refused> refusal(Path file) throws IOException {
        long size = Files.size(file);
        if (size == 0) {
            return refused(SheetRefusal.SHEET_EMPTY_FILE, "");
        }
        if (size > SheetReader.FILE_BYTES_MAX) {
            return refused(
                    SheetRefusal.SHEET_TOO_LARGE,
                    Long.toString(SheetReader.FILE_BYTES_MAX / 1024 / 1024));
        }
        byte[] head = head(file);
        if (startsWith(head, OLE2)) {
            return refused(
                    isEncryptedWorkbook(head, file)
                            ? SheetRefusal.SHEET_ENCRYPTED
                            : SheetRefusal.SHEET_IS_XLS,
                    "");
        }
        if (!startsWith(head, ZIP)) {
            return refused(
                    looksLikeText(head)
                            ? SheetRefusal.SHEET_IS_TEXT
                            : SheetRefusal.SHEET_UNKNOWN_KIND,
                    "");
        }
        return zipRefusal(file);
    }

    private static Optional<SheetReading.Refused> zipRefusal(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            if (zip.getEntry("[Content_Types].xml") == null
                    || zip.getEntry("xl/workbook.xml") == null) {
                return refused(SheetRefusal.SHEET_IS_ZIP, "");
            }
            if (zip.size() > ENTRIES_MAX) {
                return refused(SheetRefusal.SHEET_EXPANDS_TOO_FAR, "");
            }
            long unpacked = 0;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().toLowerCase(Locale.ROOT).endsWith("vbaproject.bin")) {
                    return refused(SheetRefusal.SHEET_HAS_MACROS, "");
                }
                unpacked += unpackedBytes(zip, entry, UNPACKED_BYTES_MAX - unpacked);
                if (unpacked > UNPACKED_BYTES_MAX) {
                    return refused(SheetRefusal.SHEET_EXPANDS_TOO_FAR, "");
                }
            }
            return Optional.empty();
        } catch (ZipException | IllegalArgumentException damaged) {
            return refused(SheetRefusal.SHEET_BROKEN, "");
        } catch (java.io.EOFException cutOff) {
            return refused(SheetRefusal.SHEET_BROKEN, "");
        }
    }

    /** Counts real bytes: the size a zip states may be a lie. Stops just past the budget. */
    private static long unpackedBytes(ZipFile zip, ZipEntry entry, long budget) throws IOException {
        byte[] buffer = new byte[1 << 16];
        CRC32 crc = new CRC32();
        long total = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            int read = in.read(buffer);
            while (read >= 0 && total <= budget) {
                total += read;
                crc.update(buffer, 0, read);
                read = in.read(buffer);
            }
        }
        // java.util.zip.ZipFile does not compare checksums itself
        if (total <= budget && crc.getValue() != entry.getCrc()) {
            throw new ZipException("checksum of " + entry.getName());
        }
        return total;
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD_BYTES);
        }
    }

    /** A password-protected .xlsx is an OLE2 file with a stream named EncryptedPackage. */
    private static boolean isEncryptedWorkbook(byte[] head, Path file) throws IOException {
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        if (indexOf(head, name) >= 0) {
            return true;
        }
        long size = Files.size(file);
        if (size > (1 << 22)) {
            return false;
        }
        return indexOf(Files.readAllBytes(file), name) >= 0;
    }

    private static boolean looksLikeText(byte[] head) {
        for (byte each : head) {
            if (each >= 0 && each < 0x20 && each != '\t' && each != '\r' && each != '\n') {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && java.util.Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private static Optional<SheetReading.Refused> refused(SheetRefusal code, String detail) {
        return Optional.of(new SheetReading.Refused(code, detail));
    }
}
