package io.invigil.provisioning.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * One candidate with a real HTTPS connection to the node: logs in, takes the right to write,
 * starts, answers every item, some twice, hands in. Remembers what was acknowledged. One thread
 * each.
 */
public final class CandidatePlay {
    private static final int PAUSE_MILLIS_MAX = 600;
    private static final int TRIES_TO_START_MAX = 400;

    private final NodeProcess node;
    private final SampleExam.Seat seat;
    private final CandidateRecord record;
    private final Random random;
    private final boolean crashes;
    private final Map<String, Map<String, List<String>>> rightAnswers;
    private final double knowledge;
    private final Map<String, Long> revisions = new HashMap<>();
    private RoomClient client;
    private String device;
    private long lease;

    /**
     * @param rightAnswers what there is to know, by item
     * @param crashes whether the browser dies half way and another machine takes over
     */
    public CandidatePlay(
            NodeProcess node,
            SampleExam.Seat seat,
            CandidateRecord record,
            Map<String, Map<String, List<String>>> rightAnswers,
            long seed,
            boolean crashes) {
        this.node = node;
        this.seat = seat;
        this.record = record;
        this.random = new Random(seed);
        this.crashes = crashes;
        this.rightAnswers = rightAnswers;
        this.knowledge = 0.4 + 0.6 * random.nextDouble();
    }

    /** Plays the whole sitting; returns when the receipt is there. */
    public void play() throws InterruptedException {
        try {
            arrive(false);
            start();
            List<JsonNode> items = items();
            Collections.shuffle(items, random);
            for (int at = 0; at < items.size(); at++) {
                if (crashes && at == items.size() / 2) {
                    client.close();
                    arrive(true);
                }
                answer(items.get(at));
                if (random.nextInt(4) == 0) {
                    answer(items.get(random.nextInt(at + 1)));
                }
                Thread.sleep(random.nextInt(PAUSE_MILLIS_MAX));
            }
            handIn();
        } finally {
            client.close();
        }
    }

    private void arrive(boolean takeover) {
        client = new RoomClient(node);
        client.token();
        device = UUID.randomUUID().toString();
        RoomClient.Answer login =
                client.post(
                        "/api/exam/login",
                        Map.of(
                                "number", seat.admissionNumber(),
                                "pin", seat.pin(),
                                "device", device));
        required("login", login);
        if (takeover) {
            takeWriter(true);
        }
    }

    private void takeWriter(boolean takeover) {
        RoomClient.Answer writer = client.post("/api/exam/writer", Map.of("takeover", takeover));
        required("right to write", writer);
        lease = writer.json().path("lease").asLong();
    }

    /** Waits for the proctor; then starts. A repeat after a lost answer finds it started. */
    private void start() throws InterruptedException {
        for (int tries = 0; tries < TRIES_TO_START_MAX; tries++) {
            JsonNode state = client.get("/api/exam/state").json();
            if (state.path("phase").asText().equals("RUNNING")
                    && state.path("paperOpen").asBoolean()
                    && state.path("checkedIn").asBoolean()) {
                takeWriter(false);
                RoomClient.Answer started = client.post("/api/exam/start", Map.of("lease", lease));
                if (started.ok() || started.code().equals("ALREADY_STARTED")) {
                    record.started();
                    return;
                }
                required("start", started);
            }
            Thread.sleep(500 + random.nextInt(500));
        }
        throw new IllegalStateException("sitting " + seat.sitting() + " could not start");
    }

    private List<JsonNode> items() {
        RoomClient.Answer paper = client.get("/api/exam/paper");
        required("paper", paper);
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode section : paper.json().path("sections")) {
            for (JsonNode item : section.path("items")) {
                if (item.path("interactions").size() > 0) {
                    items.add(item);
                }
            }
        }
        return items;
    }

    private void answer(JsonNode item) {
        String id = item.path("id").asText();
        boolean knows = rightAnswers.containsKey(id) && random.nextDouble() < knowledge;
        Map<String, List<String>> response = new LinkedHashMap<>();
        for (JsonNode interaction : item.path("interactions")) {
            String name = interaction.path("responseIdentifier").asText();
            response.put(name, knows ? rightAnswers.get(id).get(name) : values(interaction));
        }
        String op = UUID.randomUUID().toString();
        long revision = revisions.getOrDefault(id, 0L) + 1;
        RoomClient.Answer saved =
                client.post(
                        "/api/exam/answers",
                        Map.of(
                                "item", id,
                                "op", op,
                                "rev", revision,
                                "lease", lease,
                                "response", response));
        required("save of " + id, saved);
        revisions.put(id, saved.json().path("rev").asLong());
        record.saved(
                new CandidateRecord.Acknowledged(
                        id,
                        op,
                        saved.json().path("rev").asLong(),
                        new String(Json.write(response), StandardCharsets.UTF_8)));
    }

    private List<String> values(JsonNode interaction) {
        if (!interaction.path("kind").asText().equals("choice")) {
            int number = random.nextInt(1_000);
            return List.of("答案 " + number + " \"引号\" 㛃𠮷 " + "字".repeat(number % 40));
        }
        List<String> options = new ArrayList<>();
        interaction.path("options").forEach(option -> options.add(option.path("id").asText()));
        boolean single = interaction.path("cardinality").asText().equals("SINGLE");
        if (single) {
            return List.of(options.get(random.nextInt(options.size())));
        }
        int most = interaction.path("maxChoices").asInt();
        Collections.shuffle(options, random);
        int count = 1 + random.nextInt(most == 0 ? options.size() : Math.min(most, options.size()));
        return List.copyOf(options.subList(0, count));
    }

    private void handIn() {
        RoomClient.Answer receipt = client.post("/api/exam/hand-in", Map.of("lease", lease));
        required("hand-in", receipt);
        record.handedIn(receipt.json().path("answersDigest").asText());
    }

    private void required(String step, RoomClient.Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(
                    "sitting "
                            + seat.sitting()
                            + ", "
                            + step
                            + ": "
                            + answer.status()
                            + " "
                            + answer.json());
        }
    }
}
