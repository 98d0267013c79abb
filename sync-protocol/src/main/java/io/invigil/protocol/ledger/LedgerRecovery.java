package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.device.Membership;
import io.invigil.protocol.ledger.segment.SegmentKeyOpener;
import io.invigil.protocol.ledger.segment.SegmentName;
import io.invigil.protocol.ledger.segment.SegmentScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds everything durable on the devices and brings them level (XSP/1 section 2, recovery). Never
 * deletes or shortens a file; a damaged one is set aside before a good copy takes its name.
 */
final class LedgerRecovery {
    /** Segment files of one ledger. */
    static final int SEGMENTS_MAX = 20_000;

    /** More than this is copied to a device in the background, while the ledger runs. */
    static final long COPIED_AT_START_BYTES_MAX = 32L * 1024 * 1024;

    private final SegmentKeyOpener keys;
    private final Map<DeviceRole, DeviceStart.Readable> devices;
    private final List<LedgerAlarm> alarms = new ArrayList<>();
    private final Map<DeviceRole, Integer> missingBatches = new EnumMap<>(DeviceRole.class);
    private final Map<DeviceRole, List<StoredSegment>> missing = new EnumMap<>(DeviceRole.class);

    /**
     * @param devices readable devices, marked as this ledger's
     */
    LedgerRecovery(SegmentKeyOpener keys, Map<DeviceRole, DeviceStart.Readable> devices) {
        this.keys = keys;
        this.devices = new EnumMap<>(devices);
        devices.keySet().forEach(role -> missing.put(role, new ArrayList<>()));
    }

    /** A device failed while the ledger was being opened: start again without it. */
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

    Recovered recover() {
        Map<EpochId, TreeMap<Integer, SegmentName>> names = segmentNames();
        List<EpochLog> epochs = new ArrayList<>();
        names.values().forEach(ofEpoch -> epoch(ofEpoch).ifPresent(epochs::add));
        epochs.sort(
                Comparator.comparingLong(EpochLog::firstPosition).thenComparing(EpochLog::epoch));
        EpochTree tree = EpochTree.of(epochs);
        for (EpochId lost : tree.lost()) {
            alarm(Kind.CORRUPT, Optional.empty(), "the end of epoch " + lost + " is missing");
        }
        if (!tree.newlyParked().isEmpty()) {
            alarm(Kind.FORKED, Optional.empty(), "beside the main branch: " + tree.newlyParked());
        }
        copyAtStart();
        Membership membership =
                devices.values().stream()
                        .map(DeviceStart.Readable::membership)
                        .max(Comparator.comparingLong(Membership::generation))
                        .orElse(Membership.NONE);
        alarmStale(membership);
        Map<DeviceRole, LedgerFs> usable = new EnumMap<>(DeviceRole.class);
        Map<DeviceRole, String> volumes = new EnumMap<>(DeviceRole.class);
        devices.forEach(
                (role, device) -> {
                    usable.put(role, device.fs());
                    volumes.put(role, device.volume());
                });
        missing.keySet().retainAll(usable.keySet());
        return new Recovered(usable, volumes, missing, membership, members(), epochs, tree, alarms);
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
            repair(segment, merged);
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
        for (DeviceStart.Readable device : devices.values()) {
            if (!device.names().contains(name.fileName())) {
                continue;
            }
            try {
                int most = LedgerSettings.SEGMENT_BYTES + SegmentReading.WINDOW_BYTES;
                files.put(device.role(), device.fs().read(name.fileName(), 0, most));
            } catch (IOException failure) {
                throw new DeviceLost(device.role(), failure);
            }
        }
        return new SegmentMerge(name.fileName(), files, keys).merge();
    }

    /** Sets damaged copies aside, writes a joined file, and notes who lacks the segment. */
    private void repair(StoredSegment segment, SegmentMerge.Merged merged) {
        for (DeviceStart.Readable device : devices.values()) {
            DeviceRole role = device.role();
            int lacking = merged.missingBatches().getOrDefault(role, merged.batches());
            missingBatches.merge(role, lacking, Math::addExact);
            if (segment.isHeldBy(role)) {
                continue;
            }
            try {
                if (merged.damaged().contains(role)) {
                    SegmentCopy.setAside(device.fs(), segment.fileName());
                }
                if (merged.composed().isPresent()) {
                    SegmentCopy.put(device.fs(), segment.fileName(), merged.composed().get());
                    segment.heldBy(role);
                } else {
                    missing.get(role).add(segment);
                }
            } catch (IOException failure) {
                throw new DeviceLost(role, failure);
            }
        }
    }

    private void copyAtStart() {
        for (DeviceStart.Readable device : devices.values()) {
            List<StoredSegment> lacking = missing.get(device.role());
            long bytes = lacking.stream().mapToLong(StoredSegment::end).sum();
            if (bytes == 0 || bytes > COPIED_AT_START_BYTES_MAX) {
                continue;
            }
            for (StoredSegment segment : List.copyOf(lacking)) {
                copyAtStart(segment, devices.get(device.role().other()), device);
                lacking.remove(segment);
            }
        }
    }

    private static void copyAtStart(
            StoredSegment segment, DeviceStart.Readable from, DeviceStart.Readable to) {
        byte[] bytes;
        try {
            bytes = from.fs().read(segment.fileName(), 0, segment.end());
        } catch (IOException failure) {
            throw new DeviceLost(from.role(), failure);
        }
        try {
            SegmentCopy.put(to.fs(), segment.fileName(), bytes);
        } catch (IOException failure) {
            throw new DeviceLost(to.role(), failure);
        }
        segment.heldBy(to.role());
    }

    private void alarmStale(Membership membership) {
        devices.forEach(
                (role, device) -> {
                    boolean member = membership.members().contains(device.volume());
                    int lacked = missingBatches.getOrDefault(role, 0);
                    boolean old = device.membership().generation() < membership.generation();
                    if (membership.generation() > 0
                            && !device.membership().equals(Membership.NONE)
                            && (!member || old || lacked > 1)) {
                        alarm(Kind.DEVICE_STALE, Optional.of(role), staleness(role, membership));
                    }
                });
    }

    private String staleness(DeviceRole role, Membership membership) {
        return "generation "
                + devices.get(role).membership().generation()
                + " of "
                + membership.generation()
                + ", batches missing: "
                + missingBatches.getOrDefault(role, 0);
    }

    /** Devices that lack nothing. When each lacks something, the one that lacks least. */
    private Set<DeviceRole> members() {
        Set<DeviceRole> members = EnumSet.noneOf(DeviceRole.class);
        for (DeviceRole role : devices.keySet()) {
            if (missing.get(role).isEmpty()) {
                members.add(role);
            }
        }
        if (members.isEmpty()) {
            devices.keySet().stream()
                    .min(Comparator.comparingInt(role -> missing.get(role).size()))
                    .ifPresent(members::add);
        }
        return members;
    }

    private void alarm(Kind kind, Optional<DeviceRole> role, String detail) {
        alarms.add(new LedgerAlarm(kind, role, detail));
    }
}
