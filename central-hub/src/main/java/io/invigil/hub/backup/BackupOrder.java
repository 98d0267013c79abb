package io.invigil.hub.backup;

import java.nio.file.Path;

/**
 * What people ask for.
 *
 * @param id names the answer, {@code [0-9a-f]{16}}
 * @param directory existing directory in which the copy is made, such as a mounted disk
 * @param sameDisk whether a copy on the disk of the data directory shall count all the same
 * @param blobs whether pictures and attachments are copied
 * @param keys whether the hub's keys are copied, as they lie there: encrypted by the data key
 */
public record BackupOrder(
        String id, Path directory, boolean sameDisk, boolean blobs, boolean keys) {
    public BackupOrder {
        if (!id.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("an order has 16 hexadecimal digits");
        }
    }
}
