package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.segment.SegmentName;
import io.invigil.protocol.sim.CrashFs;
import io.invigil.protocol.sim.Power;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Limits at their edge, checkpoints, and a device that hangs while the ledger opens. */
class LedgerLimitsTest {
    private final LedgerFixture fixture = new LedgerFixture(21);
    private final CrashFs device = new CrashFs("A", Power.steady());
    private final CrashRun run = new CrashRun(fixture, Map.of(DeviceRole.A, device));

    @Test
    void theQueueTakesExactlyItsMaximumOfFactsThenRefusesAndGoesOnLater() {
        CrashRun.Open open = run.open();
        FactDraft fact = LedgerFixture.fact(Lane.RES, "x");
        List<FactDraft> five = Collections.nCopies(500, fact);
        List<Durability> saved = new ArrayList<>();
        for (int i = 0; i < Ledger.QUEUED_FACTS_MAX / 500; i++) {
            open.ledger().append(five).thenAccept(saved::add);
        }
        assertThatThrownBy(() -> open.ledger().append(List.of(fact)))
                .isInstanceOf(LedgerQueueFull.class);
        open.time().pass(Duration.ofSeconds(2));
        assertThat(saved).hasSize(Ledger.QUEUED_FACTS_MAX / 500);
        open.ledger().append(List.of(fact)).thenAccept(saved::add);
        open.time().pass(Duration.ofSeconds(2));
        assertThat(saved).hasSize(Ledger.QUEUED_FACTS_MAX / 500 + 1);
        CrashRun.verifyChains(open.ledger());
    }

    @Test
    void theQueueTakesAtMostItsMaximumOfBytes() {
        CrashRun.Open open = run.open();
        FactDraft large = new FactDraft(Lane.RES, new byte[32 * 1024]);
        List<FactDraft> half = Collections.nCopies(16, large);
        for (int i = 0; i < Ledger.QUEUED_BYTES_MAX / (512 * 1024); i++) {
            open.ledger().append(half);
        }
        FactDraft small = LedgerFixture.fact(Lane.RES, "x");
        assertThatThrownBy(() -> open.ledger().append(List.of(small)))
                .isInstanceOf(LedgerQueueFull.class);
    }

    // XSP-130
    @Test
    void aCheckpointFollowsTheLastFactWithinASecondOnceAndVerifies() {
        CrashRun.Open open = run.open();
        open.time().pass(Duration.ofSeconds(5));
        run.append(open, Lane.RES, "fact");
        open.time().pass(Duration.ofMillis(1001));
        List<Checkpoint> checkpoints = checkpoints(open.ledger());
        assertThat(checkpoints).hasSize(2);
        Checkpoint last = checkpoints.get(1);
        assertThat(last.verify(fixture.signingKey.verifyKey())).isTrue();
        assertThat(last.heads().get("res").seq()).isEqualTo(1);
        FactRecord record = open.ledger().read(open.ledger().epoch(), Lane.RES, 1, 1, 1).get(0);
        assertThat(last.heads().get("res").hash()).isEqualTo(record.hash().hex());
        Checkpoint forged =
                new Checkpoint(
                        last.t(),
                        last.epoch(),
                        last.position() + 1,
                        last.heads(),
                        last.at(),
                        last.keyId(),
                        last.sig());
        assertThat(forged.verify(fixture.signingKey.verifyKey())).isFalse();
        open.time().pass(Duration.ofMinutes(1));
        assertThat(checkpoints(open.ledger())).as("none while nothing happens").hasSize(2);
    }

    @Test
    void aCheckpointOnDemandStatesTheDurableHeads() {
        CrashRun.Open open = run.open();
        run.append(open, Lane.ATT, "fact");
        open.time().pass(Duration.ofMillis(10));
        Checkpoint checkpoint = Checkpoint.parse(open.ledger().checkpoint().json()).orElseThrow();
        assertThat(checkpoint.heads().get("att").seq()).isEqualTo(1);
        assertThat(checkpoint.verify(fixture.signingKey.verifyKey())).isTrue();
    }

    @Test
    void theMaximumOfSegmentsOpensAndOneMoreIsRefused() throws Exception {
        CrashRun.Open open = run.open();
        open.ledger().close();
        CrashFs full = device.moved(Power.steady());
        for (int i = 1; i < LedgerInventory.SEGMENTS_MAX; i++) {
            full.create(new SegmentName(i, open.ledger().epoch(), i).fileName());
        }
        CrashFs tooFull = full.moved(Power.steady());
        tooFull.create(new SegmentName(1, EpochId.random(fixture.entropy), 0).fileName());
        CrashRun refused = new CrashRun(fixture, Map.of(DeviceRole.A, tooFull));
        assertThatThrownBy(refused::open).isInstanceOf(LedgerUnavailable.class);
        CrashRun taken = new CrashRun(fixture, Map.of(DeviceRole.A, full));
        assertThat(taken.open().ledger().heads()).hasSize(2);
    }

    // XSP-114
    @Test
    void aDeviceThatHangsWhileTheLedgerOpensIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CrashFs hanging = new CrashFs("B", Power.steady());
        try (PatientFs patient =
                new PatientFs(new HangingFs(hanging, never), Duration.ofMillis(50))) {
            assertThatThrownBy(patient::list)
                    .isInstanceOf(java.io.IOException.class)
                    .hasMessageContaining("did not answer");
        }
        never.countDown();
    }

    private static List<Checkpoint> checkpoints(Ledger ledger) {
        return LedgerFixture.replayedRecords(ledger).stream()
                .map(record -> Checkpoint.parse(record.json()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Lists nothing until let go. */
    private static final class HangingFs extends ForwardingFs {
        private final CountDownLatch gate;

        HangingFs(LedgerFs real, CountDownLatch gate) {
            super(real);
            this.gate = gate;
        }

        @Override
        public List<String> list() throws java.io.IOException {
            try {
                gate.await();
            } catch (InterruptedException stop) {
                throw new java.io.InterruptedIOException();
            }
            return super.list();
        }
    }
}
