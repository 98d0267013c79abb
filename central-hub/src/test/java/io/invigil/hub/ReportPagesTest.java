package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.PagesSettings;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.hub.declaration.DeclarationRefusal;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.report.ReportRefusal;
import io.invigil.hub.staffing.StaffingRefusal;
import io.invigil.testkit.HttpsBrowser;
import io.invigil.testkit.MessageKeys;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestCertificates;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Weekly reports over HTTPS, both sides of the counter (domain, section 16; S4 section 6). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPagesTest {
    private static final TestCertificates CERTIFICATES = new TestCertificates();
    private static final String[] FULL = {
        "schoolType", "本科院校", "progress", "完成<b>两批", "difficulties", "无", "suggestions", "无"
    };

    @TempDir static Path directory;
    private Database database;
    private WebServers servers;
    private HubWorld world;

    @BeforeAll
    void start() {
        database = StoreContract.fresh(Dialect.DERBY, directory.resolve("db"));
        Migrations migrations = new Migrations(database, Clock.systemUTC());
        migrations.apply(MigrationSource.appliance());
        migrations.apply(new MigrationSource("hub", YearWiring.class));
        world = new HubWorld(database);
        ClassLoader loader = YearWiring.class.getClassLoader();
        HttpPages pages =
                new HttpPages(
                        PagesSettings.of("hub", new byte[32]),
                        new MemorySessions(),
                        I18n.load(loader, HubWorld.ZONE, HubMenu.bundles()),
                        new Chrome("report.nav", YearWiring.navigation()),
                        new Assets(loader, "hub"),
                        world.clock,
                        new SeededEntropy(1));
        StaffDesk desk =
                new StaffDesk(
                        pages,
                        database,
                        new Templates(loader, "io.invigil.hub.templates"),
                        directory);
        WebServers.Builder builder =
                WebServers.builder(pages, new SeededEntropy(2))
                        .https(
                                Listener.loopback(Integer.getInteger("port", 0)),
                                CERTIFICATES.server())
                        .routes(new TestDoors(pages, world));
        ImportJobs imports = new ImportJobs(database, world.clock, directory, "test");
        new YearWiring(
                        desk,
                        database,
                        new StaffAccounts(
                                database, new MemorySessions(), world.clock, new SeededEntropy(3)),
                        world.clock,
                        HubWorld.ZONE,
                        imports)
                .routes()
                .forEach(builder::routes);
        servers = builder.start();
    }

    @AfterAll
    void stop() {
        servers.close();
        database.close();
    }

    private HttpsBrowser as(String who) {
        HttpsBrowser browser = HttpsBrowser.at(servers.httpsPort(), CERTIFICATES.authority());
        assertThat(browser.get("/test-enter/" + who).statusCode()).isEqualTo(303);
        browser.get("/reports");
        return browser;
    }

    private static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static String[] and(String[] fields, String... more) {
        return Stream.of(fields, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void aSchoolReportsAndTheProvinceReturnsThenApproves() {
        HttpsBrowser clerk = as("clerk");
        HttpsBrowser province = as("province");
        assertThat(province.get("/reports").body()).contains("2 所院校未填报", "未填报");
        clerk.get("/reports/new");
        String report = location(clerk.post("/reports/new", and(FULL, "then", "submit")));
        assertThat(clerk.get(report).body())
                .contains("待审核", "完成&lt;b&gt;两批", "省教育厅", "签名盖章的扫描件", "其他资料")
                .doesNotContain("完成<b>");
        assertThat(location(clerk.get("/reports/new"))).isEqualTo(report);
        assertThat(clerk.get(report).body()).contains("本周周报已提交，请勿重复提交");

        assertThat(province.get("/reports").body()).contains("1 所院校未填报");
        province.get(report);
        location(province.post(report + "/return", "reason", "数据不全"));
        assertThat(clerk.get(report).body()).contains("审核退回", "数据不全");
        location(clerk.post(report + "/submit"));
        province.get(report);
        location(province.post(report + "/approve"));
        assertThat(clerk.get(report + "?tab=review").body()).contains("审核信息", "数据不全", "province");
        HttpResponse<String> sheet =
                province.post("/reports/export", "period", "2026-11-16", "state", "");
        assertThat(sheet.statusCode()).isEqualTo(200);
        assertThat(sheet.body()).startsWith("PK");
    }

    /** Source 002, foreword; issue 4 part 2. */
    @Test
    void aSchoolDeclaresACertificateAndTheDepartmentApprovesItOnceTheYearIsOpened() {
        world.level(world.plan("K1"), List.of());
        HttpsBrowser clerk = as("clerk");
        HttpsBrowser province = as("province");
        assertThat(clerk.get("/declarations").body()).contains("2026 年度未开放证书申报");
        assertThat(province.post("/declarations/years", "year", "2026").body())
                .contains("请填写开始和结束日期");
        String[] days = {"year", "2026", "first", "2026-11-20", "last", "2026-11-21"};
        location(province.post("/declarations/years", days));
        assertThat(clerk.get("/declarations").body()).contains("申报中", "2026年11月21日");
        String[] fields = {"year", "2026", "certificate", "C100", "candidates", "40"};
        assertThat(clerk.post("/declarations/new", and(fields, "majors", "")).body())
                .contains("请填写试点专业", "网店运营推广职业技能等级证书（C100）");
        String one =
                location(
                        clerk.post(
                                "/declarations/new",
                                and(fields, "majors", "电<b>子商务", "then", "submit")));
        assertThat(as("other").get(one).statusCode()).isEqualTo(404);
        assertThat(province.get(one).body()).contains("待审核", "电&lt;b&gt;子商务");
        String row = one.substring(one.lastIndexOf('/') + 1);
        location(province.post("/declarations/approve", "row", row, "year", "2026"));
        assertThat(province.get("/declarations?year=2026").body()).contains("已通过 1 项申报");
        assertThat(clerk.get(one).body()).contains("通过", "审核信息");
        assertThat(clerk.post(one + "/delete").body()).contains("只能删除未提交的申报");
        assertThat(province.post(one + "/revoke", "reason", "").body()).contains("请填写原因");
        location(province.post(one + "/revoke", "reason", "材料有误"));
        assertThat(clerk.get(one).body()).contains("退回原因：", "材料有误");
    }

    @Test
    void anotherSchoolsReportIsNotFoundAndRolesAreKeptApart() {
        HttpsBrowser other = as("other");
        String report = location(other.post("/reports/new", and(FULL, "then", "save")));
        HttpsBrowser clerk = as("clerk");
        for (String path : new String[] {"", "/edit", "/files/1"}) {
            assertThat(clerk.get(report + path).statusCode()).isEqualTo(404);
        }
        assertThat(clerk.post(report + "/submit").statusCode()).isEqualTo(404);
        assertThat(as("province").get(report).statusCode()).isEqualTo(404);
        assertThat(as("body").get("/reports").statusCode()).isEqualTo(403);
        assertThat(clerk.post("/reports/rhythm", "rhythm", "WEEK").statusCode()).isEqualTo(403);
        assertThat(other.post(report + "/approve").statusCode()).isEqualTo(403);
        location(other.post(report + "/delete"));
        assertThat(other.get(report).statusCode()).isEqualTo(404);
    }

    @Test
    void bothLanguagesHaveAllTextsAndEveryRefusalHasItsOwn() throws java.io.IOException {
        ClassLoader loader = getClass().getClassLoader();
        MessageKeys.assertComplete(loader, YearWiring.MESSAGES.toArray(String[]::new));
        Map<String, String> texts = I18n.read(loader, "issue", Language.ZH_CN);
        for (ReportRefusal code : ReportRefusal.values()) {
            assertThat(texts).containsKey("issue." + code.name());
        }
        for (StaffingRefusal code : StaffingRefusal.values()) {
            assertThat(texts).containsKey("issue." + code.name());
        }
        for (DeclarationRefusal code : DeclarationRefusal.values()) {
            assertThat(texts).containsKey("issue." + code.name());
        }
        assertThat(texts.get("issue.REPORT_EXISTS")).isEqualTo("本周周报已提交，请勿重复提交");
        assertThat(texts.get("issue.REPORT_TOO_LATE")).isEqualTo("提交时间已过，该周报目前不能提交，谢谢");
        for (String folder : new String[] {"src/main/jte/", "src/main/java/io/invigil/hub/"}) {
            MessageKeys.assertUsedKeysExist(
                    loader,
                    Path.of(folder + "report"),
                    "report",
                    "issue",
                    "intake",
                    "listing",
                    "appliance");
            MessageKeys.assertUsedKeysExist(
                    loader,
                    Path.of(folder + "declaration"),
                    "declaration",
                    "plan",
                    "issue",
                    "listing",
                    "appliance");
            MessageKeys.assertUsedKeysExist(
                    loader,
                    Path.of(folder + "staffing"),
                    "staffing",
                    "arrangement",
                    "issue",
                    "intake",
                    "listing",
                    "appliance");
        }
    }
}
