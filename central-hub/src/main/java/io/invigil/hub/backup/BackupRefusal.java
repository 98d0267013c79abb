package io.invigil.hub.backup;

/** Why there is no backup or no restored hub; the name is the stable code. */
public enum BackupRefusal {
    /** The directory does not exist. */
    BACKUP_NO_DIRECTORY,
    /** The directory lies in the data directory. */
    BACKUP_INSIDE_DATA,
    /** The directory is on the disk of the data directory: one broken disk takes both. */
    BACKUP_SAME_DISK,
    /** The database is a PostgreSQL server: its own tools make its backups. */
    BACKUP_NOT_EMBEDDED,
    /** Something could not be written or read. */
    BACKUP_IO,
    /** The copy, read back, is not what the hub holds. */
    BACKUP_DAMAGED,
    /** The directory is not a finished backup. */
    RESTORE_NO_BACKUP,
    /** The data directory holds something already. */
    RESTORE_NOT_EMPTY,
    /** The backup was made without keys: they must be brought into the data directory first. */
    RESTORE_NO_KEYS,
    /** The data key is neither in the data directory nor among the credentials. */
    RESTORE_NO_DATA_KEY
}
