package io.invigil.appliance.web;

import io.invigil.appliance.layout.Flash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Messages waiting for the next page of their visitor. In memory and small: on a hub of several
 * instances a message can get lost between them, which costs nobody more than a confirmation.
 * Thread-safe.
 */
final class FlashBox {
    static final int VISITORS_MAX = 2_000;

    private final Map<String, Flash> waiting = new LinkedHashMap<>();

    synchronized void put(String visitor, Flash flash) {
        waiting.remove(visitor);
        waiting.put(visitor, flash);
        if (waiting.size() > VISITORS_MAX) {
            waiting.remove(waiting.keySet().iterator().next());
        }
    }

    synchronized Optional<Flash> take(String visitor) {
        return Optional.ofNullable(waiting.remove(visitor));
    }
}
