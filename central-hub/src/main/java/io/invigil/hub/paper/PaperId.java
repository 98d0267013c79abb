package io.invigil.hub.paper;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Number of a paper version within its tenant. Inside packages and facts it is written {@code P12}.
 */
public record PaperId(long value) {
    private static final Pattern NAME = Pattern.compile("P[1-9][0-9]{0,17}");

    public PaperId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    /** The paper's name in packages and facts, its {@code Paper.id()}. */
    public String name() {
        return "P" + value;
    }

    /** The id behind a name; empty when the text is no such name. */
    public static Optional<PaperId> ofName(String name) {
        return NAME.matcher(name).matches()
                ? Optional.of(new PaperId(Long.parseLong(name.substring(1))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
