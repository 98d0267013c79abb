package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.ledger.segment.Batch;
import io.invigil.protocol.ledger.segment.BatchCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Appends that wait for the batch before them to become durable: group commit takes as many as fit.
 * Thread-safe.
 */
final class AppendQueue {

    /** One call of append. */
    record Waiting(List<FactDraft> facts, CompletableFuture<Durability> done) {
        int jsonBytes() {
            return facts.stream().mapToInt(fact -> fact.json().length).sum();
        }
    }

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int queuedFacts;
    private long queuedBytes;
    private boolean wakeUpSent;

    /** Adds an append; returns whether the ledger's thread must be woken. */
    synchronized boolean add(Waiting append) {
        int bytes = append.jsonBytes();
        if (queuedFacts + append.facts().size() > Ledger.QUEUED_FACTS_MAX
                || queuedBytes + bytes > Ledger.QUEUED_BYTES_MAX) {
            throw new LedgerQueueFull();
        }
        waiting.addLast(append);
        queuedFacts += append.facts().size();
        queuedBytes += bytes;
        boolean wake = !wakeUpSent;
        wakeUpSent = true;
        return wake;
    }

    /** Takes the appends of one batch, in order; empty when none waits. */
    synchronized List<Waiting> takeBatch() {
        wakeUpSent = false;
        List<Waiting> batch = new ArrayList<>();
        int facts = 0;
        int bytes = BatchCodec.BATCH_BYTES;
        while (!waiting.isEmpty()) {
            Waiting next = waiting.peekFirst();
            int count = next.facts().size();
            int json = next.jsonBytes();
            int length = json + count * BatchCodec.RECORD_BYTES;
            boolean fits =
                    facts + count <= Ledger.APPEND_FACTS_MAX
                            && bytes + length <= Batch.PLAINTEXT_BYTES_MAX;
            if (!batch.isEmpty() && !fits) {
                break;
            }
            batch.add(waiting.removeFirst());
            facts += count;
            queuedBytes -= json;
            bytes += length;
        }
        queuedFacts -= facts;
        return batch;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes everything, for failing it. */
    synchronized List<Waiting> drain() {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        queuedFacts = 0;
        queuedBytes = 0;
        return all;
    }
}
