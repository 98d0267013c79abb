package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.ledger.device.DirectoryFs;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process on real files is killed with SIGKILL while it saves. */
class LedgerKillTest {
    private static final int KILLS = 3;
    private static final String SAVED = "saved ";

    @TempDir Path directory;

    @Test
    void fault1And2WhatAKilledProcessAcknowledgedIsThereOnceAfterEveryKill() throws Exception {
        LedgerFixture fixture = new LedgerFixture(99);
        Random random = new Random(99);
        List<String> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            int facts = 200 + random.nextInt(2000);
            acknowledged.addAll(saveAndKill("run" + kill, facts));
            OpenedLedger opened =
                    Ledger.open(
                            fixture.settings(LedgerFixture.osEntropy()),
                            new DirectoryFs(directory.resolve("a")),
                            Optional.of(new DirectoryFs(directory.resolve("b"))));
            assertThat(opened.alarms())
                    .noneMatch(alarm -> alarm.kind() == LedgerAlarm.Kind.CORRUPT);
            try (Ledger ledger = opened.ledger()) {
                assertThat(LedgerFixture.replayed(ledger))
                        .doesNotHaveDuplicates()
                        .containsAll(acknowledged);
                CrashRun.verifyChains(ledger);
            }
        }
    }

    private List<String> saveAndKill(String name, int facts) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-XX:TieredStopAtLevel=1",
                                LedgerKilledProcess.class.getName(),
                                directory.toString(),
                                name)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null) {
                if (line.startsWith(SAVED)) {
                    acknowledged.add(line.substring(SAVED.length()));
                }
                if (acknowledged.size() == facts) {
                    // of the handle, which leaves what was printed to be read
                    process.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
        }
        assertThat(process.waitFor()).isNotZero();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(facts);
        return acknowledged;
    }
}
