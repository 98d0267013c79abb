package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.message.Message;
import io.invigil.hub.message.MessageKind;
import io.invigil.testkit.HttpsBrowser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The candidates' portal over HTTPS: issue 4 part 11; domain sections 3, 5, 7; S2 section 9. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortalHttpTest {
    @TempDir static Path directory;
    private RunningHub running;
    private HttpsBrowser candidate;

    @BeforeAll
    void start() {
        running = RunningHub.beforeTheExam(directory);
        candidate = running.portal();
    }

    @AfterAll
    void stop() {
        running.close();
    }

    @Test
    void aCandidateSeesTheOwnRegistrationsAndDownloadsTheOwnTicket() {
        String page = candidate.get("/portal/exams").body();
        String plan = running.samples.get("plan");
        assertThat(page).contains("科目S1").contains("待考试").contains("107室").contains("座位号");
        HttpResponse<String> ticket = candidate.get("/portal/tickets/" + plan);
        assertThat(ticket.statusCode()).isEqualTo(200);
        assertThat(ticket.body()).startsWith("%PDF");
        assertThat(candidate.get("/portal/data").body()).contains("第一职业学院").doesNotContain("****");
    }

    @Test
    void whatIsSomebodyElsesIsNotFound() {
        List<CandidateId> others = running.world.candidates(running.world.clerk, 20, 1);
        HttpsBrowser clerk = running.person("clerk");
        clerk.get("/portal-accounts");
        clerk.post("/portal-accounts", "row", others.getFirst().toString(), "action", "OPEN");
        String[] words = running.lastMessage().split("[ ，]");
        HttpsBrowser other = running.portalOf(words[1], words[3]);
        assertThat(other.get("/portal/tickets/" + running.samples.get("plan")).statusCode())
                .isEqualTo(404);
        assertThat(
                        other.get("/portal/certificates/" + running.samples.get("registration"))
                                .statusCode())
                .isEqualTo(404);
        assertThat(other.get("/portal/exams").body()).contains("您还没有报考").doesNotContain("107室");
    }

    @Test
    void candidatesAndStaffDoNotEnterEachOthersPages() {
        for (String path : List.of("/plans", "/candidates", "/staff", "/portal-accounts")) {
            assertThat(candidate.get(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(running.person("clerk").get("/portal/exams").statusCode()).isEqualTo(403);
        assertThat(candidate.get("/").headers().firstValue("Location")).contains("/portal/exams");
        HttpResponse<String> stranger = running.stranger().get("/portal/exams");
        assertThat(stranger.headers().firstValue("Location").orElse(""))
                .startsWith("/portal/login?next=");
    }

    @Test
    void aFirstPasswordOpensNothingButThePageForANewOne() {
        HttpsBrowser clerk = running.person("clerk");
        clerk.get("/portal-accounts");
        List<CandidateId> one = running.world.candidates(running.world.clerk, 30, 1);
        clerk.post("/portal-accounts", "row", one.getFirst().toString(), "action", "OPEN");
        String[] words = running.lastMessage().split("[ ，]");
        HttpsBrowser fresh = running.stranger();
        fresh.get("/portal/login");
        fresh.post("/portal/login", "login", words[1], "password", words[3]);
        assertThat(fresh.get("/portal/exams").headers().firstValue("Location"))
                .contains("/account/password");
    }

    @Test
    void askingForACodeAnswersTheSameForEveryNumber() {
        HttpsBrowser stranger = running.stranger();
        String unknown = answer(stranger, "202699999999999999");
        String known = answer(stranger, running.samples.get("candidate-number"));
        assertThat(known).isEqualTo(unknown);
        assertThat(unknown).contains("如果该号码已登记手机");
    }

    @Test
    void aCodeIsNeverReadableInTheOutboxNotEvenByWhoKeepsIt() {
        List<CandidateId> one = running.world.candidates(running.world.clerk, 40, 1);
        String number =
                running.hub
                        .parts()
                        .database()
                        .inTransaction(
                                tx ->
                                        new Candidates()
                                                .find(tx, running.world.tenant, one.getFirst()))
                        .orElseThrow()
                        .number();
        answer(running.stranger(), number);
        Message sent = await().until(running::last, last -> last.kind() == MessageKind.CODE);
        HttpsBrowser keeper = running.person("school-admin");
        String list = keeper.get("/outbox").body();
        assertThat(list)
                .contains("验证码")
                .contains(sent.maskedRecipient())
                .doesNotContain(sent.recipient());
        String path = "/outbox/" + sent.id();
        assertThat(keeper.get(path).body())
                .contains("验证码只有收件人本人可以看到")
                .doesNotContain(path + "/text");
        HttpResponse<String> shown = keeper.post(path + "/text");
        assertThat(shown.statusCode()).isEqualTo(409);
        assertThat(shown.body()).doesNotContain(sent.text());
    }

    private static String answer(HttpsBrowser browser, String number) {
        browser.get("/portal/recover");
        HttpResponse<String> page = browser.post("/portal/recover", "number", number);
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body().replace(number, "N");
    }

    @Test
    void aWrongPasswordAndAnUnknownNumberGetTheSameAnswer() {
        HttpsBrowser stranger = running.stranger();
        stranger.get("/portal/login");
        for (String number :
                List.of("202699999999999999", running.samples.get("candidate-number"))) {
            HttpResponse<String> refused =
                    stranger.post("/portal/login", "login", number, "password", "wrong");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("号码或密码不正确");
        }
    }

    @Test
    void theCasePageShowsTheCauseFirstAndLinksOnlyWhereTheRoleMayGo() {
        String path = "/candidates/" + running.samples.get("candidate") + "/case";
        String clerk = running.person("clerk").get(path).body();
        assertThat(clerk).contains("当前卡在：").contains("没有考试包").doesNotContain("/packages/");
        assertThat(running.person("body").get(path).body()).contains("/packages/plans/");
        assertThat(running.person("other").get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void aCandidateAsksAddsEvidenceAndTheSchoolCorrects() {
        candidate.get("/portal/requests");
        HttpResponse<String> empty = candidate.post("/portal/requests/correction", "field", "NAME");
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(
                        candidate
                                .post(
                                        "/portal/requests/correction",
                                        "field",
                                        "MAJOR",
                                        "wanted",
                                        "护理",
                                        "statement",
                                        "转专业")
                                .statusCode())
                .isEqualTo(303);
        byte[] pdf = "%PDF-1.7".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(candidate.put("/portal/requests/1/file", pdf).statusCode()).isEqualTo(303);
        HttpsBrowser clerk = running.person("clerk");
        assertThat(clerk.get("/requests").body()).contains("护理").contains("待学校审核");
        assertThat(clerk.get("/requests/1/file").body()).startsWith("%PDF");
        for (String stranger : List.of("other", "other-body")) {
            assertThat(running.person(stranger).get("/requests/1").statusCode()).isEqualTo(404);
        }
        clerk.get("/requests/1");
        assertThat(clerk.post("/requests/1/approve").statusCode()).isEqualTo(303);
        assertThat(candidate.get("/portal/data").body()).contains("护理");
        assertThat(candidate.get("/portal/requests").body()).contains("已通过");
    }

    @Test
    void aNoticeIsReadInThePortalAndTheRecordSaysSo() {
        HttpsBrowser clerk = running.person("clerk");
        clerk.get("/notices/new");
        String number = running.samples.get("candidate-number");
        HttpResponse<String> sent =
                clerk.post(
                        "/notices/new",
                        "title",
                        "请带身份证",
                        "body",
                        "开考前三十分钟到场。",
                        "audience",
                        "NAMED",
                        "named",
                        number);
        String path = OrganisationServer.location(sent);
        assertThat(clerk.get(path).body()).contains("已读 0，共 1");
        assertThat(candidate.get("/portal/notices").body()).contains("请带身份证").contains("未读");
        assertThat(candidate.get("/portal" + path).body()).contains("开考前三十分钟到场");
        assertThat(clerk.get(path).body()).contains("已读 1，共 1");
        assertThat(running.person("body").get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void theBodySetsExtraMinutes() {
        String path = "/plans/" + running.samples.get("plan") + "/accommodations";
        HttpsBrowser body = running.person("body");
        body.get(path);
        String number = running.samples.get("candidate-number");
        assertThat(body.post(path, "candidate", "nobody", "extra", "5").statusCode())
                .isEqualTo(422);
        assertThat(body.post(path, "candidate", number, "extra", "15").statusCode()).isEqualTo(303);
        assertThat(body.get(path).body()).contains("<td class=\"number\">15</td>");
        assertThat(candidate.get("/portal/exams").body()).contains("已批准延长 15 分钟");
    }

    /** Issue 3, part 1; what a room answers is in ArrivalsTest. */
    @Test
    void withoutAPackageOfTheseHoursThereIsNothingToCheckInTo() {
        assertThat(candidate.get("/portal/check-in").body()).contains("目前没有可以签到的考试");
        String path = "/portal/check-in/" + running.samples.get("sitting");
        assertThat(candidate.post(path, "code", "AB12CD34").statusCode()).isEqualTo(404);
        assertThat(candidate.get(path + "/state").statusCode()).isEqualTo(404);
    }

    @Test
    void theSchoolExportsItsAccounts() {
        HttpsBrowser clerk = running.person("clerk");
        assertThat(clerk.get("/portal-accounts?state=ACTIVE").body()).contains("已激活");
        assertThat(clerk.post("/portal-accounts/export").body()).startsWith("PK");
    }
}
