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
import org.junit.jupiter.api.Test;

/** Devices that fail, hang, come back late or are exchanged, in simulated time. */
class LedgerDevicesTest {
    private final LedgerFixture fixture = new LedgerFixture(7);
    private final Random random = new Random(7);
    private CrashFs deviceA;
    private CrashFs deviceB;
    private CrashRun run;

    @BeforeEach
    void twoFreshDevices() {
        plugIn(new CrashFs("A", Power.steady()), new CrashFs("B", Power.steady()));
    }

    @Test
    void fault10OneFailedForceTakesTheDeviceOutUntilTheLedgerIsOpenedAgain() {
        for (DeviceRole failing : DeviceRole.values()) {
            twoFreshDevices();
            fixture.alarms.clear();
            CrashRun.Open open = run.open();
            save(open, "before");
            CrashFs device = failing == DeviceRole.A ? deviceA : deviceB;
            device.failAt(device.operations() + 2);
            save(open, "during");
            long operations = device.operations();
            save(open, "after");
            assertThat(device.operations()).as("never used again").isEqualTo(operations);
            assertThat(run.durability)
                    .containsEntry("before", Durability.TWO_DEVICES)
                    .containsEntry("during", Durability.ONE_DEVICE)
                    .containsEntry("after", Durability.ONE_DEVICE);
            assertThat(open.ledger().members()).containsExactly(failing.other());
            assertThat(kinds(fixture.alarms)).contains(Kind.DEVICE_FAILED);
            assertThat(types(open.ledger())).contains(LedgerFacts.DEVICE_DEGRADED);
            CrashRun.Open again = afterPowerCut(Survival.LOST);
            assertThat(again.ledger().members()).containsExactlyInAnyOrder(DeviceRole.values());
            assertThat(kinds(again.opened().alarms())).containsExactly(Kind.DEVICE_STALE);
            run.verify(again.ledger(), List.of("before", "during", "after"));
        }
    }

    @Test
    void fault10AFailedForceOfTheOnlyDeviceHaltsTheLedgerAndAcknowledgesNothing() {
        plugIn(deviceA);
        CrashRun.Open open = run.open();
        save(open, "before");
        deviceA.failAt(deviceA.operations() + 2);
        save(open, "lost");
        save(open, "late");
        assertThat(run.acknowledged).containsExactly("before");
        assertThat(kinds(fixture.alarms)).contains(Kind.DEVICE_FAILED, Kind.LEDGER_HALTED);
    }

    @Test
    void fault14WhenDeviceADiesTheRoomGoesOnOnB() {
        CrashRun.Open open = run.open();
        save(open, "before");
        deviceA.die();
        save(open, "on-b");
        assertThat(open.ledger().members()).containsExactly(DeviceRole.B);
        run.verify(open.ledger(), List.of("before", "on-b"));
        plugIn(deviceA, deviceB.afterPowerCut(Survival.LOST, random, Power.steady()));
        CrashRun.Open again = run.open();
        assertThat(kinds(again.opened().alarms()))
                .contains(Kind.DEVICE_MISSING, Kind.STARTED_FROM_B);
        run.verify(again.ledger(), List.of("before", "on-b"));
    }

    @Test
    void fault15WhenBothDevicesDieNothingIsAcknowledgedAnyMore() {
        CrashRun.Open open = run.open();
        save(open, "before");
        deviceA.die();
        deviceB.die();
        save(open, "lost");
        assertThat(run.acknowledged).containsExactly("before");
        assertThat(kinds(fixture.alarms)).contains(Kind.LEDGER_HALTED);
    }

