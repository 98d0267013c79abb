package io.invigil.hub.backup;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;

/** What became of an order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BackupOutcome.Done.class, name = "done"),
    @JsonSubTypes.Type(value = BackupOutcome.Refused.class, name = "refused")
})
public sealed interface BackupOutcome {
    /**
     * Copied, read back and compared.
     *
     * @param directory the backup
     * @param lanes lanes whose records it covers
     * @param records how many records were read back
     */
    record Done(Path directory, int lanes, long records, int files, long bytes)
            implements BackupOutcome {}

    /** Nothing counts as covered. */
    record Refused(BackupRefusal reason, String detail) implements BackupOutcome {}
}
