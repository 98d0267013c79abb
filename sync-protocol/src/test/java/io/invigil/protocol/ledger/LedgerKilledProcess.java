package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.device.DirectoryFs;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A process that saves facts as fast as it can and prints what is durable, until it is killed. */
final class LedgerKilledProcess {
    private static final int UNDER_WAY_MAX = 64;

    /** So that nothing is left running when nobody kills it. */
    private static final Duration LIFE = Duration.ofMinutes(1);

    private LedgerKilledProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        String start = arguments[1];
        Ledger ledger =
                Ledger.open(
                                new LedgerFixture(99).settings(LedgerFixture.osEntropy()),
                                new DirectoryFs(directory.resolve("a")),
                                Optional.of(new DirectoryFs(directory.resolve("b"))))
                        .ledger();
        PrintStream out = new PrintStream(System.out, true);
        var permits = new java.util.concurrent.Semaphore(UNDER_WAY_MAX);
        long end = System.nanoTime() + LIFE.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            permits.acquire();
            String text = start + "-" + i;
            FactDraft fact = LedgerFixture.fact(Lane.RES, text);
            ledger.append(List.of(fact))
                    .thenRun(
                            () -> {
                                out.println("saved " + text);
                                permits.release();
                            });
        }
    }
}
