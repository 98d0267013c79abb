package io.invigil.protocol.node;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.receipt.HubEpoch;
import java.time.Duration;

/** When a node may delete data (XSP/1 section 7). Stateless. */
public final class PurgeRules {
    /** Records stay this long after the exam was signed closed. */
    public static final Duration RECORDS_KEPT = Duration.ofDays(30);

    /** Snapshots may go after this when space is short. */
    public static final Duration SNAPSHOTS_KEPT = Duration.ofDays(7);

    private PurgeRules() {}

    /**
     * The state of an epoch.
     *
     * @param everyLaneR2 verified R2 receipts cover every record of every lane, without gaps
     * @param receiptsFrom hub epoch of those receipts
     * @param hubEpochNow hub epoch of the newest word of the hub
     * @param examsClosed every exam that has facts in this epoch is signed closed
     * @param sinceClosed since the last of them was closed, by trusted time
     */
    public record EpochState(
            EpochId epoch,
            boolean everyLaneR2,
            HubEpoch receiptsFrom,
            HubEpoch hubEpochNow,
            boolean examsClosed,
            Duration sinceClosed) {}

    /** Whether to delete, and if not the first reason why not. */
    public enum Permission {
        ALLOWED,
        NOT_RECEIVED_TWICE,
        HUB_EPOCH_CHANGED,
        EXAM_NOT_CLOSED,
        TOO_EARLY
    }

    /** Records of an epoch. */
    public static Permission records(EpochState state) {
        return decide(state, RECORDS_KEPT);
    }

    /** Snapshots of an epoch, asked only when space is short. */
    public static Permission snapshots(EpochState state) {
        return decide(state, SNAPSHOTS_KEPT);
    }

    private static Permission decide(EpochState state, Duration kept) {
        if (!state.everyLaneR2()) {
            return Permission.NOT_RECEIVED_TWICE;
        }
        if (!state.receiptsFrom().equals(state.hubEpochNow())) {
            return Permission.HUB_EPOCH_CHANGED;
        }
        if (!state.examsClosed()) {
            return Permission.EXAM_NOT_CLOSED;
        }
        return state.sinceClosed().compareTo(kept) < 0 ? Permission.TOO_EARLY : Permission.ALLOWED;
    }
}
