package io.invigil.protocol.fact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** One hub with its nodes and one trust root: {@code [a-z0-9-]{2,32}}. */
public record Realm(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{2,32}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Realm {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a realm: 2 to 32 of a-z, 0-9 and -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
