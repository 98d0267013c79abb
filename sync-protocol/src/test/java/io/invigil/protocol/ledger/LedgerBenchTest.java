package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.device.DirectoryFs;
import io.invigil.protocol.sim.LedgerLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts per second of the bare ledger; replay after it. Run with {@code -P bench}. */
@Tag("bench")
class LedgerBenchTest {
    @TempDir Path directory;

    private final LedgerFixture fixture = new LedgerFixture(3);

    @Test
    void twoHundredProducersOnTwoFiles() throws Exception {
        FactDraft fact = LedgerFixture.fact(Lane.RES, "a".repeat(300));
        long facts;
        try (Ledger ledger = open().ledger()) {
            LedgerLoad.run(ledger, 200, Duration.ofSeconds(3), producer -> fact);
            LedgerLoad.Result result =
                    LedgerLoad.run(ledger, 200, Duration.ofSeconds(5), producer -> fact);
            System.out.printf(
                    "ledger: %.0f facts/s, p50 %.2f ms, p99 %.2f ms%n",
                    result.factsPerSecond(), result.p50Millis(), result.p99Millis());
            facts = ledger.durablePosition();
        }
        assertThat(fixture.alarms).isEmpty();
        long start = System.nanoTime();
        try (Ledger ledger = open().ledger()) {
            long opened = System.nanoTime();
            long[] seen = {0};
            ledger.replay(
                    1,
                    record -> {
                        seen[0]++;
                        return true;
                    });
            long replayed = System.nanoTime();
            System.out.printf(
                    "%d facts: opened in %.0f ms, replayed in %.0f ms%n",
                    seen[0], (opened - start) / 1e6, (replayed - opened) / 1e6);
            assertThat(seen[0]).isGreaterThanOrEqualTo(facts);
        }
    }

    private OpenedLedger open() throws IOException {
        return Ledger.open(
                fixture.settings(),
                new DirectoryFs(directory.resolve("a")),
                Optional.of(new DirectoryFs(directory.resolve("b"))));
    }
}
