package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.segment.SegmentKeyOpener;
import io.invigil.protocol.ledger.segment.SegmentName;
import io.invigil.protocol.ledger.segment.SegmentScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Reads every segment of one or two devices and joins their copies into epochs. Writes nothing. */
final class LedgerInventory {
    /** Segment files of one ledger. */
    static final int SEGMENTS_MAX = 20_000;

    private final SegmentKeyOpener keys;
    private final Map<DeviceRole, DeviceStart> devices;
    private final BiConsumer<StoredSegment, SegmentMerge.Merged> found;
    private final List<LedgerAlarm> alarms = new ArrayList<>();
    private Optional<String> otherKey = Optional.empty();

    /**
     * @param found told of each segment while its copies are in memory
     */
    LedgerInventory(
            SegmentKeyOpener keys,
            Map<DeviceRole, DeviceStart> devices,
            BiConsumer<StoredSegment, SegmentMerge.Merged> found) {
        this.keys = keys;
        this.devices = devices;
        this.found = found;
    }

    /** A device failed while the ledger was being read: start again without it. */
    static final class DeviceLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final DeviceRole role;

        DeviceLost(DeviceRole role, IOException cause) {
            super(cause.getMessage(), cause);
            this.role = role;
        }

        DeviceRole role() {
            return role;
        }
    }

    /**
     * All epochs that hold a batch, oldest first.
     *
     * @throws LedgerKeyWrong when there are segments and the key opens none
     */
    List<EpochLog> epochs() {
        List<EpochLog> epochs = new ArrayList<>();
        segmentNames().values().forEach(ofEpoch -> epoch(ofEpoch).ifPresent(epochs::add));
        if (epochs.isEmpty() && otherKey.isPresent()) {
            throw new LedgerKeyWrong(otherKey.get());
        }
        epochs.forEach(this::addRestored);
        epochs.sort(
                Comparator.comparingLong(EpochLog::firstPosition).thenComparing(EpochLog::epoch));
        return epochs;
    }

    List<LedgerAlarm> alarms() {
        return alarms;
    }

    private Map<EpochId, TreeMap<Integer, SegmentName>> segmentNames() {
        Map<EpochId, TreeMap<Integer, SegmentName>> names = new HashMap<>();
        Set<String> distinct = new TreeSet<>();
        devices.values().forEach(device -> distinct.addAll(device.names()));
        int segments = 0;
        for (String fileName : distinct) {
            Optional<SegmentName> name = SegmentName.parse(fileName);
            if (name.isPresent()) {
                names.computeIfAbsent(name.get().epoch(), e -> new TreeMap<>())
                        .put(name.get().index(), name.get());
                segments++;
            }
        }
        if (segments > SEGMENTS_MAX) {
            throw new LedgerUnavailable("more than " + SEGMENTS_MAX + " segments on the devices");
        }
        return names;
    }

    private Optional<EpochLog> epoch(TreeMap<Integer, SegmentName> names) {
        List<StoredSegment> segments = new ArrayList<>();
        Optional<SegmentScan.Readable> last = Optional.empty();
        Optional<FactRecord> opening = Optional.empty();
        for (SegmentName name : names.values()) {
            SegmentMerge.Merged merged = mergeOf(name);
            alarms.addAll(merged.alarms());
            otherKey = merged.otherKey() ? Optional.of(name.fileName()) : otherKey;
            if (merged.segment().isEmpty()) {
                continue;
            }
            StoredSegment segment = merged.segment().get();
            SegmentScan.Readable whole = merged.whole().orElseThrow();
            boolean linked =
                    last.map(before -> follows(before, whole))
                            .orElse(whole.header().identity().index() == 0);
            if (!linked) {
                alarm(Kind.CORRUPT, Optional.empty(), "batches before " + name.fileName());
            }
            if (segments.isEmpty() && name.index() == 0) {
                opening = merged.firstRecord();
            }
            segments.add(segment);
            last = Optional.of(whole);
            found.accept(segment, merged);
        }
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        if (last.orElseThrow().tail() == SegmentScan.Tail.TORN) {
            alarm(
                    Kind.TORN_TAIL,
                    Optional.empty(),
                    last.get().header().identity().name().fileName());
        }
        return Optional.of(log(segments, opening));
    }

    /** Adds what came back from the hub in earlier runs, from the device that has most of it. */
    private void addRestored(EpochLog log) {
        for (int number = 1; number <= RestoredFile.FILES_MAX; number++) {
            String name = RestoredFile.name(log.epoch(), number);
            List<FactRecord> most = List.of();
            for (DeviceStart device : devices.values()) {
                if (device.names().contains(name)) {
                    List<FactRecord> records = RestoredFile.decode(file(device, name), keys);
                    most = records.size() > most.size() ? records : most;
                }
            }
            if (most.isEmpty()) {
                return;
            }
            log.restore(most);
        }
    }

    private static boolean follows(SegmentScan.Readable before, SegmentScan.Readable next) {
        var identity = next.header().identity();
        return identity.index() == before.header().identity().index() + 1
                && identity.firstBatch() == before.lastBatch() + 1
                && identity.prevBatchHash().equals(before.lastHash());
    }

    private static EpochLog log(List<StoredSegment> segments, Optional<FactRecord> opening) {
        var identity = segments.get(0).header().identity();
        LedgerFacts.EpochOpened opened =
                opening.flatMap(record -> LedgerFacts.epochOpened(record.json()))
                        .orElseGet(
                                () ->
                                        LedgerFacts.EpochOpened.lost(
                                                identity, identity.firstPosition() - 1));
        return new EpochLog(identity, opened, segments);
    }

    private SegmentMerge.Merged mergeOf(SegmentName name) {
        Map<DeviceRole, byte[]> files = new EnumMap<>(DeviceRole.class);
        for (DeviceStart device : devices.values()) {
            if (!device.names().contains(name.fileName())) {
                continue;
            }
            files.put(device.role(), file(device, name.fileName()));
        }
        return new SegmentMerge(name.fileName(), files, keys).merge();
    }

    private static byte[] file(DeviceStart device, String name) {
        try {
            int most = LedgerSettings.SEGMENT_BYTES + SegmentReading.WINDOW_BYTES;
            return device.fs().read(name, 0, most);
        } catch (IOException failure) {
            throw new DeviceLost(device.role(), failure);
        }
    }

    private void alarm(Kind kind, Optional<DeviceRole> role, String detail) {
        alarms.add(new LedgerAlarm(kind, role, detail));
    }
}
