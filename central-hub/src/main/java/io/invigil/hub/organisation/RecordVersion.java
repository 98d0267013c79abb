package io.invigil.hub.organisation;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a form was filled from, so that the second of two people who edit the same record sees the
 * first one's version instead of overwriting it (issue 4, part 13). The form carries {@link #of} of
 * the record in a hidden field {@link #FIELD}; the rule that saves compares it, under the record's
 * lock, with the record as it is.
 */
public final class RecordVersion {
    /** Name of the hidden field. */
    public static final String FIELD = "version";

    private RecordVersion() {}

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

    /** One field that differs: what stands in the record now, and what was sent. */
    public record Difference(String field, String stored, String sent) {}

    /** Fields in which two forms differ, in the stored form's order, then the other's. */
    public static List<Difference> differences(Entered stored, Entered sent) {
        Map<String, Boolean> names = new LinkedHashMap<>();
        new TreeSet<>(stored.fields().keySet()).forEach(name -> names.put(name, true));
        new TreeSet<>(sent.fields().keySet()).forEach(name -> names.putIfAbsent(name, true));
        List<Difference> differences = new ArrayList<>();
        for (String name : names.keySet()) {
            String one = joined(stored, name);
            String other = joined(sent, name);
            if (!name.equals(FIELD) && !name.startsWith("_") && !one.equals(other)) {
                differences.add(new Difference(name, one, other));
            }
        }
        return differences;
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