    @Test
    void fault81WhenBHangsForAMinuteSavesGoOnAndBIsLevelAgainAfterwards() {
        CrashRun.Open open = run.open();
        save(open, "before");
        deviceB.delayAt(deviceB.operations() + 1, Duration.ofSeconds(60));
        run.append(open, Lane.RES, "hung");
        open.time().pass(Duration.ofMillis(249));
        assertThat(run.acknowledged).doesNotContain("hung");
        open.time().pass(Duration.ofMillis(2));
        assertThat(run.durability).containsEntry("hung", Durability.ONE_DEVICE);
        for (int i = 0; i < 40; i++) {
            save(open, "meanwhile-" + i);
            assertThat(run.durability).containsEntry("meanwhile-" + i, Durability.ONE_DEVICE);
            open.time().pass(Duration.ofSeconds(1));
        }
        assertThat(open.ledger().members()).containsExactly(DeviceRole.A);
        open.time().pass(Duration.ofSeconds(9));
        save(open, "caught-up");
        open.time().pass(Duration.ofSeconds(5));
        assertThat(open.ledger().members()).containsExactly(DeviceRole.A);
        open.time().pass(Duration.ofSeconds(7));
        assertThat(open.ledger().members()).containsExactlyInAnyOrder(DeviceRole.values());
        save(open, "both");
        assertThat(run.durability).containsEntry("both", Durability.TWO_DEVICES);
        assertThat(kinds(fixture.alarms))
                .containsExactly(Kind.DEVICE_DEGRADED, Kind.DEVICE_RESTORED);
        assertThat(types(open.ledger()))
                .contains(LedgerFacts.DEVICE_DEGRADED, LedgerFacts.DEVICE_RESTORED);
        open.ledger().close();
        sameSegments();
    }

    @Test
    void fault82BSlowForTwoSecondsEveryTenDoesNotFlap() {
        CrashRun.Open open = run.open();
        save(open, "before");
        for (int round = 0; round < 12; round++) {
            deviceB.delayAt(deviceB.operations() + 1, Duration.ofSeconds(2));
            for (int i = 0; i < 20; i++) {
                run.append(open, Lane.RES, "r" + round + "-" + i);
                open.time().pass(Duration.ofMillis(500));
            }
        }
        assertThat(run.acknowledged).isEqualTo(run.offered);
        assertThat(kinds(fixture.alarms)).containsExactly(Kind.DEVICE_DEGRADED);
        assertThat(open.ledger().members()).containsExactly(DeviceRole.A);
        open.time().pass(Duration.ofSeconds(12));
        assertThat(open.ledger().members()).containsExactlyInAnyOrder(DeviceRole.values());
        open.ledger().close();
        sameSegments();
    }

    @Test
    void aSlowDeviceAIsLeftBehindAfterTwoSecondsWhenBIsHealthy() {
        CrashRun.Open open = run.open();
        deviceA.delayAt(deviceA.operations() + 1, Duration.ofSeconds(30));
        run.append(open, Lane.RES, "slow");
        open.time().pass(Duration.ofMillis(1990));
        assertThat(run.acknowledged).isEmpty();
        open.time().pass(Duration.ofMillis(20));
        assertThat(run.durability).containsEntry("slow", Durability.ONE_DEVICE);
        assertThat(open.ledger().members()).containsExactly(DeviceRole.B);
        open.time().pass(Duration.ofSeconds(60));
        assertThat(open.ledger().members()).containsExactlyInAnyOrder(DeviceRole.values());
    }

    @Test
    void theDeviceThatIsLeftBehindTakesOverWhenTheOtherFailsAndItCanCatchUp() {
        CrashRun.Open open = run.open();
        deviceB.delayAt(deviceB.operations() + 1, Duration.ofSeconds(3));
        for (int i = 0; i < 5; i++) {
            save(open, "alone-" + i);
            open.time().pass(Duration.ofMillis(400));
        }
        deviceA.failAt(deviceA.operations() + 1);
        run.append(open, Lane.RES, "handed-over");
        open.time().pass(Duration.ofSeconds(5));
        assertThat(run.acknowledged).isEqualTo(run.offered);
        assertThat(open.ledger().members()).containsExactly(DeviceRole.B);
        plugIn(deviceB.afterPowerCut(Survival.LOST, random, Power.steady()), DeviceRole.B);
        run.verify(run.open().ledger(), run.acknowledged);
    }

    @Test
    void fault69AnEmptyStickInThePlaceOfBIsFilledAndNothingIsDeleted() {
        CrashRun.Open open = run.open();
        save(open, "one");
        open.ledger().close();
        plugIn(deviceA.moved(Power.steady()), new CrashFs("new B", Power.steady()));
        CrashRun.Open again = run.open();
        assertThat(kinds(again.opened().alarms())).contains(Kind.DEVICE_REPLACED);
        run.verify(again.ledger(), List.of("one"));
        save(again, "two");
        again.ledger().close();
        plugIn(deviceB.moved(Power.steady()), DeviceRole.B);
        run.verify(run.open().ledger(), List.of("one", "two"));
    }

