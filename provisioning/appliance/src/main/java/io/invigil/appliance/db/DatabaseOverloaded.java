package io.invigil.appliance.db;

/** More transactions wait than the database takes, or it is closed; nothing was done. */
public final class DatabaseOverloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseOverloaded(String message, Throwable cause) {
        super(message, cause);
    }
}
