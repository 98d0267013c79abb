package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.sim.CrashFs;
import io.invigil.protocol.sim.Power;
import io.invigil.protocol.sim.PowerLost;
import io.invigil.protocol.sim.Survival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whole lives of a node from a seed: starts with one device or both, delays, failing forces, kills
 * and power cuts. {@code -Dseed=…} runs one life; {@code -Dseeds=…} a tenth of so many, in the sim
 * profile.
 */
class LedgerLifeTest {
    private static final int LIVES = 60;

    /** A life costs about as much as so many runs of the sync simulator. */
    private static final int RUNS_OF_SYNC_PER_LIFE = 10;

    @Test
    void everyLifeKeepsWhatItAcknowledgedOnADeviceThatWasReliedOn() {
        Long one = Long.getLong("seed");
        if (one != null) {
            new Life(one).live();
            return;
        }
        for (long seed = 1; seed <= LIVES; seed++) {
            liveAndName(seed);
        }
    }

    @Tag("sim")
    @Test
    void manyLives() {
        long lives = Long.getLong("seeds", 2000) / RUNS_OF_SYNC_PER_LIFE;
        long start = System.nanoTime();
        for (long seed = LIVES + 1; seed <= LIVES + lives; seed++) {
            liveAndName(seed);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                java.util.Locale.ROOT, "ledger: %d lives, %.1f s, 0 broken%n", lives, seconds);
    }

    private static void liveAndName(long seed) {
        try {
            new Life(seed).live();
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("life with -Dseed=" + seed, failed);
        }
    }

    private static final class Life {
        private final Random random;
        private final LedgerFixture fixture;
        private final Map<DeviceRole, CrashFs> drawer = new EnumMap<>(DeviceRole.class);
        private final Map<String, Set<DeviceRole>> acknowledged = new HashMap<>();
        private final List<String> offered = new ArrayList<>();
        private boolean joined;

        Life(long seed) {
            random = new Random(seed);
            fixture = new LedgerFixture(seed);
            for (DeviceRole role : DeviceRole.values()) {
                drawer.put(role, new CrashFs("device " + role, Power.steady()));
            }
        }

        void live() {
            int starts = 2 + random.nextInt(5);
            for (int start = 0; start < starts; start++) {
                day(start, plugged());
            }
            Map<DeviceRole, CrashFs> all = new EnumMap<>(DeviceRole.class);
            drawer.forEach((role, fs) -> all.put(role, fs.moved(Power.steady())));
            CrashRun last = new CrashRun(fixture, all);
            verify(last.open().ledger(), EnumSet.allOf(DeviceRole.class));
        }

        /** Both until they belong to one ledger; a device alone would begin another. */
        private Set<DeviceRole> plugged() {
            if (!joined) {
                return EnumSet.allOf(DeviceRole.class);
            }
            return switch (random.nextInt(6)) {
                case 0 -> EnumSet.of(DeviceRole.A);
                case 1 -> EnumSet.of(DeviceRole.B);
                default -> EnumSet.allOf(DeviceRole.class);
            };
        }

        private void day(int start, Set<DeviceRole> roles) {
            Power power =
                    random.nextInt(3) == 0 ? Power.steady() : Power.cutAt(20 + random.nextInt(120));
            Map<DeviceRole, CrashFs> devices = new EnumMap<>(DeviceRole.class);
            roles.forEach(role -> devices.put(role, drawer.get(role).afterKill(power)));
            CrashRun run = new CrashRun(fixture, devices);
            try {
                CrashRun.Open open = run.open();
                joined = true;
                verify(open.ledger(), roles);
                plant(devices);
                work(start, open);
                if (random.nextBoolean()) {
                    open.ledger().close();
                }
            } catch (PowerLost lost) {
                assertThat(lost).hasMessageContaining("power lost");
            } catch (LedgerUnavailable refused) {
                assertThat(refused).hasMessageContaining("no device");
            }
            boolean killed = power.operations() < 20 || random.nextInt(3) == 0;
            if (!killed) {
                roles.forEach(role -> drawer.put(role, cut(drawer.get(role))));
            }
        }

        private CrashFs cut(CrashFs device) {
            Survival how = Survival.values()[random.nextInt(Survival.values().length)];
            return device.afterPowerCut(how, random, Power.steady());
        }

        /** Delays on any device; a failing operation on one at most. */
        private void plant(Map<DeviceRole, CrashFs> devices) {
            for (CrashFs device : devices.values()) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    device.delayAt(
                            device.operations() + 1 + random.nextInt(60),
                            Duration.ofMillis(random.nextInt(5000)));
                }
            }
            if (random.nextInt(3) == 0) {
                List<CrashFs> any = List.copyOf(devices.values());
                CrashFs failing = any.get(random.nextInt(any.size()));
                failing.failAt(failing.operations() + 1 + random.nextInt(60));
            }
        }

        private void work(int start, CrashRun.Open open) {
            int steps = random.nextInt(40);
            for (int step = 0; step < steps; step++) {
                List<FactDraft> facts = new ArrayList<>();
                List<String> texts = new ArrayList<>();
                int count = random.nextInt(4) == 0 ? 1 + random.nextInt(20) : 1;
                for (int i = 0; i < count; i++) {
                    String text = start + "-" + step + "-" + i + "-" + "p".repeat(padding());
                    texts.add(text);
                    Lane lane = Lane.values()[random.nextInt(4)];
                    facts.add(LedgerFixture.fact(lane, text));
                }
                offered.addAll(texts);
                open.ledger()
                        .append(facts)
                        .thenAccept(
                                saved ->
                                        texts.forEach(
                                                text ->
                                                        acknowledged.put(
                                                                text, open.ledger().members())));
                open.time().pass(Duration.ofMillis(random.nextInt(10) == 0 ? 4000 : 3));
            }
        }

        private int padding() {
            return random.nextInt(8) == 0 ? random.nextInt(15_000) : random.nextInt(100);
        }

        /** What was acknowledged while a device now there was relied on is there, once. */
        private void verify(Ledger ledger, Set<DeviceRole> there) {
            List<String> mustHave = new ArrayList<>();
            acknowledged.forEach(
                    (text, members) -> {
                        if (members.stream().anyMatch(there::contains)) {
                            mustHave.add(text);
                        }
                    });
            List<String> found = new ArrayList<>();
            for (EpochHeads epoch : ledger.heads()) {
                for (Lane lane : Lane.values()) {
                    List<FactRecord> records =
                            ledger.read(epoch.epoch(), lane, 1, 10_000, Integer.MAX_VALUE);
                    found.addAll(LedgerFixture.texts(records));
                }
            }
            assertThat(found).doesNotHaveDuplicates().containsAll(mustHave);
            assertThat(offered).containsAll(found);
            CrashRun.verifyChains(ledger);
        }
    }
}
