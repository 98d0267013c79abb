package io.invigil.hub.fleet;

/** A key of the realm is missing beside the others: bring the whole key directory back. */
public final class RealmKeysIncomplete extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RealmKeysIncomplete(String name) {
        super("the realm's key " + name + " is missing or unreadable");
    }
}
