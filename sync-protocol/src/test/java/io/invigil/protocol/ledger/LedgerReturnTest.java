package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.sim.CrashFs;
import io.invigil.protocol.sim.Power;
import io.invigil.protocol.sim.Survival;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Devices that come back late, alone, empty, or are another's. */
class LedgerReturnTest extends TwoDeviceScene {
    // XSP-122
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

    // XSP-111
    @Test
    void fault69AnEmptyStickIsFilledInTheBackgroundWhenThereIsMuchToCopy() {
        CrashRun.Open open = run.open();
        List<FactDraft> large =
                Collections.nCopies(20, new FactDraft(Lane.IMG, new byte[FactDraft.BYTES_MAX]));
        for (int i = 0; i < 40; i++) {
            open.ledger().append(large);
            open.time().pass(Duration.ofMillis(20));
        }
        save(open, "old");
        open.ledger().close();
        CrashFs stick = new CrashFs("new B", Power.steady());
        plugIn(deviceA.moved(Power.steady()), stick);
        CrashRun.Open again = run.open();
        assertThat(again.ledger().members()).containsExactly(DeviceRole.A);
        save(again, "while filling");
        assertThat(run.durability).containsEntry("while filling", Durability.ONE_DEVICE);
        again.time().pass(Duration.ofSeconds(11));
        assertThat(again.ledger().members()).containsExactlyInAnyOrder(DeviceRole.values());
        save(again, "filled");
        assertThat(run.durability).containsEntry("filled", Durability.TWO_DEVICES);
        again.ledger().close();
        sameSegments();
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

    // XSP-122
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

    // XSP-123
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

    // XSP-124
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

    // XSP-105
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
}
