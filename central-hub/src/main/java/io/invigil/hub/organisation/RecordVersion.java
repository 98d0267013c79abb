package io.invigil.hub.organisation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a form was filled from, so that the second of two people who edit the same record sees the
 * first one's version instead of overwriting it (issue 4, part 13). The form carries {@link #of} of
 * the record in a hidden field {@link #FIELD}, and what its fields held in {@link #BASE}; the rule
 * that saves compares the version, under the record's lock, with the record as it is. When it is
 * another, the page shows each field that differs with both values to choose from ({@code
 * keep.NAME}); {@link #settled} is the form as chosen.
 */
public final class RecordVersion {
    /** Name of the hidden field. */
    public static final String FIELD = "version";

    /** Name of the hidden field with what the form was filled with, as JSON. */
    public static final String BASE = "was";

    private static final String KEEP = "keep.";
    private static final String STORED = "stored";
    private static final TypeReference<Map<String, List<String>>> FIELDS = new TypeReference<>() {};

    private RecordVersion() {}

    /** A form of the record as it is stored, that says what it was filled from. */
    public static Entered opened(Entered stored, Object record) {
        return versioned(stored, stored, record);
    }

    /** What was sent, to be sent again knowing the record as it is. */
    public static Entered versioned(Entered sent, Entered stored, Object record) {
        Map<String, List<String>> fields = new LinkedHashMap<>(sent.fields());
        fields.keySet().removeIf(name -> name.startsWith(KEEP));
        fields.put(FIELD, List.of(of(record)));
        fields.put(BASE, List.of(Json.mapper().valueToTree(stored.fields()).toString()));
        return new Entered(fields);
    }

    /** Whether the form was filled from the record as it is. */
    public static boolean isOf(Entered sent, Object record) {
        return of(record).equals(sent.text(FIELD));
    }

    /** What was sent, with the stored value in each field where that was chosen. */
    public static Entered settled(Entered sent, Entered stored) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        sent.fields()
                .forEach(
                        (name, values) -> {
                            if (!name.startsWith(KEEP)) {
                                fields.put(name, values);
                            }
                        });
        for (Map.Entry<String, List<String>> chosen : sent.fields().entrySet()) {
            if (chosen.getKey().startsWith(KEEP) && chosen.getValue().contains(STORED)) {
                String name = chosen.getKey().substring(KEEP.length());
                fields.remove(name);
                Optional.ofNullable(stored.fields().get(name))
                        .ifPresent(values -> fields.put(name, values));
            }
        }
        return new Entered(fields);
    }

    private static Map<String, List<String>> base(Entered sent) {
        try {
            return Json.mapper().readValue(sent.text(BASE), FIELDS);
        } catch (JsonProcessingException unreadable) {
            // from a page without it, or tampered with: then every field counts as touched
            return Map.of();
        }
    }

    /** A digest of everything the record says. */
    public static String of(Object record) {
        JsonNode tree = Json.mapper().valueToTree(record);
        String text = canonical(tree);
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
    }

    /** Sets come in any order: members of an array are sorted, at every depth. */
    private static String canonical(JsonNode node) {
        if (node.isArray()) {
            List<String> members = new ArrayList<>();
            node.forEach(member -> members.add(canonical(member)));
            members.sort(null);
            return members.toString();
        }
        if (node.isObject()) {
            List<String> fields = new ArrayList<>();
            node.properties()
                    .forEach(
                            field ->
                                    fields.add(field.getKey() + "=" + canonical(field.getValue())));
            return fields.toString();
        }
        return node.toString();
    }

    /**
     * One field that differs: what stands in the record now, and what was sent.
     *
     * @param label of the field for people
     * @param touched whether the sender changed the field; what is untouched stays as stored unless
     *     the sender says otherwise
     */
    public record Difference(
            String field, String label, String stored, String sent, boolean touched) {

        /** Under the field's own label. */
        public Difference labelled(String text) {
            return new Difference(field, text, stored, sent, touched);
        }
    }

    /** Fields in which two forms differ, in the stored form's order, then the other's. */
    public static List<Difference> differences(Entered stored, Entered sent) {
        Map<String, Boolean> names = new LinkedHashMap<>();
        new TreeSet<>(stored.fields().keySet()).forEach(name -> names.put(name, true));
        new TreeSet<>(sent.fields().keySet()).forEach(name -> names.putIfAbsent(name, true));
        Entered base = new Entered(base(sent));
        List<Difference> differences = new ArrayList<>();
        for (String name : names.keySet()) {
            String one = joined(stored, name);
            String other = joined(sent, name);
            if (isField(name) && !one.equals(other)) {
                boolean touched = !joined(base, name).equals(other);
                differences.add(new Difference(name, name, one, other, touched));
            }
        }
        return differences;
    }

    private static boolean isField(String name) {
        return !name.equals(FIELD)
                && !name.equals(BASE)
                && !name.startsWith("_")
                && !name.startsWith(KEEP);
    }

    private static String joined(Entered form, String name) {
        return String.join(
                ", ",
                form.fields().getOrDefault(name, List.of()).stream()
                        .map(String::strip)
                        .sorted()
                        .toList());
    }
}
