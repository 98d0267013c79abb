package io.invigil.appliance.db;

/** The migrations at hand do not continue the ones this database has seen; nothing was changed. */
public final class MigrationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MigrationRefused(String namespace, String problem) {
        super("migrations of \"" + namespace + "\": " + problem);
    }

    public MigrationRefused(String namespace, String problem, Throwable cause) {
        super("migrations of \"" + namespace + "\": " + problem, cause);
    }
}
