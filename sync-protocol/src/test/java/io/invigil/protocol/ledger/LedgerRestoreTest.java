package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.sim.CrashFs;
import io.invigil.protocol.sim.Power;
import io.invigil.protocol.sim.Survival;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Gaps that damage left, filled from what the hub holds. */
class LedgerRestoreTest {
    private final LedgerFixture fixture = new LedgerFixture(31);
    private CrashFs device = new CrashFs("A", Power.steady());
    private CrashRun run = new CrashRun(fixture, Map.of(DeviceRole.A, device));

    // XSP-128
    @Test
    void fault84WhatASingleDeviceLostToDamageIsRestoredFromTheHub() throws Exception {
        List<FactRecord> hub = written(300);
        flip(0.4);
        CrashRun.Open open = run.open();
        assertThat(open.ledger().gaps()).hasSize(1);
        LedgerGap gap = open.ledger().gaps().get(0);
        assertThat(gap.lane()).isEqualTo(Lane.RES);
        List<FactRecord> missing = missing(hub, gap);
        assertThat(open.ledger().restore(missing)).isEqualTo(Restoration.FILLED);
        assertThat(open.ledger().gaps()).isEmpty();
        run.verify(open.ledger(), run.offered);
        next(device.afterPowerCut(Survival.LOST, new Random(1), Power.steady()));
        CrashRun.Open again = run.open();
        assertThat(again.ledger().gaps()).isEmpty();
        run.verify(again.ledger(), run.offered);
        assertThat(again.ledger().restore(missing)).isEqualTo(Restoration.NO_SUCH_GAP);
    }

    // XSP-128
    @Test
    void recordsThatDoNotFitTheChainAreRefused() throws Exception {
        List<FactRecord> hub = written(300);
        flip(0.4);
        CrashRun.Open open = run.open();
        List<FactRecord> missing = missing(hub, open.ledger().gaps().get(0));
        FactRecord real = missing.get(0);
        FactRecord forged =
                FactRecord.chained(
                        real.epoch(),
                        real.lane(),
                        real.seq(),
                        real.position(),
                        real.salt(),
                        LedgerFixture.json("forged"),
                        real.prevHash());
        assertThat(open.ledger().restore(List.of(forged))).isEqualTo(Restoration.DOES_NOT_FIT);
        List<FactRecord> tooMany = new ArrayList<>(missing);
        tooMany.addAll(Collections.nCopies(1, real));
        assertThat(open.ledger().restore(tooMany)).isEqualTo(Restoration.DOES_NOT_FIT);
        assertThat(open.ledger().restore(hub.subList(0, 1))).isEqualTo(Restoration.NO_SUCH_GAP);
        assertThat(open.ledger().restore(List.of())).isEqualTo(Restoration.NO_SUCH_GAP);
        assertThat(open.ledger().gaps()).hasSize(1);
    }

    @Test
    void theLostEndOfAnEpochIsAGapKnownFromItsSuccessorAndIsRestored() throws Exception {
        List<FactRecord> hub = written(5);
        CrashRun.Open second = run.open();
        EpochId first = second.ledger().heads().get(0).epoch();
        List<FactRecord> checkpoints =
                second.ledger().read(first, Lane.CTL, 1, 100, Integer.MAX_VALUE);
        second.ledger().close();
        flip(0.999);
        CrashRun.Open open = run.open();
        assertThat(open.ledger().gaps()).hasSize(1);
        LedgerGap gap = open.ledger().gaps().get(0);
        assertThat(gap.lane()).isEqualTo(Lane.CTL);
        assertThat(open.ledger().restore(missing(checkpoints, gap))).isEqualTo(Restoration.FILLED);
        run.verify(open.ledger(), LedgerFixture.texts(hub));
        open.ledger().close();
        next(device.moved(Power.steady()));
        assertThat(run.open().ledger().gaps()).isEmpty();
    }

    @Test
    void aRestoredRecordIsCopiedToADeviceThatJoinsLater() throws Exception {
        List<FactRecord> hub = written(50);
        flip(0.5);
        CrashRun.Open open = run.open();
        open.ledger().restore(missing(hub, open.ledger().gaps().get(0)));
        open.ledger().close();
        CrashFs deviceB = new CrashFs("B", Power.steady());
        CrashRun both =
                new CrashRun(
                        fixture,
                        Map.of(DeviceRole.A, device.moved(Power.steady()), DeviceRole.B, deviceB));
        both.open().ledger().close();
        CrashRun alone = new CrashRun(fixture, Map.of(DeviceRole.B, deviceB.moved(Power.steady())));
        alone.offered.addAll(run.offered);
        alone.verify(alone.open().ledger(), run.offered);
    }

    /** Writes facts and returns what the hub would have received of lane res. */
    private List<FactRecord> written(int facts) {
        CrashRun.Open open = run.open();
        for (int i = 0; i < facts; i++) {
            run.append(open, Lane.RES, "fact-" + i);
            open.time().pass(Duration.ofMillis(1));
        }
        List<FactRecord> hub =
                open.ledger().read(open.ledger().epoch(), Lane.RES, 1, 10_000, Integer.MAX_VALUE);
        open.ledger().close();
        return hub;
    }

    /** Flips a bit at a part of the first segment and plugs the device in again. */
    private void flip(double part) throws IOException {
        CrashFs damaged = device.moved(Power.steady());
        String name =
                damaged.list().stream().filter(n -> n.startsWith("seg-")).findFirst().orElseThrow();
        damaged.flipBit(name, (int) (damaged.size(name) * part), 3);
        next(damaged);
    }

    private void next(CrashFs plugged) {
        CrashRun fresh = new CrashRun(fixture, Map.of(DeviceRole.A, plugged));
        fresh.offered.addAll(run.offered);
        device = plugged;
        run = fresh;
    }

    private static List<FactRecord> missing(List<FactRecord> hub, LedgerGap gap) {
        return hub.stream()
                .filter(r -> r.seq() >= gap.fromSeq() && r.seq() <= gap.toSeq())
                .toList();
    }
}
