package io.invigil.site;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.site.SiteFixture.Client;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The node as a process, killed with SIGKILL while candidates save (fault rows 1 to 4 and 86). */
@EnabledOnOs(OS.LINUX)
class SiteKillTest {
    private static final int CANDIDATES = 3;
    private static final int KILLS = 2;

    @TempDir Path directory;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, Client> clients = new HashMap<>();
    private final Map<Integer, Long> leases = new HashMap<>();
    private volatile int port;

    @Test
    void everyAcknowledgedAnswerIsThereAfterEachSigkillAndNobodyLogsInAgain() throws Exception {
        SiteFixture site = new SiteFixture(directory);
        site.importPackage(1, CANDIDATES);
        Client proctor = site.run();
        for (int seat = 1; seat <= CANDIDATES; seat++) {
            proctor.ok(exam("check-in"), Map.of("number", "2026%06d".formatted(seat)));
        }
        site.close();
        long worstStart = 0;
        long worstRss = 0;
        for (int kill = 0; kill <= KILLS; kill++) {
            try (SiteProcess node = SiteProcess.start(directory)) {
                port = node.httpsPort();
                if (kill == 0) {
                    enter(site);
                }
                check();
                Thread killer = kill < KILLS ? killLater(node, kill) : new Thread(() -> {});
                save(kill, kill < KILLS ? Integer.MAX_VALUE : 20);
                killer.join();
                worstStart = Math.max(worstStart, node.startMillis());
                worstRss = Math.max(worstRss, kill == KILLS ? node.residentMib() : 0);
                if (kill == KILLS) {
                    check();
                }
            }
        }
        System.out.printf(
                "node: ready in at most %d ms, resident %d MiB, %d answers acknowledged%n",
                worstStart, worstRss, acknowledged.size());
        assertThat(acknowledged).hasSizeGreaterThan(CANDIDATES);
    }

    private void enter(SiteFixture site) {
        for (int seat = 1; seat <= CANDIDATES; seat++) {
            Client client = site.client(() -> port);
            client.ok(
                    "/api/exam/login",
                    Map.of(
                            "number",
                            "2026%06d".formatted(seat),
                            "pin",
                            "%06d".formatted(246_000 + seat)));
            long lease = client.ok("/api/exam/writer", Map.of()).path("lease").asLong();
            client.ok("/api/exam/start", Map.of("lease", lease));
            clients.put(seat, client);
            leases.put(seat, lease);
        }
    }

    private static Thread killLater(SiteProcess node, int kill) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                Thread.sleep(700 + 300L * kill);
                                node.kill();
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** Saves until the node is gone, or so many rounds. */
    private void save(int kill, int rounds) {
        Random random = new Random(kill);
        try {
            for (int round = 0; round < rounds; round++) {
                int seat = 1 + round % CANDIDATES;
                String value = "v" + random.nextInt();
                long revision =
                        1
                                + clients.get(seat)
                                        .json("/api/exam/answers")
                                        .path("answers")
                                        .path("Q3")
                                        .path("rev")
                                        .asLong(0);
                HttpResponse<String> response =
                        clients.get(seat)
                                .post(
                                        "/api/exam/answers",
                                        Map.of(
                                                "item",
                                                "Q3",
                                                "op",
                                                "op-" + kill + "-" + round,
                                                "rev",
                                                revision,
                                                "lease",
                                                leases.get(seat),
                                                "response",
                                                Map.of("RESPONSE", List.of(value))));
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                acknowledged.put(seat + "/" + revision, value);
            }
        } catch (UncheckedIOException killed) {
            assertThat(kill).as("only a killed node may fail").isLessThan(KILLS);
        }
    }

    private void check() {
        for (int seat : clients.keySet()) {
            var answer = clients.get(seat).json("/api/exam/answers").path("answers").path("Q3");
            long revision = answer.path("rev").asLong(0);
            String kept = answer.path("response").path("RESPONSE").path(0).asText();
            assertThat(acknowledged)
                    .as("no acknowledged revision is newer than what is kept")
                    .doesNotContainKey(seat + "/" + (revision + 1));
            String last = acknowledged.get(seat + "/" + revision);
            if (last != null) {
                assertThat(kept).isEqualTo(last);
            }
        }
    }
}
