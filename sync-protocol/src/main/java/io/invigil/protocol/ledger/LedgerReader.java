package io.invigil.protocol.ledger;

import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.segment.SegmentIdentity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the raw devices of a dead node with the hub's recovery key ({@code invigil hub
 * import-ledger}). Writes nothing. What it finds is as trustworthy as the stick: the records are
 * chained and encrypted, but not signed one by one; checkpoints among them are.
 *
 * <p>May be used from any thread.
 */
public final class LedgerReader {
    private final Optional<SegmentIdentity> identity;
    private final History history;
    private final List<LedgerAlarm> alarms;

    private LedgerReader(
            Optional<SegmentIdentity> identity, History history, List<LedgerAlarm> alarms) {
        this.identity = identity;
        this.history = history;
        this.alarms = List.copyOf(alarms);
    }

    /**
     * Reads one device, or both of a node together.
     *
     * @throws LedgerKeyWrong when a segment was sealed to another recovery key
     * @throws LedgerUnavailable when no device can be read, or they belong to different nodes
     */
    public static LedgerReader open(
            LedgerFs device, Optional<LedgerFs> otherDevice, SealKey recoveryKey) {
        Map<DeviceRole, LedgerFs> devices = new EnumMap<>(DeviceRole.class);
        devices.put(DeviceRole.A, device);
        otherDevice.ifPresent(fs -> devices.put(DeviceRole.B, fs));
        List<LedgerAlarm> lost = new ArrayList<>();
        while (!devices.isEmpty()) {
            try {
                return read(devices, recoveryKey, lost);
            } catch (LedgerInventory.DeviceLost failed) {
                lost.add(
                        new LedgerAlarm(
                                LedgerAlarm.Kind.DEVICE_MISSING,
                                Optional.of(failed.role()),
                                "cannot be read: " + failed.getMessage()));
                devices.remove(failed.role());
            }
        }
        throw new LedgerUnavailable("no device can be read");
    }

    private static LedgerReader read(
            Map<DeviceRole, LedgerFs> devices, SealKey recoveryKey, List<LedgerAlarm> lost) {
        Map<DeviceRole, DeviceStart> readable = new EnumMap<>(DeviceRole.class);
        devices.forEach((role, fs) -> readable.put(role, DeviceStart.of(role, fs)));
        LedgerInventory inventory =
                new LedgerInventory(
                        header -> header.segmentKey(recoveryKey),
                        readable,
                        (segment, copies) -> devices.keySet().forEach(segment::heldBy));
        List<EpochLog> epochs = inventory.epochs();
        List<SegmentIdentity> identities =
                epochs.stream().map(log -> log.segments().get(0).header().identity()).toList();
        if (identities.stream().map(id -> id.realm() + "/" + id.node()).distinct().count() > 1) {
            throw new LedgerUnavailable("the devices hold ledgers of different nodes");
        }
        List<LedgerAlarm> alarms = new ArrayList<>(lost);
        alarms.addAll(inventory.alarms());
        SegmentReading reading = new SegmentReading(devices, alarm -> {});
        return new LedgerReader(
                identities.stream().findFirst(),
                new History(epochs, EpochTree.of(epochs).main(), reading),
                alarms);
    }

    /** Whose ledger it is; empty when nothing was found. */
    public Optional<NodeId> node() {
        return identity.map(SegmentIdentity::node);
    }

    /** The realm of that node; empty when nothing was found. */
    public Optional<Realm> realm() {
        return identity.map(SegmentIdentity::realm);
    }

    /** Damage that was found; gaps in the records follow from {@code CORRUPT} only. */
    public List<LedgerAlarm> alarms() {
        return alarms;
    }

    /** All epochs, oldest first. */
    public List<EpochHeads> heads() {
        return history.heads();
    }

    /** Records of one lane of an epoch, as {@link Ledger#read}. */
    public List<FactRecord> read(
            EpochId epoch, Lane lane, long fromSeq, int maxRecords, int maxBytes) {
        return history.read(epoch, lane, fromSeq, maxRecords, maxBytes);
    }
}
