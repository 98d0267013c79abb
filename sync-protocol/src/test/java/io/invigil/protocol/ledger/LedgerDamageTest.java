package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.sim.CrashFs;
import io.invigil.protocol.sim.Power;
import io.invigil.protocol.sim.Survival;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that change where they lie. */
class LedgerDamageTest {
    private final LedgerFixture fixture = new LedgerFixture(11);
    private final Random random = new Random(11);

    // XSP-120, XSP-121
    @Test
    void fault11ABitFlipInDeviceAIsRepairedFromB() throws Exception {
        CrashRun run = written(10, DeviceRole.A, DeviceRole.B);
        CrashFs deviceA = run.devices.get(DeviceRole.A);
        String segment = segment(deviceA);
        int length = (int) deviceA.size(segment);
        for (int offset = 0; offset < length; offset += 1 + random.nextInt(12)) {
            CrashRun next = moved(run);
            CrashFs damaged = next.devices.get(DeviceRole.A);
            damaged.flipBit(segment, offset, random.nextInt(8));
            CrashRun.Open open = next.open();
            boolean inLastBatch =
                    open.opened().alarms().stream().noneMatch(a -> a.kind() == Kind.REPAIRED);
            assertThat(kinds(open.opened().alarms()))
                    .as("byte " + offset)
                    .doesNotContain(Kind.CORRUPT)
                    .hasSizeLessThanOrEqualTo(1);
            next.verify(open.ledger(), run.acknowledged);
            byte[] repaired = damaged.read(segment, 0, length);
            assertThat(repaired).isEqualTo(deviceA.read(segment, 0, length));
            assertThat(damaged.list().contains("damaged-1-" + segment)).isEqualTo(!inLastBatch);
        }
    }

    @Test
    void fault11BitFlipsAtDifferentPlacesOfBothDevicesAreRepairedFromEachOther() throws Exception {
        CrashRun run = written(10, DeviceRole.A, DeviceRole.B);
        String segment = segment(run.devices.get(DeviceRole.A));
        int length = (int) run.devices.get(DeviceRole.A).size(segment);
        CrashRun next = moved(run);
        next.devices.get(DeviceRole.A).flipBit(segment, length / 2, 0);
        next.devices.get(DeviceRole.B).flipBit(segment, length * 3 / 5, 0);
        CrashRun.Open open = next.open();
        assertThat(kinds(open.opened().alarms())).containsExactly(Kind.REPAIRED, Kind.REPAIRED);
        next.verify(open.ledger(), run.acknowledged);
        assertThat(open.ledger().members()).containsExactlyInAnyOrder(DeviceRole.values());
        for (CrashFs device : next.devices.values()) {
            assertThat(device.read(segment, 0, length))
                    .isEqualTo(run.devices.get(DeviceRole.A).read(segment, 0, length));
            assertThat(device.list()).contains("damaged-1-" + segment);
        }
    }

    @Test
    void fault11ABitFlipFoundWhileRunningIsReadFromTheOtherDeviceAndAlarmed() throws Exception {
        CrashRun run = written(10, DeviceRole.A, DeviceRole.B);
        CrashRun next = moved(run);
        CrashRun.Open open = next.open();
        CrashFs deviceA = next.devices.get(DeviceRole.A);
        String segment = segment(deviceA);
        deviceA.flipBit(segment, (int) deviceA.size(segment) / 2, 3);
        next.verify(open.ledger(), run.acknowledged);
        assertThat(kinds(fixture.alarms)).containsExactly(Kind.CORRUPT);
    }

    // XSP-121
    @Test
    void fault84AFlip200RecordsBeforeTheEndOfASingleDeviceIsCorruptionAndNothingIsCut()
            throws Exception {
        CrashRun run = written(300, DeviceRole.A);
        CrashFs device = run.devices.get(DeviceRole.A);
        String segment = segment(device);
        CrashRun.Open open = run.open();
        run.append(open, Lane.RES, "killed here");
        open.time().pass(Duration.ofMillis(5));
        CrashFs after = device.afterPowerCut(Survival.KEPT, random, Power.steady());
        int length = (int) after.size(segment);
        after.flipBit(segment, length / 3, 5);
        byte[] damaged = after.read(segment, 0, length);
        CrashRun next = new CrashRun(fixture, Map.of(DeviceRole.A, after));
        CrashRun.Open again = next.open();
        assertThat(kinds(again.opened().alarms())).containsExactly(Kind.CORRUPT);
        assertThat(after.read(segment, 0, length)).isEqualTo(damaged);
        List<String> found = LedgerFixture.replayed(again.ledger());
        List<String> lost = new ArrayList<>(run.acknowledged);
        lost.removeAll(found);
        assertThat(lost).hasSize(1);
        assertThat(found).contains("killed here").hasSize(run.acknowledged.size() - 1);
    }

