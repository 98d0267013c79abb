package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.device.DeviceRole;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The node's ledger, open for one epoch (XSP/1 section 2). Opened by {@code Ledger.open(settings,
 * deviceA, Optional<deviceB>)}, which recovers what the devices hold, starts a new epoch and
 * returns when its {@code epoch-opened} fact is durable.
 *
 * <p>{@link #append} is for one writer thread at a time; all other methods may be called from any
 * thread.
 */
public interface Ledger extends AutoCloseable {
    /** One append has at most this many facts; they become durable together. */
    int APPEND_FACTS_MAX = 512;

    /** One append has at most this many bytes of JSON. */
    int APPEND_BYTES_MAX = 1024 * 1024 - 64 * 1024;

    /** Facts waiting for the devices; beyond this {@link LedgerQueueFull}. */
    int QUEUED_FACTS_MAX = 20_000;

    /** Records one {@link #read} returns at most. */
    int READ_RECORDS_MAX = 10_000;

    /** The epoch of this process. */
    EpochId epoch();

    /**
     * Takes facts in order; all of one call are durable together or not at all. The stage completes
     * on the ledger's thread when they are forced, in the order of the calls; it fails with {@link
     * LedgerUnavailable} when no device is left.
     *
     * @throws LedgerQueueFull when too many facts wait; nothing was taken
     * @throws IllegalArgumentException when the list is empty or beyond the limits
     */
    CompletionStage<Durability> append(List<FactDraft> facts);

    /**
     * Visits all durable records from a position on, in order of position, over all epochs of the
     * main branch. Records appended meanwhile may or may not be visited.
     */
    void replay(long fromPosition, FactVisitor visitor);

    /**
     * Durable records of one lane in order of {@code seq}, parked epochs included.
     *
     * @param maxRecords at most {@link #READ_RECORDS_MAX}
     * @param maxBytes of JSON; at least one record is returned if there is one
     * @return empty when the epoch is unknown or has nothing from {@code fromSeq} on
     */
    List<FactRecord> read(EpochId epoch, Lane lane, long fromSeq, int maxRecords, int maxBytes);

    /** All epochs, oldest first, this one last. */
    List<EpochHeads> heads();

    /** Position of the last durable record; 0 before the first. */
    long durablePosition();

    /** The devices that hold every durable record. */
    Set<DeviceRole> members();

    /**
     * A signed statement of the durable heads of this epoch, to append: the ledger appends one by
     * itself within a second of the last fact; the closing report takes one on demand.
     */
    FactDraft checkpoint();

    /** Waits for what was appended, then stops. Appends after this fail. */
    @Override
    void close();
}
