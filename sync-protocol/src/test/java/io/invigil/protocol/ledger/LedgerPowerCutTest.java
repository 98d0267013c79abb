package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFile;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.sim.CrashFs;
import io.invigil.protocol.sim.Power;
import io.invigil.protocol.sim.PowerLost;
import io.invigil.protocol.sim.Survival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The power goes at every write, force, rename and sync of a scripted run. */
class LedgerPowerCutTest {
    private static final Set<DeviceRole> BOTH = EnumSet.allOf(DeviceRole.class);
    private static final Set<DeviceRole> ONLY_A = EnumSet.of(DeviceRole.A);
    private static final List<Survival> LOST = List.of(Survival.LOST);
    private static final List<Survival> ALL = List.of(Survival.values());
    private static final List<Survival> HARD =
            List.of(Survival.LOST, Survival.SUBSET_512, Survival.LENGTH_ONLY);
    private static final long SEED = Long.getLong("seed", 20261120);

    // XSP-100, XSP-120
    @Test
    void fault9PowerCutAtEveryOperationWithTwoDevicesLosesNothingAcknowledged() {
        assertThat(cutEverywhere(BOTH, UnaryOperator.identity(), List.of(BOTH), ALL))
                .isGreaterThan(60);
    }

    @Test
    void fault9PowerCutAtEveryOperationWithOneDeviceLosesNothingAcknowledged() {
        assertThat(cutEverywhere(ONLY_A, UnaryOperator.identity(), List.of(ONLY_A), ALL))
                .isGreaterThan(30);
    }

    // XSP-100
    @Test
    void fault9WhatWasSavedOnTwoDevicesIsOnEitherOfThemAlone() {
        cutEverywhere(
                BOTH, UnaryOperator.identity(), List.of(ONLY_A, EnumSet.of(DeviceRole.B)), HARD);
    }

    @Test
    void mutationALedgerThatSkipsTheForceIsCaught() {
        assertThatThrownBy(() -> cutEverywhere(BOTH, SkipsForce::new, List.of(BOTH), LOST))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("could not find the following element");
        assertThatThrownBy(() -> cutEverywhere(ONLY_A, SkipsForce::new, List.of(ONLY_A), LOST))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("could not find the following element");
    }

    // XSP-125
    @Test
    void fault1And2And3PowerCutDuringRecoveryIsRecoveredFromAgain() {
        long operations = operationsOfScript(BOTH);
        Random random = new Random(SEED);
        for (int round = 0; round < 25; round++) {
            long cut = 1 + random.nextLong(operations);
            CrashRun run = crashed(BOTH, cut, UnaryOperator.identity());
            Map<DeviceRole, CrashFs> first = survivors(run, BOTH, Power.steady(), cut, random);
            long recovery = recoveryOperations(run, first);
            for (long again = 1; again <= recovery; again++) {
                Power power = Power.cutAt(again);
                Map<DeviceRole, CrashFs> devices = new EnumMap<>(DeviceRole.class);
                first.forEach((role, fs) -> devices.put(role, fs.moved(power)));
                CrashRun half = new CrashRun(run.fixture, devices);
                assertThatThrownBy(half::open).isInstanceOf(PowerLost.class);
                CrashRun next = new CrashRun(run.fixture, survivors(half, BOTH, again, random));
                next.offered.addAll(run.offered);
                next.verify(next.open().ledger(), run.acknowledged);
            }
        }
    }

    /** Cuts at every operation, under every survival; returns the number of operations. */
    private static long cutEverywhere(
            Set<DeviceRole> roles,
            UnaryOperator<LedgerFs> between,
            List<Set<DeviceRole>> recoveredFrom,
            List<Survival> survivals) {
        long operations = operationsOfScript(roles);
        for (long cut = 1; cut <= operations; cut++) {
            CrashRun run = crashed(roles, cut, between);
            Random random = new Random(SEED + cut);
            for (Survival how : survivals) {
                for (Set<DeviceRole> there : recoveredFrom) {
                    recoverAndVerify(run, there, survivals, how, random, "cut " + cut + " " + how);
                }
            }
        }
        return operations;
    }