    @Test
    void aFlipInTheLastBatchOfAnEpochThatWasContinuedIsNotTakenForATornTail() throws Exception {
        CrashRun run = written(10, DeviceRole.A);
        CrashFs device = run.devices.get(DeviceRole.A);
        String first = segment(device);
        run.open().ledger().close();
        CrashRun next = moved(run);
        CrashFs damaged = next.devices.get(DeviceRole.A);
        damaged.flipBit(first, (int) damaged.size(first) - 3, 1);
        assertThat(kinds(next.open().opened().alarms())).contains(Kind.CORRUPT);
    }

    // XSP-126
    @Test
    void anotherNodesKeyOpensNothingAndWritesNothing() throws Exception {
        CrashRun run = written(3, DeviceRole.A, DeviceRole.B);
        LedgerFixture other = new LedgerFixture(12);
        CrashRun next = new CrashRun(other, moved(run).devices);
        assertThatThrownBy(next::open).isInstanceOf(LedgerKeyWrong.class);
        for (CrashFs device : next.devices.values()) {
            assertThat(device.operations()).isZero();
        }
    }

    // XSP-106
    @Test
    void fault79ASegmentOfAnotherNodeOrUnderAnotherNameIsNotTakenForOurs() throws Exception {
        CrashRun run = written(5, DeviceRole.A, DeviceRole.B);
        CrashRun other = new CrashRun(new LedgerFixture(12), fresh(DeviceRole.A));
        other.open().ledger().close();
        CrashFs foreign = other.devices.get(DeviceRole.A);
        CrashRun next = moved(run);
        CrashFs deviceB = next.devices.get(DeviceRole.B);
        put(deviceB, segment(foreign), content(foreign, segment(foreign)));
        String ours = segment(deviceB);
        String moved = ours.replace("-00000.xsl", "-00001.xsl");
        put(deviceB, moved, content(deviceB, ours));
        CrashRun.Open open = next.open();
        assertThat(kinds(open.opened().alarms())).containsExactly(Kind.CORRUPT, Kind.CORRUPT);
        next.verify(open.ledger(), run.acknowledged);
        assertThat(open.ledger().heads()).hasSize(2);
    }

    @Test
    void fault79AForeignSegmentUnderOurNameIsSetAsideAndReplaced() throws Exception {
        CrashRun run = written(5, DeviceRole.A, DeviceRole.B);
        CrashRun other = new CrashRun(new LedgerFixture(12), fresh(DeviceRole.A));
        other.open().ledger().close();
        CrashFs foreign = other.devices.get(DeviceRole.A);
        CrashRun next = moved(run);
        CrashFs deviceB = next.devices.get(DeviceRole.B);
        String ours = segment(deviceB);
        byte[] whole = content(deviceB, ours);
        deviceB.delete(ours);
        put(deviceB, ours, content(foreign, segment(foreign)));
        CrashRun.Open open = next.open();
        assertThat(kinds(open.opened().alarms())).contains(Kind.REPAIRED);
        assertThat(content(deviceB, ours)).isEqualTo(whole);
        assertThat(deviceB.list()).contains("damaged-1-" + ours);
        next.verify(open.ledger(), run.acknowledged);
    }

    @Test
    void aLostMarkerIsAlarmedAndWrittenAnew() throws Exception {
        CrashRun run = written(3, DeviceRole.A, DeviceRole.B);
        CrashRun next = moved(run);
        next.devices.get(DeviceRole.B).flipBit("volume.json", 80, 2);
        CrashRun.Open open = next.open();
        assertThat(kinds(open.opened().alarms())).contains(Kind.CORRUPT);
        next.verify(open.ledger(), run.acknowledged);
        open.ledger().close();
        assertThat(moved(next).open().opened().alarms()).isEmpty();
    }

