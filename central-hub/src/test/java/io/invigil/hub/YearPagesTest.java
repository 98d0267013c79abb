package io.invigil.hub;

import static io.invigil.hub.OrganisationServer.location;
import static io.invigil.hub.OrganisationServer.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanOptions;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.testkit.HttpsBrowser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Domain sections 3a, 5 and 6 over HTTPS: registration by subject, fees, bans, lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class YearPagesTest {
    @TempDir static Path directory;
    private OrganisationServer server;
    private HubWorld world;
    private HttpsBrowser body;
    private HttpsBrowser clerk;
    private HttpsBrowser other;
    private HttpsBrowser authority;

    @BeforeAll
    void start() {
        server = new OrganisationServer(directory);
        world = server.world;
        world.candidates(world.clerk, 0, 3);
        body = server.enter("body");
        clerk = server.enter("clerk");
        other = server.enter("other");
        authority = server.enter("authority");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Plan plan(String number, RegistrationMode mode) {
        return world.plan(number, mode, new PlanOptions(true, true));
    }

    @Test
    void aSchoolRegistersBySubjectPaysAndTheBodyConfirms() {
        Plan plan = plan("Y1", RegistrationMode.BY_SUBJECT);
        LevelId level = world.level(plan, List.of());
        long theory = world.subject(plan, level, "S1").value();
        world.subjectFor(plan, level, "S2", "护理方向");
        String base = "/plans/" + plan.id();
        String choose = clerk.get(base + "/registrations/new").body();
        assertThat(choose).contains("参考对象类型").contains("护理方向").contains("科目S2");
        HttpResponse<String> untyped =
                clerk.post(base + "/registrations/new", "level", "" + theory, "all", "on");
        assertThat(untyped.body()).contains("请填写参考对象类型：护理方向");
        location(
                clerk.post(
                        base + "/registrations/new",
                        "level",
                        "" + theory,
                        "type",
                        "护理方向",
                        "all",
                        "on"));
        String list = clerk.get(base + "/registrations?state=NOT_ARRANGED&payment=UNPAID").body();
        assertThat(list).contains("共 3 条报考").contains("根据列表中的查询条件，共查询出3条数据").contains("未缴费");
        assertThat(clerk.get(base + "/registrations?payment=PAID").body()).contains("没有符合条件的报考");
        location(body.post(base + "/prices", "price-" + level + "-" + theory, "80.5"));
        assertThat(body.get(base + "/prices").body()).contains("value=\"80.50\"");
        assertThat(clerk.get("/fees/new").body()).contains("按科目缴费");
        String request = location(clerk.post(base + "/fees/new", "level", level.toString()));
        String page = clerk.get(request).body();
        assertThat(page).contains("¥241.50").contains("待确认");
        String number = value(page, "缴费单号", "<dd class=\"mono\">(\\d+)</dd>");
        assertThat(other.get(request).statusCode()).isEqualTo(404);
        assertThat(other.get("/fees").body()).doesNotContain(number);
        location(body.post("/fees/confirm", "numbers", number + "\n000"));
        assertThat(body.get("/fees?state=CONFIRMED").body())
                .contains("没有缴费单号 000")
                .contains(number);
        assertThat(clerk.get(request).body()).contains("已确认").doesNotContain("d-remove");
        location(clerk.post(request + "/remove"));
        assertThat(clerk.get(request).body()).contains("不允许做任何修改");
        String row = value(list, "<tbody>", "name=\"row\" value=\"(\\d+)\"");
        assertThat(clerk.post(base + "/registrations/remove", "row", row, "count", "2").body())
                .contains("所选为 1 条");
        location(clerk.post(base + "/registrations/remove", "row", row, "count", "1"));
        assertThat(clerk.get(base + "/registrations").body())
                .contains("已缴费，不能删除")
                .contains("共 3 条报考");
        assertThat(clerk.get(base).body()).contains("已缴费 3，共 3 科次");
    }

    @Test
    void exportsAreWorkbooksOfTickedOrFilteredRows() {
        for (String path : List.of("/candidates/export", "/fees/export")) {
            HttpResponse<String> all = clerk.post(path);
            assertThat(all.statusCode()).as(path).isEqualTo(200);
            assertThat(all.body()).as(path).startsWith("PK");
            assertThat(all.headers().firstValue("Content-Disposition").orElse(""))
                    .as(path)
                    .contains("attachment");
            assertThat(clerk.post(path, "row", "1").body()).as(path).startsWith("PK");
        }
        Plan plan = plan("Y2", RegistrationMode.BY_CERTIFICATE);
        assertThat(clerk.post("/plans/" + plan.id() + "/registrations/export").body())
                .startsWith("PK");
        assertThat(other.post("/plans/" + plan.id() + "/registrations/export").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theAuthorityEntersABanAndRegistrationNamesIt() {
        world.candidates(world.clerk, 30, 1);
        assertThat(clerk.get("/bans").statusCode()).isEqualTo(403);
        assertThat(body.post("/bans", "idNumber", "1").statusCode()).isEqualTo(403);
        assertThat(authority.post("/bans", "idNumber", "1").body())
                .contains("没有该身份证号的考生")
                .contains("请填写停考的起止日期");
        location(
                authority.post(
                        "/bans",
                        "idNumber",
                        MadeUpPeople.idNumber(30),
                        "first",
                        "2026-11-01",
                        "last",
                        "2027-10-31",
                        "reason",
                        "替考"));
        Plan plan = plan("Y3", RegistrationMode.BY_CERTIFICATE);
        LevelId level = world.level(plan, List.of());
        world.subject(plan, level, "S1");
        String base = "/plans/" + plan.id();
        String answer =
                clerk.post(
                                base + "/registrations/new",
                                "level",
                                level.toString(),
                                "all",
                                "on",
                                "q",
                                MadeUpPeople.idNumber(30))
                        .body();
        assertThat(answer).contains("停考期内：2027-10-31");
        String page = authority.get("/bans").body();
        String ban = value(page, "<tbody>", "action=\"(/bans/\\d+)/lift\"");
        location(authority.post(ban + "/lift", "reason", "复核撤销"));
        assertThat(authority.get("/bans").body()).contains("已解除").contains("复核撤销");
    }

    @Test
    void everyPageExistsInEnglish() {
        Plan plan = plan("Y4", RegistrationMode.BY_SUBJECT);
        LevelId level = world.level(plan, List.of());
        world.subject(plan, level, "S1");
        String base = "/plans/" + plan.id();
        complete(
                server.enter("body"),
                "/fees",
                base + "/prices",
                base + "/edit",
                base + "/registrations");
        complete(
                server.enter("clerk"),
                "/fees",
                "/fees/new",
                base + "/fees/new",
                base + "/registrations/import?level=" + level,
                base + "/registrations/new",
                base);
        complete(server.enter("authority"), "/bans", "/fees");
    }

    private static void complete(HttpsBrowser browser, String... paths) {
        browser.get("/preferences/language/en?back=%2F");
        for (String path : paths) {
            HttpResponse<String> page = browser.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body())
                    .as(path)
                    .contains("lang=\"en\"")
                    .doesNotContainPattern("\\[[a-z]+\\.[a-z.-]+\\]");
        }
    }
}
