package io.invigil.hub.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.invigil.appliance.db.Tx;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records what is done, in the transaction that does it: when that is rolled back, nothing was
 * done. One call in each rule that changes a record:
 *
 * <pre>{@code
 * store.change(tx, after);
 * audit.changed(tx, scope.actor(), "plan", plan.id(), plan, after);
 * }</pre>
 *
 * <p>Before and after are records or maps; they are kept as JSON, of a change only the fields that
 * differ. Never pass passwords, keys or pictures. The kind's text is {@code audit.subject.<kind>}
 * in the bundle {@code audit}. Stateless and thread-safe.
 */
public final class Audit {
    /** A longer text is kept as its beginning, its length and its SHA-256. */
    public static final int FIELD_CHARS_MAX = 4_000;

    /** All fields of one side; beyond it each is kept like one that is too long. */
    public static final int JSON_CHARS_MAX = 16_000;

    public static final int KEY_CHARS_MAX = 100;
    public static final int SUBJECT_CHARS_MAX = 40;

    private static final int BEGINNING_CHARS = 60;

    private final AuditStore store = new AuditStore();

    /** One of many changes for {@link #all}. */
    public record Change(
            AuditAction action,
            String subject,
            String key,
            Optional<Object> before,
            Optional<Object> after) {

        public static Change created(String subject, Object key, Object after) {
            return new Change(
                    AuditAction.CREATED,
                    subject,
                    key.toString(),
                    Optional.empty(),
                    Optional.of(after));
        }

        public static Change changed(String subject, Object key, Object before, Object after) {
            return new Change(
                    AuditAction.CHANGED,
                    subject,
                    key.toString(),
                    Optional.of(before),
                    Optional.of(after));
        }

        public static Change deleted(String subject, Object key, Object before) {
            return new Change(
                    AuditAction.DELETED,
                    subject,
                    key.toString(),
                    Optional.of(before),
                    Optional.empty());
        }
    }

    public void created(Tx tx, AuditActor who, String subject, Object key, Object after) {
        all(tx, who, List.of(Change.created(subject, key, after)));
    }

    /** Records the fields that differ; nothing when none does. */
    public void changed(
            Tx tx, AuditActor who, String subject, Object key, Object before, Object after) {
        all(tx, who, List.of(Change.changed(subject, key, before, after)));
    }

    public void deleted(Tx tx, AuditActor who, String subject, Object key, Object before) {
        all(tx, who, List.of(Change.deleted(subject, key, before)));
    }

    /**
     * Somebody was shown something whose readers are to be known.
     *
     * @param what such as the number of rows
     */
    public void read(Tx tx, AuditActor who, String subject, Object key, Map<String, ?> what) {
        all(tx, who, List.of(shown(AuditAction.READ, subject, key, what)));
    }

    /** Somebody took something away as a file. */
    public void exported(Tx tx, AuditActor who, String subject, Object key, Map<String, ?> what) {
        all(tx, who, List.of(shown(AuditAction.EXPORTED, subject, key, what)));
    }

    /** A login and what came of it. */
    public void access(Tx tx, AuditActor who, Object key, Map<String, ?> what) {
        all(tx, who, List.of(shown(AuditAction.ACCESS, "login", key, what)));
    }

    private static Change shown(
            AuditAction action, String subject, Object key, Map<String, ?> what) {
        return new Change(action, subject, key.toString(), Optional.empty(), Optional.of(what));
    }

    /** Many changes in the order given, as of an import. */
    public void all(Tx tx, AuditActor who, List<Change> changes) {
        List<AuditEntry> entries = new ArrayList<>(changes.size());
        for (Change change : changes) {
            Sides sides = sides(change);
            if (change.action() == AuditAction.CHANGED && sides.isEmpty()) {
                continue;
            }
            entries.add(
                    new AuditEntry(
                            who,
                            0,
                            0,
                            tx.at(),
                            change.action(),
                            AuditActor.cut(change.subject(), SUBJECT_CHARS_MAX),
                            AuditActor.cut(change.key(), KEY_CHARS_MAX),
                            sides.before(),
                            sides.after(),
                            Digest.ZERO));
        }
        store.record(tx, entries);
    }

    private record Sides(String before, String after) {
        boolean isEmpty() {
            return before.isEmpty() && after.isEmpty();
        }
    }

    private static Sides sides(Change change) {
        if (change.action() == AuditAction.CHANGED) {
            ObjectNode before = tree(change.before());
            ObjectNode after = tree(change.after());
            keepDifferences(before, after);
            return new Sides(text(before), text(after));
        }
        return new Sides(written(change.before()), written(change.after()));
    }

    /** A whole side; the tree is made only where something in it may be too long. */
    private static String written(Optional<Object> side) {
        if (side.isEmpty()) {
            return "";
        }
        String text = plain(side.get());
        boolean kept = text.startsWith("{") && text.length() <= FIELD_CHARS_MAX;
        return kept && !text.equals("{}") ? text : text(tree(side));
    }

    private static String plain(Object side) {
        try {
            return Json.mapper().writeValueAsString(side);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record cannot be written as JSON", impossible);
        }
    }

    private static ObjectNode tree(Optional<Object> side) {
        if (side.isEmpty()) {
            return Json.mapper().createObjectNode();
        }
        JsonNode node = Json.mapper().valueToTree(side.get());
        if (node instanceof ObjectNode fields) {
            return fields;
        }
        ObjectNode alone = Json.mapper().createObjectNode();
        alone.set("value", node);
        return alone;
    }

    private static void keepDifferences(ObjectNode before, ObjectNode after) {
        before.properties()
                .removeIf(
                        field -> {
                            boolean same = field.getValue().equals(after.get(field.getKey()));
                            if (same) {
                                after.remove(field.getKey());
                            }
                            return same;
                        });
    }

    private static String text(ObjectNode fields) {
        if (fields.isEmpty()) {
            return "";
        }
        shorten(fields, FIELD_CHARS_MAX);
        String text = fields.toString();
        if (text.length() > JSON_CHARS_MAX) {
            shorten(fields, BEGINNING_CHARS);
            text = fields.toString();
        }
        if (text.length() <= JSON_CHARS_MAX) {
            return text;
        }
        ObjectNode digest = Json.mapper().createObjectNode();
        digest.set("all", shortened(text));
        return digest.toString();
    }

    private static void shorten(ObjectNode fields, int charsMax) {
        fields.properties()
                .forEach(
                        field -> {
                            JsonNode value = field.getValue();
                            String text = value.isTextual() ? value.asText() : value.toString();
                            if (text.length() > charsMax) {
                                field.setValue(shortened(text));
                            }
                        });
    }

    private static TextNode shortened(String text) {
        return TextNode.valueOf(
                AuditActor.cut(text, BEGINNING_CHARS)
                        + "… "
                        + text.length()
                        + " sha256:"
                        + Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex());
    }
}
