package io.invigil.hub.ingest;

import java.time.Instant;

/**
 * What the hub holds of one lane of one process start of a node.
 *
 * @param ackSeq stored without gap up to here
 * @param r2Seq covered by a replica or a verified backup up to here
 * @param waiting whether records beyond a gap wait for those before
 */
public record LaneState(
        String epoch,
        String lane,
        long ackSeq,
        long r2Seq,
        boolean waiting,
        boolean forked,
        Instant changedAt) {}
