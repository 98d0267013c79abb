package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFile;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.device.Membership;
import io.invigil.protocol.ledger.segment.SegmentKeyOpener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds everything durable on the devices and brings them level (XSP/1 section 2, recovery). Never
 * deletes or shortens a file; a damaged one is set aside before a good copy takes its name.
 */
final class LedgerRecovery {
    /** More than this is copied to a device in the background, while the ledger runs. */
    static final long COPIED_AT_START_BYTES_MAX = 32L * 1024 * 1024;

    private final SegmentKeyOpener keys;
    private final Map<DeviceRole, DeviceStart> devices;
    private final List<LedgerAlarm> alarms = new ArrayList<>();
    private final Map<DeviceRole, Integer> missingBatches = new EnumMap<>(DeviceRole.class);
    private final Map<DeviceRole, List<StoredSegment>> missing = new EnumMap<>(DeviceRole.class);

    /**
     * @param devices readable devices, marked as this ledger's
     */
    LedgerRecovery(SegmentKeyOpener keys, Map<DeviceRole, DeviceStart> devices) {
        this.keys = keys;
        this.devices = new EnumMap<>(devices);
        devices.keySet().forEach(role -> missing.put(role, new ArrayList<>()));
    }

    Recovered recover() {
        LedgerInventory inventory = new LedgerInventory(keys, devices, this::repair);
        List<EpochLog> epochs = inventory.epochs();
        alarms.addAll(inventory.alarms());
        EpochTree tree = EpochTree.of(epochs);
        for (EpochId lost : tree.lost()) {
            alarm(Kind.CORRUPT, Optional.empty(), "the end of epoch " + lost + " is missing");
        }
        if (!tree.newlyParked().isEmpty()) {
            alarm(Kind.FORKED, Optional.empty(), "beside the main branch: " + tree.newlyParked());
        }
        Membership membership =
                devices.values().stream()
                        .map(DeviceStart::membership)
                        .max(Comparator.comparingLong(Membership::generation))
                        .orElse(Membership.NONE);
        tree.tip().ifPresent(tip -> distrustLeftBehind(membership, tip));
        copyAtStart();
        copyRestored();
        settle(epochs);
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

    /** Sets damaged copies aside, writes a joined file, and notes who lacks the segment. */
    private void repair(StoredSegment segment, SegmentMerge.Merged merged) {
        for (DeviceStart device : devices.values()) {
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
                throw new LedgerInventory.DeviceLost(role, failure);
            }
        }
    }

    private void copyAtStart() {
        for (DeviceStart device : devices.values()) {
            List<StoredSegment> lacking = missing.get(device.role());
            long bytes = lacking.stream().mapToLong(StoredSegment::end).sum();
            if (bytes == 0 || bytes > COPIED_AT_START_BYTES_MAX) {
                continue;
            }
            for (StoredSegment segment : List.copyOf(lacking)) {
                DeviceStart from = devices.get(device.role().other());
                copy(segment.fileName(), segment.end(), from, device);
                segment.heldBy(device.role());
                lacking.remove(segment);
            }
        }
    }

    /** Files that came back from the hub are few and small: always brought level at once. */
    private void copyRestored() {
        for (DeviceStart from : devices.values()) {
            for (DeviceStart to : devices.values()) {
                from.names().stream()
                        .filter(name -> RestoredFile.isOne(name) && !to.names().contains(name))
                        .forEach(name -> copy(name, LedgerSettings.SEGMENT_BYTES, from, to));
            }
        }
    }

    private static void copy(String name, int bytesMax, DeviceStart from, DeviceStart to) {
        byte[] bytes;
        try {
            bytes = from.fs().read(name, 0, bytesMax);
        } catch (IOException failure) {
            throw new LedgerInventory.DeviceLost(from.role(), failure);
        }
        try {
            SegmentCopy.put(to.fs(), name, bytes);
        } catch (IOException failure) {
            throw new LedgerInventory.DeviceLost(to.role(), failure);
        }
    }

    /**
     * A device that was given up may show bytes from memory that a failed force never wrote: what
     * it holds of the last epoch is written again from a device that was relied on (fault row 10).
     */
    private void distrustLeftBehind(Membership membership, EpochLog tip) {
        for (DeviceStart device : devices.values()) {
            Optional<DeviceStart> relied =
                    Optional.ofNullable(devices.get(device.role().other()))
                            .filter(other -> membership.members().contains(other.volume()));
            if (relied.isEmpty() || membership.members().contains(device.volume())) {
                continue;
            }
            for (StoredSegment segment : tip.segments()) {
                if (segment.isHeldBy(device.role()) && segment.isHeldBy(relied.get().role())) {
                    segment.notHeldBy(device.role());
                    missing.get(device.role()).add(segment);
                }
            }
        }
    }

    /**
     * A process that was killed leaves bytes that were written but never forced. They are about to
     * be shown and built upon, so they are forced now: the last segment of each epoch that none
     * continues, and the directory.
     */
    private void settle(List<EpochLog> epochs) {
        Set<EpochId> continued = new HashSet<>();
        epochs.forEach(log -> log.parent().ifPresent(continued::add));
        for (DeviceStart device : devices.values()) {
            try {
                for (EpochLog log : epochs) {
                    StoredSegment last = log.segments().get(log.segments().size() - 1);
                    if (!continued.contains(log.epoch()) && last.isHeldBy(device.role())) {
                        try (LedgerFile file = device.fs().reopen(last.fileName())) {
                            file.force();
                        }
                    }
                }
                device.fs().syncDirectory();
            } catch (IOException failure) {
                throw new LedgerInventory.DeviceLost(device.role(), failure);
            }
        }
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
