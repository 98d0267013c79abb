package io.invigil.hub.importjob;

import io.invigil.hub.intake.ImportRecordId;
import io.invigil.hub.organisation.TenantId;
import java.time.Instant;

/**
 * An unfinished import as stored.
 *
 * @param stored whether its file is there as a whole
 * @param total rows of the file; -1 until it is read
 * @param done rows whose steps are committed
 * @param attempts how often a hub began to work on it
 * @param holder hub instance at work, empty for none
 */
record ImportJob(
        TenantId tenant,
        ImportRecordId record,
        long plan,
        long level,
        String role,
        String address,
        boolean stored,
        int total,
        int done,
        int attempts,
        String holder,
        Instant leaseUntil) {}
