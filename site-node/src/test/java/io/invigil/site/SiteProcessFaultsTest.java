package io.invigil.site;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.site.SiteFixture.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The node as a process that stands still or runs out of memory (fault rows 74 and 75). */
@EnabledOnOs(OS.LINUX)
class SiteProcessFaultsTest {
    @TempDir Path directory;
    private SiteFixture site;
    private volatile int port;
    private long lease;

    /** One candidate checked in, everything closed again. */
    @BeforeEach
    void aRoom() throws Exception {
        site = new SiteFixture(directory);
        site.importPackage(1, 2);
        site.run().ok(exam("check-in"), Map.of("number", "2026000001"));
        site.close();
    }

    private Client candidate(String device) {
        Client client = site.client(() -> port);
        client.ok(
                "/api/exam/login",
                Map.of("number", "2026000001", "pin", "246001", "device", device));
        return client;
    }

    private void sit(Client client) {
        lease = client.ok("/api/exam/writer", Map.of("takeover", true)).path("lease").asLong();
        client.ok("/api/exam/start", Map.of("lease", lease));
    }

    private Map<String, Object> answer(long byLease, int revision, String value) {
        return Map.of(
                "item",
                "Q3",
                "op",
                "op-" + revision + "-" + byLease,
                "rev",
                revision,
                "lease",
                byLease,
                "response",
                Map.of("RESPONSE", List.of(value)));
    }

    private static JsonNode kept(Client client) {
        return client.json("/api/exam/answers").path("answers").path("Q3");
    }

    /**
     * The minute of the row is simulated in ApartRulesTest; here the process really stands still.
     */
    @Test
    void fault74AProcessThatStoodStillGoesOnAloneAndItsSittingsCanBeTakenOver() throws Exception {
        try (SiteProcess node = SiteProcess.start(directory)) {
            port = node.httpsPort();
            Client first = candidate("lab-pc-0001");
            sit(first);
            first.ok("/api/exam/answers", answer(lease, 1, "before"));
            node.pause();
            assertThatThrownBy(() -> SiteProcess.start(directory))
                    .as("no second signer over the same ledger")
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("did not start");
            node.resume();
            first.ok("/api/exam/answers", answer(lease, 2, "after"));
            Client second = candidate("lab-pc-0002");
            long taken =
                    second.ok("/api/exam/writer", Map.of("takeover", true)).path("lease").asLong();
            assertThat(taken).isEqualTo(lease + 1);
            assertThat(first.refusal("/api/exam/answers", answer(lease, 3, "two at once")))
                    .isEqualTo("409 WRITER_ELSEWHERE");
            second.ok("/api/exam/answers", answer(taken, 3, "one"));
            assertThat(kept(second).path("response").path("RESPONSE").path(0).asText())
                    .isEqualTo("one");
        }
    }

    @Test
    void fault75OutOfMemoryEndsTheProcessAndTheNextOneHasEveryAcknowledgedAnswer()
            throws Exception {
        Client candidate;
        try (SiteProcess node = SiteProcess.start(directory, SiteOutOfMemory.class.getName())) {
            port = node.httpsPort();
            candidate = candidate("lab-pc-0001");
            sit(candidate);
            candidate.ok("/api/exam/answers", answer(lease, 1, "kept"));
            Files.createFile(SiteOutOfMemory.signal(directory));
            assertThat(node.exitCode()).as("it does not linger half alive").isEqualTo(3);
        }
        try (SiteProcess node = SiteProcess.start(directory)) {
            port = node.httpsPort();
            assertThat(kept(candidate).path("response").path("RESPONSE").path(0).asText())
                    .isEqualTo("kept");
            candidate.ok("/api/exam/answers", answer(lease, 2, "goes on"));
        }
    }
}
