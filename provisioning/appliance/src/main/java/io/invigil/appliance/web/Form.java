package io.invigil.appliance.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sent form ({@code application/x-www-form-urlencoded}). Values are trimmed, but for {@link
 * #raw}. Immutable.
 */
public final class Form {
    public static final int BYTES_MAX = 512 * 1024;
    public static final int FIELDS_MAX = 5_000;

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** A form of fields that are known already, such as one that was sent and then corrected. */
    public static Form of(Map<String, List<String>> fields) {
        return new Form(new LinkedHashMap<>(fields));
    }

    /** Empty when the text is malformed or has more than {@link #FIELDS_MAX} fields. */
    public static Optional<Form> parse(String body) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int count = 0;
        int from = 0;
        while (from < body.length()) {
            int end = body.indexOf('&', from);
            if (end < 0) {
                end = body.length();
            }
            if (end > from) {
                if (++count > FIELDS_MAX) {
                    return Optional.empty();
                }
                String pair = body.substring(from, end);
                int equals = pair.indexOf('=');
                try {
                    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                    fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
                } catch (IllegalArgumentException malformed) {
                    return Optional.empty();
                }
            }
            from = end + 1;
        }
        return Optional.of(new Form(fields));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The first value; empty when absent or blank. */
    public Optional<String> get(String name) {
        return all(name).stream().findFirst().filter(value -> !value.isEmpty());
    }

    /** The first value as it was typed, spaces included; for passwords. */
    public String raw(String name) {
        return fields.getOrDefault(name, List.of("")).getFirst();
    }

    /** The first value, or an empty text; to fill a form again. */
    public String text(String name) {
        return get(name).orElse("");
    }

    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of()).stream().map(String::strip).toList();
    }

    /** A whole number; empty when absent or not one. */
    public Optional<Long> number(String name) {
        return get(name).flatMap(Form::parseLong);
    }

    /** All values that are whole numbers, such as ticked rows. */
    public List<Long> numbers(String name) {
        return all(name).stream().flatMap(value -> parseLong(value).stream()).toList();
    }

    private static Optional<Long> parseLong(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** A date of an {@code <input type="date">}; empty when absent or not one. */
    public Optional<LocalDate> date(String name) {
        try {
            return get(name).map(LocalDate::parse);
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    /** Whether a checkbox of this name was ticked. */
    public boolean ticked(String name) {
        return fields.containsKey(name);
    }

    public Map<String, List<String>> fields() {
        return Map.copyOf(fields);
    }
}
