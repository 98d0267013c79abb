package io.invigil.acceptance.bench;

import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.protocol.ledger.LedgerKeys;
import io.invigil.protocol.ledger.LedgerSettings;
import io.invigil.protocol.ledger.device.DirectoryFs;
import io.invigil.protocol.sim.LedgerLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The node's ledger without a node: the facts of saves, on two directories, forced. */
final class BareLedger {
    private BareLedger() {}

    /** Feeds it for this time with as many producers as there are answers. */
    static LedgerLoad.Result load(
            Path directory, List<BenchCandidate.SavedAnswer> answers, Duration time)
            throws IOException {
        Entropy entropy = Entropy.secure();
        LedgerSettings settings =
                new LedgerSettings(
                        new Realm("bench"),
                        new NodeId("bench-1"),
                        new LedgerKeys(
                                entropy.bytes(32),
                                SealKey.generate(entropy).publicKey(),
                                SigningKey.generate(entropy)),
                        "bench",
                        entropy,
                        Clock.systemUTC(),
                        LedgerSettings.Timings.SPECIFIED,
                        alarm -> System.out.println("bare ledger: " + alarm),
                        LedgerSettings.SEGMENT_BYTES);
        try (Ledger ledger =
                Ledger.open(
                                settings,
                                new DirectoryFs(directory.resolve("a")),
                                Optional.of(new DirectoryFs(directory.resolve("b"))))
                        .ledger()) {
            return LedgerLoad.run(
                    ledger, answers.size(), time, producer -> fact(answers.get(producer)));
        }
    }

    private static FactDraft fact(BenchCandidate.SavedAnswer answer) {
        RoomFact saved =
                new RoomFact.AnswerSaved(
                        answer.sitting(),
                        answer.item(),
                        UUID.randomUUID().toString(),
                        1,
                        answer.response());
        FactStamp stamp =
                new FactStamp(
                        System.currentTimeMillis(),
                        System.nanoTime() / 1_000_000,
                        "bench",
                        "candidate:" + answer.sitting());
        return new StampedFact(stamp, saved).draft();
    }
}
