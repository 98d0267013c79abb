package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.segment.BatchCodec;
import io.invigil.protocol.ledger.segment.SegmentHeader;
import io.invigil.protocol.ledger.segment.SegmentKeyOpener;
import io.invigil.protocol.ledger.segment.SegmentScan;
import io.invigil.protocol.ledger.segment.SegmentScan.Frame;
import io.invigil.protocol.ledger.segment.SegmentScan.Readable;
import io.invigil.protocol.ledger.segment.SegmentScan.Tail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Joins the copies of one segment. Copies are byte for byte the same where both are valid, so the
 * union is taken batch by batch at equal offsets.
 */
final class SegmentMerge {
    private final String fileName;
    private final SegmentKeyOpener keys;
    private final Map<DeviceRole, byte[]> files;
    private final Map<DeviceRole, Readable> copies = new EnumMap<>(DeviceRole.class);
    private final Set<DeviceRole> badHeader = EnumSet.noneOf(DeviceRole.class);
    private final List<LedgerAlarm> alarms = new ArrayList<>();

    /**
     * @param segment empty when no copy holds a batch
     * @param firstRecord first record of the first batch
     * @param damaged copies to be set aside before they are replaced
     * @param composed set when no copy holds everything: the file that does
     * @param missingBatches per device, how many batches it lacks
     * @param otherKey whether it is whole but someone else's
     */
    record Merged(
            Optional<StoredSegment> segment,
            Optional<FactRecord> firstRecord,
            int batches,
            Optional<Readable> whole,
            Set<DeviceRole> damaged,
            Optional<byte[]> composed,
            Map<DeviceRole, Integer> missingBatches,
            boolean otherKey,
            List<LedgerAlarm> alarms) {}

    SegmentMerge(String fileName, Map<DeviceRole, byte[]> files, SegmentKeyOpener keys) {
        this.fileName = fileName;
        this.files = files;
        this.keys = keys;
    }

    Merged merge() {
        scanCopies();
        TreeMap<Integer, DeviceRole> union = new TreeMap<>();
        copies.forEach(
                (role, copy) -> {
                    for (Frame frame : copy.frames()) {
                        union.putIfAbsent(frame.offset(), role);
                    }
                });
        if (union.isEmpty()) {
            return nothing();
        }
        Set<DeviceRole> damaged = EnumSet.noneOf(DeviceRole.class);
        Set<DeviceRole> holders = EnumSet.noneOf(DeviceRole.class);
        Map<DeviceRole, Integer> missing = new EnumMap<>(DeviceRole.class);
        copies.forEach(
                (role, copy) -> {
                    missing.put(role, union.size() - copy.frames().size());
                    if (copy.tail() == Tail.CORRUPT || badHeader.contains(role)) {
                        damaged.add(role);
                    }
                    if (copy.frames().size() == union.size() && !badHeader.contains(role)) {
                        holders.add(role);
                    }
                });
        for (Map.Entry<DeviceRole, byte[]> file : files.entrySet()) {
            if (!copies.containsKey(file.getKey())
                    && BatchCodec.findFrame(file.getValue(), 0) >= 0) {
                damaged.add(file.getKey());
            }
        }
        return joined(union, damaged, holders, missing);
    }

    private Merged joined(
            TreeMap<Integer, DeviceRole> union,
            Set<DeviceRole> damaged,
            Set<DeviceRole> holders,
            Map<DeviceRole, Integer> missing) {
        Optional<byte[]> composed = Optional.empty();
        Readable whole;
        byte[] file;
        if (holders.isEmpty()) {
            file = compose(union);
            composed = Optional.of(file);
            whole = (Readable) SegmentScan.scan(file, keys);
        } else {
            DeviceRole best = holders.iterator().next();
            file = files.get(best);
            whole = copies.get(best);
        }
        boolean gap = whole.tail() == Tail.CORRUPT;
        for (DeviceRole role : damaged) {
            boolean unrepaired = gap && holders.contains(role);
            alarm(
                    unrepaired ? Kind.CORRUPT : Kind.REPAIRED,
                    Optional.of(role),
                    gap ? "a gap remains" : "taken from the other device");
        }
        if (gap && holders.isEmpty()) {
            alarm(Kind.CORRUPT, Optional.empty(), "the same place is damaged on both devices");
        }
        damaged.removeAll(holders);
        StoredSegment segment = StoredSegment.found(whole);
        holders.forEach(segment::heldBy);
        Optional<FactRecord> first =
                whole.codec()
                        .decode(file, whole.frames().get(0).offset())
                        .map(decoded -> decoded.batch().records().get(0));
        return new Merged(
                Optional.of(segment),
                first,
                union.size(),
                Optional.of(whole),
                damaged,
                composed,
                missing,
                false,
                List.copyOf(alarms));
    }

