package io.invigil.hub.office;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.audit.AuditEntry;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An entry of the log as people read it; ID numbers and mobiles are masked (domain, section 3). */
public record AuditRow(
        long number,
        String at,
        String login,
        String role,
        String address,
        String action,
        String subject,
        String key,
        String before,
        String after,
        String hash) {
    private static final Set<String> MASKED = Set.of("idNumber", "mobile", "phone", "mail");

    static AuditRow of(Visit visit, AuditEntry entry) {
        Texts texts = visit.texts();
        return new AuditRow(
                entry.number(),
                texts.stamp(entry.at()),
                entry.actor().login(),
                named(texts, "audit.role.", entry.actor().role()),
                entry.actor().address(),
                texts.of("audit.action", entry.action()),
                subject(texts, entry.subject()),
                entry.key(),
                fields(entry.before()),
                fields(entry.after()),
                entry.hash().hex());
    }

    /** The kind's text; the kind itself when it has none. */
    public static String subject(Texts texts, String subject) {
        return named(texts, "audit.subject.", subject);
    }

    private static String named(Texts texts, String prefix, String code) {
        return texts.has(prefix + code) ? texts.text(prefix + code) : code;
    }

    /** One field a line: {@code seats = 40}. */
    private static String fields(String json) {
        Optional<JsonNode> tree = Json.readTree(json.getBytes(StandardCharsets.UTF_8));
        if (json.isEmpty() || tree.isEmpty()) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        tree.get().properties().forEach(field -> lines.add(line(field.getKey(), field.getValue())));
        return String.join("\n", lines);
    }

    private static String line(String name, JsonNode value) {
        JsonNode inner = value.size() == 1 && value.has("value") ? value.get("value") : value;
        String text = inner.isValueNode() ? inner.asText() : inner.toString();
        return name + " = " + (MASKED.contains(name) ? masked(text) : text);
    }

    private static String masked(String text) {
        if (text.length() == 18) {
            return IdNumber.masked(text);
        }
        return text.length() < 8
                ? "****"
                : text.substring(0, 3) + "****" + text.substring(text.length() - 4);
    }
}
