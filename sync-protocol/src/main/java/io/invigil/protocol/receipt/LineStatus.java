package io.invigil.protocol.receipt;

/** What the hub did with one bundle (XSP/1 section 6). */
public enum LineStatus {
    /** Its records are stored. */
    ACCEPTED,
    /** Every record was stored before. */
    DUPLICATE,
    /** Kept whole for review by people; not counted, not acknowledged. */
    PARKED,
    /** Not authentic or out of form; a copy is in quarantine. Never frees data at the node. */
    REJECTED
}
