package io.invigil.hub.message;

/** How a message travels; the names stand in the database. */
public enum Channel {
    MAIL,
    SMS
}
