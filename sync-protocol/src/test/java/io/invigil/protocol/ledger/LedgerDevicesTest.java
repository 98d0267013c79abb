package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.sim.CrashFs;
import io.invigil.protocol.sim.Power;
import io.invigil.protocol.sim.Survival;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Devices that fail, hang or are slow, in simulated time. */
class LedgerDevicesTest extends TwoDeviceScene {
    // XSP-112
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

    // XSP-113
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

    // XSP-110, XSP-111
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

    // XSP-110, XSP-111
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

    // XSP-110
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
}
