package io.invigil.hub.arrangement;

import java.util.List;

/** The independent check found faults in an arrangement: nothing of it is stored. */
public final class ArrangementUnsound extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ArrangementUnsound(long seed, List<String> violations) {
        super("arrangement with seed " + seed + " breaks rules: " + violations);
    }
}