    private static void recoverAndVerify(
            CrashRun run,
            Set<DeviceRole> there,
            List<Survival> survivals,
            Survival how,
            Random random,
            String title) {
        Map<DeviceRole, CrashFs> devices = new EnumMap<>(DeviceRole.class);
        for (DeviceRole role : there) {
            Survival howHere =
                    role == DeviceRole.B && random.nextBoolean()
                            ? survivals.get(random.nextInt(survivals.size()))
                            : how;
            devices.put(role, run.devices.get(role).afterPowerCut(howHere, random, Power.steady()));
        }
        CrashRun next = new CrashRun(run.fixture, devices);
        next.offered.addAll(run.offered);
        List<String> mustHave = new ArrayList<>();
        for (String text : run.acknowledged) {
            if (there.equals(run.devices.keySet())
                    || run.durability.get(text) == Durability.TWO_DEVICES) {
                mustHave.add(text);
            }
        }
        CrashRun.Open open = next.open();
        assertThat(open.opened().alarms())
                .as(title)
                .noneMatch(alarm -> alarm.kind() == LedgerAlarm.Kind.CORRUPT);
        next.append(open, io.invigil.protocol.fact.Lane.RES, "after");
        open.time().pass(java.time.Duration.ofMillis(10));
        assertThat(next.acknowledged).as(title).contains("after");
        next.verify(open.ledger(), mustHave);
        if (how == Survival.SUBSET_512) {
            open.ledger().close();
            next.verify(next.open().ledger(), mustHave);
        }
    }

    private static CrashRun crashed(
            Set<DeviceRole> roles, long cut, UnaryOperator<LedgerFs> between) {
        CrashRun run =
                new CrashRun(new LedgerFixture(SEED), devices(roles, Power.cutAt(cut)), between);
        assertThat(run.scriptUntilPowerLost()).isTrue();
        return run;
    }

    private static long operationsOfScript(Set<DeviceRole> roles) {
        Power power = Power.steady();
        CrashRun run = new CrashRun(new LedgerFixture(SEED), devices(roles, power));
        run.script();
        assertThat(run.acknowledged).isEqualTo(run.offered);
        return power.operations();
    }

    private static long recoveryOperations(CrashRun run, Map<DeviceRole, CrashFs> found) {
        Power power = Power.steady();
        Map<DeviceRole, CrashFs> devices = new EnumMap<>(DeviceRole.class);
        found.forEach((role, fs) -> devices.put(role, fs.moved(power)));
        new CrashRun(run.fixture, devices).open();
        return power.operations();
    }

    private static Map<DeviceRole, CrashFs> survivors(
            CrashRun run, Set<DeviceRole> roles, long salt, Random random) {
        return survivors(run, roles, Power.steady(), salt, random);
    }

    private static Map<DeviceRole, CrashFs> survivors(
            CrashRun run, Set<DeviceRole> roles, Power power, long salt, Random random) {
        Map<DeviceRole, CrashFs> devices = new EnumMap<>(DeviceRole.class);
        for (DeviceRole role : roles) {
            int choice = Math.floorMod(random.nextInt() + (int) salt, Survival.values().length);
            devices.put(
                    role,
                    run.devices.get(role).afterPowerCut(Survival.values()[choice], random, power));
        }
        return devices;
    }

    private static Map<DeviceRole, CrashFs> devices(Set<DeviceRole> roles, Power power) {
        Map<DeviceRole, CrashFs> devices = new EnumMap<>(DeviceRole.class);
        roles.forEach(role -> devices.put(role, new CrashFs("device " + role, power)));
        return devices;
    }

    /** The mutation: everything as it should be, but a force returns without forcing. */
    private static final class SkipsForce extends ForwardingFs {
        SkipsForce(LedgerFs real) {
            super(real);
        }

        @Override
        public LedgerFile create(String name) throws IOException {
            LedgerFile file = super.create(name);
            if (!name.startsWith("seg-")) {
                return file;
            }
            return new LedgerFile() {
                @Override
                public void append(byte[] bytes) throws IOException {
                    file.append(bytes);
                }

                @Override
                public void force() {
                    // the mutation
                }

                @Override
                public long length() {
                    return file.length();
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }
    }
}
