package io.invigil.protocol.node;

/** What the node's sync alarms about; the name is the stable code. */
public enum NodeAlarm {
    /** A message from the hub is out of form or its signature does not hold (row 41). */
    HUB_MESSAGE_FORGED,
    /** A signed message for another node arrived (row 40). */
    RECEIPT_FOR_ANOTHER_NODE,
    /** A receipt names an epoch that is not ours: a clone is at work, or ours was restored. */
    RECEIPT_FOR_UNKNOWN_EPOCH,
    /** Two different receipts under one number, or a chain that does not link (row 77). */
    HUB_EQUIVOCATES,
    /** The hub was restored and has opened a new hub epoch (row 38). */
    HUB_EPOCH_CHANGED,
    /** The hub's cursor is below what its receipts said. */
    CURSOR_BELOW_RECEIPT,
    /** The hub's record hash differs from ours at one number. */
    HUB_RECORD_DIFFERS,
    /** The hub holds records that our ledger has lost (row 47). */
    RECORDS_LOST_HERE,
    /** A bundle was parked for review; its lane waits. */
    BUNDLE_PARKED,
    /** A bundle was refused; its records stay here and are sent again. */
    BUNDLE_REJECTED,
    /** The ledger gave no records, or other ones than its heads promise. */
    LEDGER_READ_FAILED,
    /** One record does not fit into a bundle. */
    RECORD_TOO_LARGE,
    /** A blob is damaged or lost here (row 70). */
    BLOB_LOST_HERE,
    /** More blobs wait than are kept in memory: add the rest after a restart. */
    BLOB_QUEUE_FULL
}
