package io.invigil.hub.candidate;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip of photos. Entry names are looked at and never used as paths; the sizes the zip states are
 * compared with what comes out. Used by one thread.
 */
final class PhotoArchive implements AutoCloseable {
    static final int PHOTOS_MAX = 2_000;
    static final int ENTRIES_MAX = 4_000;
    static final int PHOTO_BYTES_MAX = 5 * 1024 * 1024;
    static final long UNPACKED_BYTES_MAX = 2L * 1024 * 1024 * 1024;

    private static final Pattern NAME =
            Pattern.compile("([0-9]{17}[0-9Xx])\\.(jpg|jpeg|png)", Pattern.CASE_INSENSITIVE);

    private final ZipFile zip;

    private PhotoArchive(ZipFile zip) {
        this.zip = zip;
    }

    /** A photo's entry, or why the entry is none. */
    record Item(
            int position, String name, Optional<IdNumber> idNumber, Optional<PhotoIssue> issue) {}

    /** What became of opening the file. */
    sealed interface Opening {
        record Opened(PhotoArchive archive) implements Opening {}

        record Refused(PhotoIssue code, String detail) implements Opening {}
    }

    /** What became of reading an entry. */
    sealed interface Content {
        record Read(byte[] bytes) implements Content {}

        record Refused(PhotoIssue code, String detail) implements Content {}
    }

    static Opening open(Path file) throws IOException {
        if (!isZip(file)) {
            return new Opening.Refused(PhotoIssue.PHOTOS_NOT_ZIP, "");
        }
        for (Charset names : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
            try {
                PhotoArchive archive = new PhotoArchive(new ZipFile(file.toFile(), names));
                if (archive.zip.size() <= ENTRIES_MAX) {
                    return new Opening.Opened(archive);
                }
                archive.close();
                return new Opening.Refused(
                        PhotoIssue.PHOTOS_TOO_MANY, Integer.toString(PHOTOS_MAX));
            } catch (ZipException | IllegalArgumentException damagedOrOtherCharset) {
                // Windows writes entry names in GBK: the second round tells whether it is that
                continue;
            }
        }
        return new Opening.Refused(PhotoIssue.PHOTOS_BROKEN, "");
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = java.nio.file.Files.newInputStream(file)) {
            byte[] head = in.readNBytes(4);
            return head.length == 4
                    && head[0] == 'P'
                    && head[1] == 'K'
                    && (head[2] == 3 || head[2] == 5);
        }
    }

    /** Entries that could be photos; directories and what systems add are passed over. */
    List<Item> items() {
        List<Item> items = new ArrayList<>();
        int position = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            position++;
            if (!entry.isDirectory() && !isSystemFile(entry.getName())) {
                items.add(item(position, entry.getName()));
            }
        }
        return items;
    }

    private static boolean isSystemFile(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.startsWith("__MACOSX/")
                || last.equals(".ds_store")
                || last.equals("thumbs.db")
                || last.equals("desktop.ini");
    }

    private static Item item(int position, String name) {
        if (name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || List.of(name.split("/")).contains("..")) {
            return new Item(
                    position, name, Optional.empty(), Optional.of(PhotoIssue.PHOTO_PATH_ESCAPES));
        }
        Matcher matcher = NAME.matcher(name.substring(name.lastIndexOf('/') + 1));
        if (matcher.matches()
                && IdNumber.read(matcher.group(1)) instanceof IdNumber.Reading.Valid valid) {
            return new Item(position, name, Optional.of(valid.number()), Optional.empty());
        }
        return new Item(
                position, name, Optional.empty(), Optional.of(PhotoIssue.PHOTO_NAME_MALFORMED));
    }

    /** What the zip says all photos unpack to; {@link #read} lets none give more than it says. */
    long statedBytes() {
        return Collections.list(zip.entries()).stream()
                .mapToLong(entry -> Math.clamp(entry.getSize(), 0, PHOTO_BYTES_MAX + 1))
                .sum();
    }

    Content read(Item item) throws IOException {
        ZipEntry entry = zip.getEntry(item.name());
        if (entry == null) {
            return new Content.Refused(PhotoIssue.PHOTO_ENTRY_BROKEN, "");
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readNBytes(Math.clamp(entry.getSize() + 1, 1, PHOTO_BYTES_MAX + 1));
        } catch (ZipException | EOFException | IllegalArgumentException damaged) {
            return new Content.Refused(PhotoIssue.PHOTO_ENTRY_BROKEN, "");
        }
        if (bytes.length > PHOTO_BYTES_MAX) {
            return new Content.Refused(PhotoIssue.PHOTO_TOO_LARGE, "5");
        }
        if (entry.getSize() != bytes.length) {
            return new Content.Refused(PhotoIssue.PHOTO_SIZE_LIE, "");
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue() == entry.getCrc()
                ? new Content.Read(bytes)
                : new Content.Refused(PhotoIssue.PHOTO_ENTRY_BROKEN, "");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
