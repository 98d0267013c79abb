package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.LedgerFile;
import io.invigil.protocol.ledger.device.LedgerFs;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Puts a whole segment on a device: beside, forced, renamed, so that a crash leaves old or new. */
final class SegmentCopy {
    private static final String TEMPORARY = ".tmp";
    private static final int SET_ASIDE_MAX = 1000;

    private SegmentCopy() {}

    /** Copies a segment's durable part from a device that holds it. */
    static void copy(StoredSegment segment, LedgerFs from, LedgerFs to) throws IOException {
        int end = segment.end();
        byte[] bytes = from.read(segment.fileName(), 0, end);
        if (bytes.length < end) {
            throw new IOException(segment.fileName() + " became shorter on " + from.describe());
        }
        put(to, segment.fileName(), bytes);
    }

    /** Writes the file, replacing one of that name. */
    static void put(LedgerFs to, String name, byte[] bytes) throws IOException {
        String temporary = name + TEMPORARY;
        if (to.list().contains(temporary)) {
            to.delete(temporary);
        }
        try (LedgerFile file = to.create(temporary)) {
            for (int at = 0; at < bytes.length; at += SegmentReading.WINDOW_BYTES) {
                int end = Math.min(bytes.length, at + SegmentReading.WINDOW_BYTES);
                file.append(Arrays.copyOfRange(bytes, at, end));
            }
            file.force();
        }
        to.rename(temporary, name);
        to.syncDirectory();
    }

    /** Keeps a damaged file under another name: what it holds may matter to a court. */
    static void setAside(LedgerFs fs, String name) throws IOException {
        List<String> names = fs.list();
        for (int number = 1; number <= SET_ASIDE_MAX; number++) {
            String aside = "damaged-" + number + "-" + name;
            if (!names.contains(aside)) {
                fs.rename(name, aside);
                fs.syncDirectory();
                return;
            }
        }
        throw new IOException("more than " + SET_ASIDE_MAX + " damaged copies of " + name);
    }
}
