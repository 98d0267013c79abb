package io.invigil.hub.arrangement;

/** How candidates are spread over rooms and seats (domain, section 7). Names stand in runs. */
public enum Strategy {
    /** In the order of the candidate numbers, room by room and seat by seat. */
    BY_NUMBER,
    /** At random, repeatable by the recorded seed. */
    RANDOM,
    /** Rooms mixed over schools, and neighbours from different schools as far as possible. */
    DIFFERENT_SCHOOLS
}
