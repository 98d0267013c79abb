package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.sim.CrashFs;
import io.invigil.protocol.sim.PowerLost;
import io.invigil.protocol.sim.SteppedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A scripted life of a node on simulated devices, and what must hold after any of it. */
final class CrashRun {
    static final int SEGMENT_BYTES = 64 * 1024;

    final LedgerFixture fixture;
    final Map<DeviceRole, CrashFs> devices;
    final List<String> offered = new ArrayList<>();
    final List<String> acknowledged = new ArrayList<>();
    final Map<String, Durability> durability = new java.util.HashMap<>();
    private final UnaryOperator<LedgerFs> between;

    CrashRun(LedgerFixture fixture, Map<DeviceRole, CrashFs> devices) {
        this(fixture, devices, UnaryOperator.identity());
    }

    CrashRun(
            LedgerFixture fixture,
            Map<DeviceRole, CrashFs> devices,
            UnaryOperator<LedgerFs> between) {
        this.fixture = fixture;
        this.devices = new EnumMap<>(devices);
        this.between = between;
    }

    /** A ledger and the time it lives in. */
    record Open(OpenedLedger opened, SteppedScheduler time) {
        Ledger ledger() {
            return opened.ledger();
        }
    }

    Open open() {
        SteppedScheduler time = new SteppedScheduler(devices);
        Map<DeviceRole, LedgerFs> given = new EnumMap<>(DeviceRole.class);
        devices.forEach((role, fs) -> given.put(role, between.apply(fs)));
        return new Open(Ledger.open(fixture.settings(SEGMENT_BYTES), given, time), time);
    }

    void append(Open open, Lane lane, String text) {
        append(open, List.of(LedgerFixture.fact(lane, text)));
    }

    void append(Open open, List<FactDraft> facts) {
        List<String> texts = new ArrayList<>();
        for (FactDraft fact : facts) {
            String json = new String(fact.json(), java.nio.charset.StandardCharsets.UTF_8);
            texts.add(json.substring(json.indexOf("\"v\":\"") + 5, json.length() - 2));
        }
        offered.addAll(texts);
        open.ledger()
                .append(facts)
                .thenAccept(
                        saved -> {
                            acknowledged.addAll(texts);
                            texts.forEach(text -> durability.put(text, saved));
                        });
    }

    /** Two starts with single, grouped, large and many facts, and a roll-over to a new segment. */
    void script() {
        for (int start = 0; start < 2; start++) {
            Open open = open();
            append(open, Lane.CTL, "ctl-" + start);
            append(open, Lane.RES, "res-" + start);
            open.time().pass(Duration.ofMillis(5));
            for (int i = 0; i < 4; i++) {
                append(open, Lane.RES, "one-" + start + "-" + i);
                open.time().pass(Duration.ofMillis(1));
            }
            List<FactDraft> group = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Lane lane = Lane.values()[i % 4];
                group.add(LedgerFixture.fact(lane, "g-" + start + "-" + i + "-" + "y".repeat(500)));
            }
            append(open, group);
            open.time().pass(Duration.ofMillis(1));
            append(open, Lane.RES, "large-" + start + "-" + "z".repeat(40_000));
            append(open, Lane.ATT, "behind-" + start + "-" + "z".repeat(20_000));
            open.time().pass(Duration.ofSeconds(3));
            append(open, Lane.IMG, "last-" + start);
            open.ledger().close();
        }
    }

    /** Runs the script until the power goes. Returns whether it went. */
    boolean scriptUntilPowerLost() {
        try {
            script();
            return false;
        } catch (PowerLost expected) {
            return true;
        }
    }

    /** Everything acknowledged is there once, in order; what else is there was offered. */
    void verify(Ledger ledger, List<String> mustHave) {
        List<String> found = LedgerFixture.replayed(ledger);
        assertThat(found).doesNotHaveDuplicates();
        assertThat(found).containsAll(mustHave);
        List<String> inOrder = new ArrayList<>(offered);
        inOrder.retainAll(new java.util.HashSet<>(found));
        assertThat(found.stream().filter(offered::contains).toList()).isEqualTo(inOrder);
        verifyChains(ledger);
    }

    /** Every lane of every epoch is one chain from its genesis to its head, positions rise. */
    static void verifyChains(Ledger ledger) {
        for (EpochHeads epoch : ledger.heads()) {
            for (Lane lane : Lane.values()) {
                Digest hash =
                        FactRecord.genesis(
                                Suite.ED25519_X25519_AES256GCM,
                                LedgerFixture.REALM,
                                LedgerFixture.NODE,
                                epoch.epoch(),
                                lane);
                long seq = 0;
                List<FactRecord> page = ledger.read(epoch.epoch(), lane, 1, 4000, 1 << 28);
                while (!page.isEmpty()) {
                    for (FactRecord record : page) {
                        assertThat(record.seq()).isEqualTo(++seq);
                        assertThat(record.prevHash()).isEqualTo(hash);
                        hash = record.hash();
                    }
                    page = ledger.read(epoch.epoch(), lane, seq + 1, 4000, 1 << 28);
                }
                assertThat(epoch.lanes().get(lane)).isEqualTo(new LaneHead(seq, hash));
            }
        }
        long position = 0;
        for (FactRecord record : LedgerFixture.replayedRecords(ledger)) {
            assertThat(record.position()).isGreaterThan(position);
            position = record.position();
        }
    }
}
