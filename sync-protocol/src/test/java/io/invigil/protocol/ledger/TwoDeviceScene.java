package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.sim.CrashFs;
import io.invigil.protocol.sim.Power;
import io.invigil.protocol.sim.Survival;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** Two simulated devices, plugged in and out, and what is saved on them. */
abstract class TwoDeviceScene {
    final LedgerFixture fixture = new LedgerFixture(7);
    final Random random = new Random(7);
    CrashFs deviceA;
    CrashFs deviceB;
    CrashRun run;

    @BeforeEach
    void twoFreshDevices() {
        plugIn(new CrashFs("A", Power.steady()), new CrashFs("B", Power.steady()));
    }

    void save(CrashRun.Open open, String text) {
        run.append(open, Lane.RES, text);
        open.time().pass(Duration.ofMillis(300));
    }

    void plugIn(CrashFs onlyA) {
        plugIn(onlyA, DeviceRole.A);
    }

    void plugIn(CrashFs device, DeviceRole role) {
        next(Map.of(role, device));
    }

    void plugIn(CrashFs fsA, CrashFs fsB) {
        deviceA = fsA;
        deviceB = fsB;
        next(Map.of(DeviceRole.A, fsA, DeviceRole.B, fsB));
    }

    private void next(Map<DeviceRole, CrashFs> devices) {
        CrashRun fresh = new CrashRun(fixture, devices);
        if (run != null && !devices.values().stream().allMatch(fs -> fs.operations() == 0)) {
            fresh.offered.addAll(run.offered);
        } else if (run != null && holdsSomething(devices)) {
            fresh.offered.addAll(run.offered);
        }
        run = fresh;
    }

    private static boolean holdsSomething(Map<DeviceRole, CrashFs> devices) {
        return devices.values().stream()
                .anyMatch(
                        fs -> {
                            try {
                                return !fs.list().isEmpty();
                            } catch (java.io.IOException dead) {
                                return true;
                            }
                        });
    }

    CrashRun.Open afterPowerCut(Survival how) {
        plugIn(
                deviceA.afterPowerCut(how, random, Power.steady()),
                deviceB.afterPowerCut(how, random, Power.steady()));
        return run.open();
    }

    CrashRun.Open reopen() {
        plugIn(deviceA.moved(Power.steady()), deviceB.moved(Power.steady()));
        return run.open();
    }

    void sameSegments() {
        Map<DeviceRole, Map<String, String>> files = new EnumMap<>(DeviceRole.class);
        run.devices.forEach(
                (role, fs) -> {
                    Map<String, String> contents = new java.util.TreeMap<>();
                    try {
                        for (String name : fs.list()) {
                            if (name.startsWith("seg-")) {
                                byte[] bytes = fs.read(name, 0, Integer.MAX_VALUE / 2);
                                contents.put(
                                        name,
                                        io.invigil.protocol.crypto.Digest.sha256(bytes).hex());
                            }
                        }
                    } catch (java.io.IOException unreadable) {
                        throw new java.io.UncheckedIOException(unreadable);
                    }
                    files.put(role, contents);
                });
        assertThat(files.get(DeviceRole.A)).isEqualTo(files.get(DeviceRole.B)).isNotEmpty();
    }

    static List<String> everything(Ledger ledger) {
        List<FactRecord> records = new ArrayList<>();
        for (EpochHeads epoch : ledger.heads()) {
            for (Lane lane : Lane.values()) {
                records.addAll(ledger.read(epoch.epoch(), lane, 1, 10_000, Integer.MAX_VALUE));
            }
        }
        return LedgerFixture.texts(records);
    }

    static Set<String> types(Ledger ledger) {
        Set<String> types = new java.util.TreeSet<>();
        for (FactRecord record : LedgerFixture.replayedRecords(ledger)) {
            String json = new String(record.json(), StandardCharsets.UTF_8);
            types.add(json.substring(6, json.indexOf('"', 6)));
        }
        return types;
    }

    static List<Kind> kinds(List<LedgerAlarm> alarms) {
        return alarms.stream().map(LedgerAlarm::kind).toList();
    }
}