    // XSP-127
    @Test
    void theHubReadsARawDeviceOfADeadNodeWithItsRecoveryKey() throws Exception {
        CrashRun run = written(300, DeviceRole.A, DeviceRole.B);
        CrashFs stick = run.devices.get(DeviceRole.B).moved(Power.steady());
        LedgerReader reader =
                LedgerReader.open(stick, java.util.Optional.empty(), fixture.recoveryKey);
        assertThat(reader.node()).contains(LedgerFixture.NODE);
        assertThat(reader.realm()).contains(LedgerFixture.REALM);
        assertThat(reader.alarms()).isEmpty();
        List<String> texts = new ArrayList<>();
        for (EpochHeads epoch : reader.heads()) {
            texts.addAll(
                    LedgerFixture.texts(reader.read(epoch.epoch(), Lane.RES, 1, 1000, 1 << 20)));
        }
        assertThat(texts).isEqualTo(run.acknowledged);
        assertThat(stick.operations()).isZero();
        LedgerFixture other = new LedgerFixture(13);
        assertThatThrownBy(
                        () ->
                                LedgerReader.open(
                                        stick, java.util.Optional.empty(), other.recoveryKey))
                .isInstanceOf(LedgerKeyWrong.class);
    }

    // XSP-127
    @Test
    void theHubReadsTwoDamagedDevicesOfADeadNodeTogether() throws Exception {
        CrashRun run = moved(written(30, DeviceRole.A, DeviceRole.B));
        CrashFs deviceA = run.devices.get(DeviceRole.A);
        CrashFs deviceB = run.devices.get(DeviceRole.B);
        String segment = segment(deviceA);
        int length = (int) deviceA.size(segment);
        deviceA.flipBit(segment, length / 2, 1);
        deviceB.flipBit(segment, length / 3, 1);
        LedgerReader reader =
                LedgerReader.open(deviceA, java.util.Optional.of(deviceB), fixture.recoveryKey);
        assertThat(kinds(reader.alarms())).containsExactly(Kind.REPAIRED, Kind.REPAIRED);
        EpochHeads epoch = reader.heads().get(0);
        assertThat(reader.read(epoch.epoch(), Lane.RES, 1, 1000, 1 << 20)).hasSize(30);
        assertThat(deviceA.operations() + deviceB.operations()).isZero();
    }

    /** A closed ledger with so many facts, each in a batch of its own. */
    private CrashRun written(int facts, DeviceRole... roles) {
        CrashRun run = new CrashRun(fixture, fresh(roles));
        CrashRun.Open open = run.open();
        for (int i = 0; i < facts; i++) {
            run.append(open, Lane.RES, "fact-" + i);
            open.time().pass(Duration.ofMillis(1));
        }
        open.ledger().close();
        return run;
    }

    private static Map<DeviceRole, CrashFs> fresh(DeviceRole... roles) {
        Map<DeviceRole, CrashFs> devices = new EnumMap<>(DeviceRole.class);
        for (DeviceRole role : roles) {
            devices.put(role, new CrashFs("device " + role, Power.steady()));
        }
        return devices;
    }

    private static byte[] content(CrashFs device, String name) throws IOException {
        return device.read(name, 0, (int) device.size(name));
    }

    private static void put(CrashFs device, String name, byte[] bytes) throws IOException {
        device.create(name).append(bytes);
    }

    private CrashRun moved(CrashRun run) {
        Map<DeviceRole, CrashFs> devices = new EnumMap<>(DeviceRole.class);
        run.devices.forEach((role, fs) -> devices.put(role, fs.moved(Power.steady())));
        CrashRun moved = new CrashRun(fixture, devices);
        moved.offered.addAll(run.offered);
        return moved;
    }

    private static String segment(CrashFs device) throws IOException {
        return device.list().stream().filter(n -> n.startsWith("seg-")).findFirst().orElseThrow();
    }

    private static List<Kind> kinds(List<LedgerAlarm> alarms) {
        return alarms.stream().map(LedgerAlarm::kind).toList();
    }
}