    /** No batch anywhere: a start that a power cut stopped, or a header lost for good. */
    private Merged nothing() {
        boolean otherKey = false;
        for (Map.Entry<DeviceRole, byte[]> file : files.entrySet()) {
            if (SegmentScan.scan(file.getValue(), keys) instanceof SegmentScan.Unreadable lost) {
                otherKey |= lost.otherKey();
                boolean torn = !lost.otherKey() && !lost.holdsBatches();
                alarm(
                        torn ? Kind.TORN_TAIL : Kind.CORRUPT,
                        Optional.of(file.getKey()),
                        torn ? "it was never begun" : "its header or key is damaged");
            }
        }
        return new Merged(
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Map.of(),
                otherKey,
                List.copyOf(alarms));
    }

    private void scanCopies() {
        List<DeviceRole> roles = List.copyOf(files.keySet());
        if (roles.size() == 2 && Arrays.equals(files.get(roles.get(0)), files.get(roles.get(1)))) {
            if (SegmentScan.scan(files.get(roles.get(0)), keys) instanceof Readable copy) {
                roles.forEach(role -> copies.put(role, copy));
            }
            copies.entrySet().removeIf(entry -> isMisplaced(entry.getKey(), entry.getValue()));
            return;
        }
        for (DeviceRole role : roles) {
            if (SegmentScan.scan(files.get(role), keys) instanceof Readable copy) {
                copies.put(role, copy);
            }
        }
        copies.entrySet().removeIf(entry -> isMisplaced(entry.getKey(), entry.getValue()));
        Optional<SegmentHeader> known = copies.values().stream().map(Readable::header).findFirst();
        for (DeviceRole role : roles) {
            if (known.isPresent()
                    && !copies.containsKey(role)
                    && SegmentScan.scan(files.get(role), known.get(), keys) instanceof Readable copy
                    && !copy.frames().isEmpty()) {
                badHeader.add(role);
                copies.put(role, copy);
            }
        }
    }

    /** A segment under another's name, put there by hand or by a damaged directory. */
    private boolean isMisplaced(DeviceRole role, Readable copy) {
        String own = copy.header().identity().name().fileName();
        if (own.equals(fileName)) {
            return false;
        }
        alarm(Kind.CORRUPT, Optional.of(role), "it is " + own + " under another name");
        return true;
    }

    /** A file with the header and every batch that any copy has, each at its offset. */
    private byte[] compose(TreeMap<Integer, DeviceRole> union) {
        Readable sound =
                copies.entrySet().stream()
                        .filter(entry -> !badHeader.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow();
        int length = copies.values().stream().mapToInt(Readable::end).max().orElseThrow();
        byte[] out = new byte[length];
        byte[] header = sound.header().encoded();
        System.arraycopy(header, 0, out, 0, header.length);
        copies.forEach(
                (role, copy) -> {
                    for (Frame frame : copy.frames()) {
                        if (union.get(frame.offset()) == role) {
                            int size = frame.end() - frame.offset();
                            byte[] file = files.get(role);
                            System.arraycopy(file, frame.offset(), out, frame.offset(), size);
                        }
                    }
                });
        return out;
    }

    private void alarm(Kind kind, Optional<DeviceRole> role, String detail) {
        alarms.add(new LedgerAlarm(kind, role, fileName + ": " + detail));
    }
}
