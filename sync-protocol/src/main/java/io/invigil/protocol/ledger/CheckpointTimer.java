package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.FactRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Sees to it that a checkpoint follows the last fact in time. For the ledger's thread. */
final class CheckpointTimer {
    private static final byte[] MARK =
            ("{\"t\":\"" + Checkpoint.TYPE + "\"").getBytes(StandardCharsets.UTF_8);

    private final LedgerScheduler scheduler;
    private final Duration after;
    private final Runnable write;
    private boolean due;

    CheckpointTimer(LedgerScheduler scheduler, Duration after, Runnable write) {
        this.scheduler = scheduler;
        this.after = after;
        this.write = write;
    }

    /** Whether a durable fact waits for its checkpoint. */
    boolean isDue() {
        return due;
    }

    void committed(List<FactRecord> records) {
        boolean facts = records.stream().anyMatch(record -> !isCheckpoint(record.json()));
        if (facts && !due) {
            due = true;
            scheduler.after(
                    after,
                    () -> {
                        due = false;
                        write.run();
                    });
        }
    }

    private static boolean isCheckpoint(byte[] json) {
        return json.length > MARK.length
                && Arrays.equals(json, 0, MARK.length, MARK, 0, MARK.length);
    }
}
