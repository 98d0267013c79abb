package io.invigil.hub.message;

/** What a message holds; the names stand in the database. */
public enum MessageKind {
    /** Anybody who may see the message may read it. */
    NOTICE,
    /** A first password: read by who hands it over, and only where nothing carries it. */
    PASSWORD,
    /** A code that sets a password: read by its recipient alone. */
    CODE
}
