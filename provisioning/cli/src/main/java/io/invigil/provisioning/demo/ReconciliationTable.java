package io.invigil.provisioning.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The reconciliation as a person reads it. */
final class ReconciliationTable {
    private ReconciliationTable() {}

    static void print(
            DemoWorld world,
            JsonNode outcomes,
            Reconciliation compared,
            JsonNode certificates,
            Map<String, Object> line) {
        StringBuilder text = new StringBuilder("\n");
        row(text, "registered", line.get("registered"), "");
        row(text, "absent", line.get("absent"), "never came, marked so at the close");
        row(text, "interrupted", line.get("interrupted"), "started, no hand-in");
        row(text, "pending review", line.get("pendingReview"), "");
        row(text, "rejected", line.get("rejected"), "");
        row(text, "scored", line.get("scored"), "reviewed and scored at the hub");
        row(
                text,
                "elsewhere",
                outcomes.path("NOT_ARRIVED").asInt() + outcomes.path("HELD").asInt(),
                "not arrived, or held by an alarm");
        row(text, "saves acknowledged", compared.acknowledged(), "by the candidates' own record");
        row(text, "lost", compared.lost(), "acknowledged, not at the hub byte for byte");
        row(text, "duplicated", compared.duplicated(), "at the hub more than once");
        row(text, "receipts verified", line.get("receiptsVerified"), "no record waits");
        row(
                text,
                "certificates",
                certificates.path("issued").asInt(),
                certificates.path("verified").asInt() + " verified from the code alone");
        for (NodeProcess node : world.nodes()) {
            row(text, node.node().name() + " starts", node.starts(), "1 + kills");
        }
        compared.findings().forEach(finding -> text.append("  ! ").append(finding).append('\n'));
        System.out.println(text);
    }

    private static void row(StringBuilder text, String name, Object value, String note) {
        text.append("  %-20s %8s   %s%n".formatted(name, value, note));
    }
}
