package io.invigil.hub.organisation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a form shows in its fields: stored values, or what was sent and refused. */
public record Entered(Map<String, List<String>> fields) {

    public Entered {
        fields = Map.copyOf(fields);
    }

    public static Entered empty() {
        return new Entered(Map.of());
    }

    /** The first value, or an empty text. */
    public String text(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    /** Whether the value is among those of the field: a ticked box, a chosen option. */
    public boolean has(String name, Object value) {
        return fields.getOrDefault(name, List.of()).contains(value.toString());
    }

    /** Builds one from values. */
    public static final class Builder {
        private final Map<String, List<String>> fields = new LinkedHashMap<>();

        public Builder with(String name, Object value) {
            fields.put(name, List.of(value.toString()));
            return this;
        }

        public Builder withAll(String name, List<?> values) {
            fields.put(name, values.stream().map(Object::toString).toList());
            return this;
        }

        public Entered build() {
            return new Entered(fields);
        }
    }
}
