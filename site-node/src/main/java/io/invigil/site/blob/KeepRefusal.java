package io.invigil.site.blob;

/** Stable codes of why content is not kept. */
public enum KeepRefusal {
    BLOB_EMPTY,
    BLOB_TOO_LARGE,
    /** The rest of the disk belongs to the ledger. */
    BLOB_NO_SPACE,
    /** The disk refused; who looks after the machine is told by an alarm. */
    BLOB_NOT_WRITABLE,
    /** The exam's files were deleted; nothing may come back under it. */
    BLOB_EXAM_DELETED
}