    @Test
    void fault69AnEmptyDiskInThePlaceOfAIsFilledFromB() {
        CrashRun.Open open = run.open();
        save(open, "one");
        open.ledger().close();
        plugIn(new CrashFs("new A", Power.steady()), deviceB.moved(Power.steady()));
        CrashRun.Open again = run.open();
        assertThat(kinds(again.opened().alarms())).contains(Kind.DEVICE_REPLACED);
        run.verify(again.ledger(), List.of("one"));
        again.ledger().close();
        sameSegments();
    }

    @Test
    void fault69AMissingBIsAlarmedAndBuiltUpAgainWhenItReturns() {
        CrashRun.Open open = run.open();
        save(open, "one");
        open.ledger().close();
        CrashFs stick = deviceB.moved(Power.steady());
        plugIn(deviceA.moved(Power.steady()), DeviceRole.A);
        CrashRun.Open alone = run.open();
        assertThat(kinds(alone.opened().alarms())).containsExactly(Kind.DEVICE_MISSING);
        save(alone, "two");
        assertThat(run.durability).containsEntry("two", Durability.ONE_DEVICE);
        alone.ledger().close();
        plugIn(run.devices.get(DeviceRole.A).moved(Power.steady()), stick);
        CrashRun.Open again = run.open();
        assertThat(kinds(again.opened().alarms())).containsExactly(Kind.DEVICE_STALE);
        run.verify(again.ledger(), List.of("one", "two"));
        again.ledger().close();
        sameSegments();
    }

    @Test
    void fault69AStickOfAnotherNodeIsLeftUntouched() {
        LedgerFixture other = new LedgerFixture(8);
        CrashFs foreign = new CrashFs("foreign", Power.steady());
        CrashRun elsewhere = new CrashRun(other, Map.of(DeviceRole.A, foreign));
        CrashRun.Open there = elsewhere.open();
        elsewhere.append(there, Lane.RES, "theirs");
        there.ledger().close();
        CrashRun.Open open = run.open();
        save(open, "ours");
        open.ledger().close();
        CrashFs plugged = foreign.moved(Power.steady());
        plugIn(deviceA.moved(Power.steady()), plugged);
        CrashRun.Open again = run.open();
        assertThat(kinds(again.opened().alarms()))
                .containsExactly(Kind.DEVICE_FOREIGN, Kind.DEVICE_MISSING);
        save(again, "more");
        assertThat(plugged.operations()).isZero();
        run.verify(again.ledger(), List.of("ours", "more"));
    }

    @Test
    void fault83ADeviceThatKnowsItWasLeftBehindIsStaleWhenItStartsAlone() {
        CrashRun.Open open = run.open();
        save(open, "both");
        deviceB.delayAt(deviceB.operations() + 1, Duration.ofSeconds(3));
        save(open, "only-a-1");
        open.time().pass(Duration.ofSeconds(1));
        deviceB.delayAt(deviceB.operations() + 3, Duration.ofSeconds(60));
        save(open, "only-a-2");
        open.time().pass(Duration.ofSeconds(3));
        save(open, "only-a-3");
        CrashFs lateA = deviceA.afterPowerCut(Survival.LOST, random, Power.steady());
        plugIn(deviceB.afterPowerCut(Survival.LOST, random, Power.steady()), DeviceRole.B);
        CrashRun.Open stale = run.open();
        assertThat(kinds(stale.opened().alarms())).contains(Kind.DEVICE_STALE, Kind.STARTED_FROM_B);
        assertThat(LedgerFixture.replayed(stale.ledger())).doesNotContain("only-a-3");
        save(stale, "only-b");
        stale.ledger().close();
        plugIn(lateA, run.devices.get(DeviceRole.B).moved(Power.steady()));
        CrashRun.Open united = run.open();
        assertThat(kinds(united.opened().alarms())).contains(Kind.FORKED);
        assertThat(everything(united.ledger()))
                .containsExactlyInAnyOrder("both", "only-a-1", "only-a-2", "only-a-3", "only-b");
        CrashRun.verifyChains(united.ledger());
        united.ledger().close();
        CrashRun.Open later = reopen();
        assertThat(kinds(later.opened().alarms())).isEmpty();
    }

