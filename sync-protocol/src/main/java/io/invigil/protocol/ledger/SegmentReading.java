package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.segment.Batch;
import io.invigil.protocol.ledger.segment.BatchCodec;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Reads durable batches from whichever device gives them whole; a batch that one device gives
 * damaged is taken from the other and alarmed once per file (fault row 11). Thread-safe.
 */
final class SegmentReading {
    static final int WINDOW_BYTES = 256 * 1024;

    private final Map<DeviceRole, LedgerFs> devices;
    private final LedgerListener listener;
    private final Set<String> alarmed = ConcurrentHashMap.newKeySet();

    SegmentReading(Map<DeviceRole, LedgerFs> devices, LedgerListener listener) {
        this.devices = Map.copyOf(devices);
        this.listener = listener;
    }

    /**
     * Visits the batches from an offset on, skipping damage that recovery has found.
     *
     * @return whether the visitor wanted all of them
     */
    boolean batches(StoredSegment segment, int from, Predicate<Batch> visitor) {
        for (StoredSegment.Extent extent : segment.extents()) {
            if (extent.end() <= from) {
                continue;
            }
            if (!extent(segment, Math.max(from, extent.start()), extent.end(), visitor)) {
                return false;
            }
        }
        return true;
    }

    private boolean extent(StoredSegment segment, int from, int end, Predicate<Batch> visitor) {
        Window window = new Window(0, new byte[0]);
        for (int at = from; at < end; ) {
            Optional<BatchCodec.Decoded> decoded = window.decode(segment, at);
            if (decoded.isEmpty()) {
                window = load(segment, at, end);
                decoded = window.decode(segment, at);
            }
            BatchCodec.Decoded found =
                    decoded.orElseThrow(
                            () -> new LedgerUnreadable(segment.fileName() + " is damaged"));
            at = window.offset + found.end();
            if (!visitor.test(found.batch())) {
                return false;
            }
        }
        return true;
    }

    /** A window that starts with a whole batch, from the first device that has it. */
    private Window load(StoredSegment segment, int at, int end) {
        Set<DeviceRole> holders = new TreeSet<>(segment.holders());
        for (int bytesMax : new int[] {WINDOW_BYTES, BatchCodec.FRAME_BYTES_MAX}) {
            for (DeviceRole role : holders) {
                Window window = load(segment, role, at, Math.min(end - at, bytesMax));
                if (window.decode(segment, at).isPresent()) {
                    return window;
                }
                boolean whole = window.bytes.length == end - at || bytesMax > WINDOW_BYTES;
                if (whole && alarmed.add(role + segment.fileName())) {
                    listener.alarm(
                            new LedgerAlarm(
                                    LedgerAlarm.Kind.CORRUPT,
                                    Optional.of(role),
                                    segment.fileName() + " at " + at));
                }
            }
        }
        return new Window(at, new byte[0]);
    }

    private Window load(StoredSegment segment, DeviceRole role, int at, int length) {
        try {
            byte[] bytes = devices.get(role).read(segment.fileName(), at, length);
            return new Window(at, bytes);
        } catch (IOException unreadable) {
            // as good as damaged: the caller tries the other device, and alarms
            return new Window(at, new byte[0]);
        }
    }

    private record Window(int offset, byte[] bytes) {
        Optional<BatchCodec.Decoded> decode(StoredSegment segment, int at) {
            int inside = at - offset;
            return inside < 0 || inside >= bytes.length
                    ? Optional.empty()
                    : segment.codec().decode(bytes, inside);
        }
    }
}
