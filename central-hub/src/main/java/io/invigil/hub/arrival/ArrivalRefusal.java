package io.invigil.hub.arrival;

/** Why a claim does not go to the room; the name is the key of its text. */
public enum ArrivalRefusal {
    /** Not eight letters and digits. */
    ARRIVAL_CODE,
    ARRIVAL_TOO_OFTEN
}
