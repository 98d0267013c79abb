package io.invigil.protocol.hub;

/** What the hub's sync alarms about; the name is the stable code. */
public enum HubAlarm {
    /** A bundle or message was not authentic or out of form; a copy is in quarantine. */
    REJECTED,
    /** A bundle was parked for review. */
    PARKED,
    /** Two different records under one number (row 45). */
    FORK,
    /** Two epochs with one parent: a cloned or restored node (rows 46 and 47). */
    CLONE,
    /** A Hello proved that this hub has forgotten receipts: a new hub epoch was opened (row 38). */
    HUB_RESTORED,
    /** A message made the program fail; it was parked after one try (row 61). */
    POISON,
    /** Facts of a critical type that this program does not know wait for an update (P6). */
    UNKNOWN_CRITICAL,
    /** The store did not commit; the message waits. */
    STORE_UNAVAILABLE
}
