package io.invigil.provisioning.demo;

import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what candidates were promised with what the hub holds: every acknowledged save byte for
 * byte, nothing twice, the same digest of the answers on both sides.
 *
 * @param lost acknowledged saves or hand-ins that the hub lacks or holds otherwise
 * @param duplicated saves that the hub holds more than once
 * @param acknowledged saves compared
 * @param findings one line for each of the first that differ
 */
public record Reconciliation(int lost, int duplicated, int acknowledged, List<String> findings) {
    private static final int FINDINGS_MAX = 20;

    /**
     * @param exported file of {@link HubSitting}s, one a line
     */
    public static Reconciliation of(List<CandidateRecord> records, Path exported)
            throws IOException {
        Map<Long, HubSitting> held = new HashMap<>();
        for (String line : Files.readAllLines(exported)) {
            HubSitting sitting =
                    Json.mapper()
                            .readValue(line.getBytes(StandardCharsets.UTF_8), HubSitting.class);
            if (held.put(sitting.sitting(), sitting) != null) {
                throw new IOException("the hub exports sitting " + sitting.sitting() + " twice");
            }
        }
        Tally tally = new Tally();
        for (CandidateRecord record : records) {
            tally.compare(record, Optional.ofNullable(held.get(record.sitting())));
        }
        return new Reconciliation(
                tally.lost, tally.duplicated, tally.acknowledged, List.copyOf(tally.findings));
    }

    private static final class Tally {
        private final List<String> findings = new ArrayList<>();
        private int lost;
        private int duplicated;
        private int acknowledged;

        void compare(CandidateRecord record, Optional<HubSitting> held) {
            Map<String, HubAnswer> byOp = new HashMap<>();
            Set<String> numbers = new HashSet<>();
            for (HubAnswer answer : held.map(HubSitting::answers).orElse(List.of())) {
                boolean opTwice = byOp.put(answer.op(), answer) != null;
                boolean numberTwice = !numbers.add(answer.item() + " " + answer.revision());
                if (opTwice || numberTwice) {
                    duplicated++;
                    note(record, "twice at the hub: " + answer.item() + " " + answer.revision());
                }
            }
            for (CandidateRecord.Acknowledged save : record.saves()) {
                acknowledged++;
                HubAnswer answer = byOp.get(save.op());
                if (answer == null
                        || !answer.item().equals(save.item())
                        || answer.revision() != save.revision()
                        || !answer.response().equals(save.response())) {
                    lost++;
                    note(record, "not at the hub as acknowledged: " + save + " but " + answer);
                }
            }
            if (record.answersDigest().isPresent()
                    && !record.answersDigest().equals(held.flatMap(HubSitting::answersDigest))) {
                lost++;
                note(record, "the hand-in's digest differs or is missing");
            }
        }

        private void note(CandidateRecord record, String finding) {
            if (findings.size() < FINDINGS_MAX) {
                findings.add("sitting " + record.sitting() + ": " + finding);
            }
        }
    }
}
