package io.invigil.hub.intake;

/** What an import brought. Names stand in the database. */
public enum ImportKind {
    CANDIDATES_ADDED,
    CANDIDATES_CHANGED,
    PHOTOS,
    REGISTRATIONS
}
