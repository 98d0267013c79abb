package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.LedgerFile;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.segment.BatchCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The segment file being written on one device. For the device's thread only. */
final class DeviceLog {
    static final int COPY_BYTES_MAX = BatchCodec.FRAME_BYTES_MAX;

    private final LedgerFs fs;
    private Optional<LedgerFile> open = Optional.empty();

    DeviceLog(LedgerFs fs) {
        this.fs = fs;
    }

    /** The device to copy from failed, not the one written to. */
    static final class SourceUnreadable extends IOException {
        private static final long serialVersionUID = 1L;

        SourceUnreadable(String message) {
            super(message);
        }

        SourceUnreadable(IOException cause) {
            super(cause);
        }
    }

    static LedgerFs source(Optional<LedgerFs> source) throws SourceUnreadable {
        return source.orElseThrow(() -> new SourceUnreadable("no device holds the segment"));
    }

    /**
     * Appends at the offset given and forces. A new file gets its header forced first, so that a
     * damaged header before a batch can only be corruption, and its name made durable last.
     */
    void write(StoredSegment segment, int offset, byte[] bytes) throws IOException {
        String name = segment.fileName();
        int headerLength = offset == 0 ? segment.header().length() : 0;
        if (offset == 0) {
            close();
            LedgerFile fresh = fs.create(name);
            open = Optional.of(fresh);
            fresh.append(Arrays.copyOf(bytes, headerLength));
            fresh.force();
        }
        LedgerFile file = open.orElseThrow(() -> new IOException("no file is open for " + name));
        if (file.length() != offset + headerLength) {
            throw new IOException(name + " has " + file.length() + " bytes, not " + offset);
        }
        file.append(
                headerLength == 0 ? bytes : Arrays.copyOfRange(bytes, headerLength, bytes.length));
        file.force();
        if (offset == 0) {
            fs.syncDirectory();
        }
    }

    /**
     * Copies whole batches of a segment from another device, about 1 MiB of them.
     *
     * @return the offset reached
     */
    int copy(StoredSegment segment, int from, int to, LedgerFs source) throws IOException {
        byte[] bytes = wholeBatches(segment, from, to, source);
        write(segment, from, bytes);
        return from + bytes.length;
    }

    private static byte[] wholeBatches(StoredSegment segment, int from, int to, LedgerFs source)
            throws SourceUnreadable {
        byte[] bytes;
        int wanted = Math.min(to - from, COPY_BYTES_MAX + segment.header().length());
        try {
            bytes = source.read(segment.fileName(), from, wanted);
        } catch (IOException unreadable) {
            throw new SourceUnreadable(unreadable);
        }
        int whole = from == 0 ? segment.header().length() : 0;
        int header = whole;
        while (whole < bytes.length && BatchCodec.standsAt(bytes, whole)) {
            whole = BatchCodec.endOf(bytes, whole);
        }
        boolean sound = from > 0 || startsWith(bytes, segment.header().encoded());
        if (whole == header || !sound) {
            throw new SourceUnreadable(segment.fileName() + " is damaged at " + (from + whole));
        }
        return Arrays.copyOf(bytes, whole);
    }

    private static boolean startsWith(byte[] bytes, byte[] head) {
        return bytes.length >= head.length
                && Arrays.equals(bytes, 0, head.length, head, 0, head.length);
    }

    void close() throws IOException {
        if (open.isPresent()) {
            LedgerFile file = open.get();
            open = Optional.empty();
            file.close();
        }
    }
}
