package io.invigil.protocol.fact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;
import java.util.regex.Pattern;

/** Name of a site node in its realm: {@code [a-z0-9-]{3,32}}, some words reserved. */
public record NodeId(@JsonValue String value) implements Comparable<NodeId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{3,32}");
    private static final Set<String> RESERVED = Set.of("hub", "broker", "all");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NodeId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a node id: 3 to 32 of a-z, 0-9 and -");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches() && !RESERVED.contains(value);
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