    @Test
    void fault83And46TwoDevicesThatRanAloneAreBothKeptAndOneBranchIsParked() {
        CrashRun.Open open = run.open();
        save(open, "both");
        open.ledger().close();
        CrashFs branchA = deviceA.moved(Power.steady());
        CrashFs branchB = deviceB.moved(Power.steady());
        plugIn(branchA, DeviceRole.A);
        CrashRun.Open aloneA = run.open();
        save(aloneA, "a-1");
        aloneA.ledger().close();
        plugIn(branchB, DeviceRole.B);
        CrashRun.Open aloneB = run.open();
        save(aloneB, "b-1");
        save(aloneB, "b-2");
        aloneB.ledger().close();
        plugIn(branchA.moved(Power.steady()), branchB.moved(Power.steady()));
        CrashRun.Open united = run.open();
        assertThat(kinds(united.opened().alarms())).contains(Kind.FORKED);
        assertThat(LedgerFixture.replayed(united.ledger())).containsExactly("both", "b-1", "b-2");
        assertThat(everything(united.ledger()))
                .containsExactlyInAnyOrder("both", "a-1", "b-1", "b-2");
        List<EpochHeads> parked =
                united.ledger().heads().stream().filter(EpochHeads::parked).toList();
        assertThat(parked).hasSize(1);
        assertThat(parked.get(0).epoch()).isEqualTo(aloneA.ledger().epoch());
        save(united, "united");
        united.ledger().close();
        sameSegments();
        CrashRun.Open later = reopen();
        assertThat(later.opened().alarms()).isEmpty();
        assertThat(LedgerFixture.replayed(later.ledger()))
                .containsExactly("both", "b-1", "b-2", "united");
    }

    @Test
    void fault47AnOldImagePutBackNeverReusesASequenceNumber() {
        CrashRun.Open open = run.open();
        save(open, "one");
        CrashFs image = deviceA.moved(Power.steady());
        save(open, "two");
        plugIn(image, DeviceRole.A);
        CrashRun.Open restored = run.open();
        save(restored, "three");
        assertThat(restored.ledger().epoch()).isNotEqualTo(open.ledger().epoch());
        EpochHeads heads = restored.ledger().heads().get(1);
        assertThat(heads.parent()).contains(open.ledger().epoch());
        assertThat(heads.lanes().get(Lane.RES).seq()).isEqualTo(1);
    }

    private void save(CrashRun.Open open, String text) {
        run.append(open, Lane.RES, text);
        open.time().pass(Duration.ofMillis(300));
    }

    private void plugIn(CrashFs onlyA) {
        plugIn(onlyA, DeviceRole.A);
    }

    private void plugIn(CrashFs device, DeviceRole role) {
        next(Map.of(role, device));
    }

    private void plugIn(CrashFs fsA, CrashFs fsB) {
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

    private CrashRun.Open afterPowerCut(Survival how) {
        plugIn(
                deviceA.afterPowerCut(how, random, Power.steady()),
                deviceB.afterPowerCut(how, random, Power.steady()));
        return run.open();
    }

    private CrashRun.Open reopen() {
        plugIn(deviceA.moved(Power.steady()), deviceB.moved(Power.steady()));
        return run.open();
    }

    private void sameSegments() {
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

    private static List<String> everything(Ledger ledger) {
        List<FactRecord> records = new ArrayList<>();
        for (EpochHeads epoch : ledger.heads()) {
            for (Lane lane : Lane.values()) {
                records.addAll(ledger.read(epoch.epoch(), lane, 1, 10_000, Integer.MAX_VALUE));
            }
        }
        return LedgerFixture.texts(records);
    }

    private static Set<String> types(Ledger ledger) {
        Set<String> types = new java.util.TreeSet<>();
        for (FactRecord record : LedgerFixture.replayedRecords(ledger)) {
            String json = new String(record.json(), StandardCharsets.UTF_8);
            types.add(json.substring(6, json.indexOf('"', 6)));
        }
        return types;
    }

    private static List<Kind> kinds(List<LedgerAlarm> alarms) {
        return alarms.stream().map(LedgerAlarm::kind).toList();
    }
}
