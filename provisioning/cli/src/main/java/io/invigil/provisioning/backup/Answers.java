package io.invigil.provisioning.backup;

import io.invigil.hub.backup.BackupOutcome;

/** What people read on the terminal, and the exit code. */
final class Answers {
    private Answers() {}

    static int print(BackupOutcome outcome) {
        return switch (outcome) {
            case BackupOutcome.Done done -> {
                System.out.println(
                        done.directory()
                                + ": "
                                + done.records()
                                + " records of "
                                + done.lanes()
                                + " lanes read back and compared, "
                                + done.files()
                                + " files, "
                                + done.bytes()
                                + " bytes");
                yield 0;
            }
            case BackupOutcome.Refused refused -> {
                System.err.println(
                        switch (refused.reason()) {
                                    case BACKUP_NO_DIRECTORY -> "there is no directory ";
                                    case BACKUP_INSIDE_DATA -> "inside the hub's own data: ";
                                    case BACKUP_SAME_DISK ->
                                            "on the hub's own disk (--same-disk lets it count): ";
                                    case BACKUP_NOT_EMBEDDED ->
                                            "the hub's database is a PostgreSQL server: use its own"
                                                    + " tools";
                                    case BACKUP_IO -> "not written or read: ";
                                    case BACKUP_DAMAGED -> "the copy is not what the hub holds: ";
                                    case RESTORE_NO_BACKUP -> "not a finished backup: ";
                                    case RESTORE_NOT_EMPTY -> "the data directory is not empty: ";
                                    case RESTORE_NO_KEYS ->
                                            "the backup has no keys; bring the directory keys into"
                                                    + " ";
                                    case RESTORE_NO_DATA_KEY ->
                                            "bring data.key of the old hub into ";
                                }
                                + refused.detail());
                yield 1;
            }
        };
    }
}
