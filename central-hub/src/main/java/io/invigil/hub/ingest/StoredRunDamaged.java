package io.invigil.hub.ingest;

/**
 * Stored records are not what was received: their hashes do not end where the row says. The
 * database was damaged or changed by another program; a verified backup or the node has them.
 */
public final class StoredRunDamaged extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    StoredRunDamaged(String which) {
        super(which);
    }
}
