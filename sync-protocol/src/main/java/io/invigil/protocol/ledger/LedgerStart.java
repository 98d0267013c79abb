package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.device.Membership;
import io.invigil.protocol.ledger.device.VolumeMarker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Opens a ledger: whose devices are these, what do they hold, which are relied on. */
final class LedgerStart {
    private static final int ID_BYTES = 16;

    private final LedgerSettings settings;
    private final List<LedgerAlarm> alarms = new ArrayList<>();

    LedgerStart(LedgerSettings settings) {
        this.settings = settings;
    }

    /** What was found, with the new membership already on the devices relied on. */
    record Started(Recovered recovered, Membership membership, List<LedgerAlarm> alarms) {}

    /** Recovers; a device that fails on the way is left out and alarmed. */
    Started start(Map<DeviceRole, ? extends LedgerFs> given) {
        Map<DeviceRole, LedgerFs> rest = new EnumMap<>(given);
        while (!rest.isEmpty()) {
            int alarmsBefore = alarms.size();
            try {
                return attempt(rest);
            } catch (LedgerInventory.DeviceLost lost) {
                alarms.subList(alarmsBefore, alarms.size()).clear();
                alarm(Kind.DEVICE_MISSING, lost.role(), "cannot be used: " + lost.getMessage());
                rest.remove(lost.role());
            }
        }
        throw new LedgerUnavailable("no device of the ledger can be used");
    }

    private Started attempt(Map<DeviceRole, LedgerFs> given) {
        Map<DeviceRole, DeviceStart> devices = new EnumMap<>(DeviceRole.class);
        given.forEach((role, fs) -> devices.put(role, DeviceStart.of(role, fs)));
        devices.values().removeIf(this::isForeign);
        alarmSameStore(devices);
        mark(devices);
        if (devices.isEmpty()) {
            throw new LedgerUnavailable("the devices belong to another ledger");
        }
        var keys = settings.keys();
        Recovered found =
                new LedgerRecovery(header -> header.segmentKey(keys.wrappingKey()), devices)
                        .recover();
        alarms.addAll(found.alarms());
        alarmMissing(found);
        Set<String> volumes =
                found.members().stream().map(found.volumes()::get).collect(Collectors.toSet());
        Membership membership = found.membership().next(volumes);
        for (DeviceRole role : found.members()) {
            onDevice(role, () -> membership.write(found.devices().get(role)));
        }
        return new Started(found, membership, List.copyOf(alarms));
    }

    private boolean isForeign(DeviceStart device) {
        boolean foreign =
                device.marker()
                        .map(
                                marker ->
                                        !marker.realm().equals(settings.realm().value())
                                                || !marker.node().equals(settings.node().value()))
                        .orElse(false);
        if (foreign) {
            alarm(Kind.DEVICE_FOREIGN, device.role(), "it is marked for another node");
        }
        return foreign;
    }

    private void alarmSameStore(Map<DeviceRole, DeviceStart> devices) {
        Set<String> stores =
                devices.values().stream().map(DeviceStart::store).collect(Collectors.toSet());
        if (stores.size() < devices.size()) {
            alarm(Kind.SAME_STORE, DeviceRole.B, "both devices lie on " + stores);
        }
    }

    /** Puts a marker on new devices; refuses B when it is marked for another ledger than A. */
    private void mark(Map<DeviceRole, DeviceStart> devices) {
        Optional<VolumeMarker> known = Optional.empty();
        for (DeviceRole role : DeviceRole.values()) {
            Optional<VolumeMarker> marker =
                    Optional.ofNullable(devices.get(role)).flatMap(DeviceStart::marker);
            if (known.isPresent()
                    && marker.isPresent()
                    && !marker.get().ledger().equals(known.get().ledger())) {
                alarm(Kind.DEVICE_FOREIGN, role, "it is marked for another ledger");
                devices.remove(role);
            }
            known = known.or(() -> marker);
        }
        boolean used = devices.values().stream().anyMatch(device -> !device.isNew());
        String ledger = known.map(VolumeMarker::ledger).orElseGet(this::randomId);
        for (DeviceStart device : List.copyOf(devices.values())) {
            if (device.marker().isPresent()) {
                continue;
            }
            DeviceRole role = device.role();
            if (device.hasSegments()) {
                alarm(Kind.CORRUPT, role, "its marker is lost; its segments are checked by key");
            } else if (used) {
                alarm(Kind.DEVICE_REPLACED, role, "it is empty and is being filled");
            }
            VolumeMarker marker =
                    new VolumeMarker(
                            ledger, randomId(), settings.realm().value(), settings.node().value());
            onDevice(role, () -> marker.write(device.fs()));
            devices.put(role, device.marked(marker));
        }
    }

    private void alarmMissing(Recovered found) {
        boolean absent =
                found.membership().members().stream()
                        .anyMatch(volume -> !found.volumes().containsValue(volume));
        if (absent && found.devices().size() == 1) {
            DeviceRole there = found.devices().keySet().iterator().next();
            alarm(Kind.DEVICE_MISSING, there.other(), "it was relied on and is not there");
        }
        if (!found.devices().containsKey(DeviceRole.A)) {
            alarm(
                    Kind.STARTED_FROM_B,
                    DeviceRole.B,
                    "generation "
                            + found.membership().generation()
                            + ", last position "
                            + found.lastPosition());
        }
    }

    /** The fact that opens the new epoch. */
    LedgerFacts.EpochOpened epochOpened(Started started) {
        Recovered found = started.recovered();
        Optional<EpochLog> parent = found.tree().tip();
        return new LedgerFacts.EpochOpened(
                LedgerFacts.EPOCH_OPENED,
                EpochId.random(settings.entropy()).hex(),
                parent.map(log -> log.epoch().hex()).orElse(""),
                parent.map(EpochLog::lastPosition).orElse(0L),
                parent.map(log -> LedgerFacts.heads(log.heads())).orElse(Map.of()),
                found.tree().parked(),
                settings.reason(),
                started.membership().generation(),
                found.members().stream().map(DeviceRole::name).toList(),
                settings.wallClock().millis());
    }

    private String randomId() {
        return HexFormat.of().formatHex(settings.entropy().bytes(ID_BYTES));
    }

    private void alarm(Kind kind, DeviceRole role, String detail) {
        alarms.add(new LedgerAlarm(kind, Optional.of(role), detail));
    }

    /** Work on a device that may fail with it. */
    private interface Step {
        void run() throws IOException;
    }

    private static void onDevice(DeviceRole role, Step step) {
        try {
            step.run();
        } catch (IOException failure) {
            throw new LedgerInventory.DeviceLost(role, failure);
        }
    }
}
