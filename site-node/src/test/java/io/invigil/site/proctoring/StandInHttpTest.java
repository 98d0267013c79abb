package io.invigil.site.proctoring;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.appliance.account.Logins;
import io.invigil.site.PaperHub;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issue 3, part 6: a stand-in proctor's own account at the node, without a line. */
class StandInHttpTest {
    @TempDir Path directory;

    private static Map<String, Object> asked(String number, String second, String password) {
        return Map.of(
                "name", "赵敏",
                "number", number,
                "room", "107",
                "replaces", "wang",
                "reason", "监考突发疾病",
                "second", Map.of("login", second, "password", password));
    }

    @Test
    void anAccountOfTwoOfficialsWorksUnderItsOwnNameOverARestartAndEndsWithTheExam()
            throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 3);
            Client li = site.run();
            String path = exam("stand-ins");
            assertThat(li.refusal(path, asked("JK157822", "wang", "wrong")))
                    .as("401 would sign the first one's page out")
                    .isEqualTo("403 SECOND_LOGIN_WRONG");
            assertThat(li.refusal(path, asked("JK157822", "li", PaperHub.PASSWORD)))
                    .isEqualTo("403 STAND_IN_NEEDS_TWO");
            assertThat(li.refusal(path, asked("J 1", "wang", PaperHub.PASSWORD)))
                    .as("no number")
                    .isEqualTo("400 STAND_IN_NUMBER");
            JsonNode made = li.ok(path, asked("JK157822", "wang", PaperHub.PASSWORD));
            assertThat(made.path("login").asText()).isEqualTo("s-jk157822");
            String password = made.path("password").asText();

            Client standIn = signedIn(site, password);
            standIn.ok(exam("check-in"), Map.of("number", "2026000001"));
            assertThat(standIn.json(exam("state")).path("rooms").size()).isEqualTo(1);
            assertThat(standIn.refusal(path, asked("jk2", "wang", PaperHub.PASSWORD)))
                    .as("a stand-in opens no account")
                    .startsWith("403");
            assertThat(standIn.refusal("/api/room/another/check-in", Map.of("number", "1")))
                    .startsWith("404");
            assertThat(standIn.get("/technician").statusCode()).isEqualTo(403);
            assertThat(standIn.get(exam("handover/1001")).statusCode()).isEqualTo(403);

            site.restart();
            Client again = signedIn(site, password);
            again.ok(exam("messages"), Map.of("sitting", 1001, "text", "请出示证件", "warning", false));
            assertThat(again.json(exam("desk")).path("messages").get(0).path("by").asText())
                    .isEqualTo("staff:s-jk157822");

            li.ok(exam("close"), Map.of());
            Awaitility.await().until(() -> again.get(exam("desk")).statusCode() == 401);
            assertThat(
                            site.client()
                                    .refusal(
                                            "/api/staff/login",
                                            Map.of("login", "s-jk157822", "password", password)))
                    .isEqualTo("401 LOGIN_WRONG");
        }
    }

    @Test
    void wrongPasswordsLockTheAccountAndTheOfficialsOpenItAnew() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 3);
            Client li = site.run();
            String first =
                    li.ok(exam("stand-ins"), asked("JK157822", "wang", PaperHub.PASSWORD))
                            .path("password")
                            .asText();
            for (int tries = 0; tries < Logins.LOCK_AT; tries++) {
                assertThat(login(site, "wrong")).isEqualTo("401 LOGIN_WRONG");
            }
            assertThat(login(site, first)).isEqualTo("403 LOGIN_LOCKED");
            String second =
                    li.ok(exam("stand-ins"), asked("JK157822", "wang", PaperHub.PASSWORD))
                            .path("password")
                            .asText();
            assertThat(second).isNotEqualTo(first);
            assertThat(login(site, second)).startsWith("200");
        }
    }

    private static String login(SiteFixture site, String password) {
        var answer =
                site.client()
                        .post(
                                "/api/staff/login",
                                Map.of("login", "s-jk157822", "password", password));
        return answer.statusCode()
                + " "
                + answer.body().replaceAll(".*\"code\":\"([A-Z_]+)\".*", "$1");
    }

    private static Client signedIn(SiteFixture site, String password) {
        Client client = site.client();
        client.ok("/api/staff/login", Map.of("login", "s-jk157822", "password", password));
        return client;
    }
}
