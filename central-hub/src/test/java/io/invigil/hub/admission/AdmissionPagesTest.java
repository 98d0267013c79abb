package io.invigil.hub.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.layout.NavItem;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.PagesSettings;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.hub.ingest.Ingest;
import io.invigil.hub.ingest.ParkedBundles;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.testkit.HttpsBrowser;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestCertificates;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The review of parked bundles as staff see it; rules are in {@link AdmissionsTest}. */
class AdmissionPagesTest {
    private static final TestCertificates CERTIFICATES = new TestCertificates();

    @TempDir Path directory;
    private Database database;
    private ParkedWorld world;
    private WebServers servers;

    @BeforeEach
    void start() throws Exception {
        database = StoreContract.fresh(Dialect.DERBY, directory.resolve("db"));
        Migrations migrations = new Migrations(database, Clock.systemUTC());
        migrations.apply(MigrationSource.appliance());
        migrations.apply(new MigrationSource("hub", Ingest.class));
        world = new ParkedWorld(database, directory);
        ClassLoader loader = AdmissionPages.class.getClassLoader();
        HttpPages pages =
                new HttpPages(
                        PagesSettings.of("hub", new byte[32]),
                        new MemorySessions(),
                        I18n.load(
                                loader,
                                ZoneId.of("Asia/Shanghai"),
                                List.of("hub", "fleet", "admission")),
                        new Chrome(
                                "hub.product",
                                List.of(NavItem.of("ingest.nav", "/ingest/reviews", "body-staff"))),
                        new Assets(loader, "hub"),
                        Clock.systemUTC(),
                        new SeededEntropy(1));
        StaffDesk desk =
                new StaffDesk(
                        pages,
                        database,
                        new Templates(loader, "io.invigil.hub.templates"),
                        directory);
        servers =
                WebServers.builder(pages, new SeededEntropy(2))
                        .https(
                                Listener.loopback(Integer.getInteger("port", 0)),
                                CERTIFICATES.server())
                        .routes(new Door(pages))
                        .routes(new AdmissionPages(desk, world.bundles, world.admissions))
                        .start();
    }

    @AfterEach
    void stop() {
        servers.close();
        database.close();
    }

    @Test
    void leadsTwoPeopleFromAProposalToADecision() {
        world.stick(world.records(10, ParkedWorld.NO_EXAM));
        world.revoke();
        world.stick(world.records(5, ParkedWorld.NO_EXAM));
        HttpsBrowser first = browser("first");
        HttpsBrowser second = browser("second");
        assertThat(first.get("/ingest/reviews").body()).contains("room-one", "已吊销");
        String path = "/ingest/reviews/" + item();
        assertThat(first.get(path).body()).contains("第 11 至 15 条", "note");

        HttpResponse<String> empty = first.post(path + "/propose");
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("f-verdict", "f-reason", "请写明理由");
        done(first.post(path + "/propose", "verdict", "ACCEPT", "reason", "与纸质记录<b>一致"));
        assertThat(first.get(path).body())
                .contains("须由另一人决定", "与纸质记录&lt;b&gt;一致")
                .doesNotContain("/decide\"");
        done(first.post(path + "/decide", "decision", "confirm"));
        assertThat(world.stored()).hasSize(10);

        assertThat(second.post(path + "/decide", "decision", "decline").statusCode())
                .isEqualTo(422);
        assertThat(second.get(path).body()).contains("/decide\"");
        done(second.post(path + "/decide", "decision", "confirm", "note", ""));
        assertThat(world.stored()).hasSize(15);
        assertThat(second.get(path).body())
                .contains("已接收", "another")
                .doesNotContain("<form class=\"card\"");
    }

    @Test
    void isNobodysWhoIsNotOfTheBody() {
        world.revoke();
        world.stick(world.records(1, ParkedWorld.NO_EXAM));
        HttpsBrowser clerk = browser("clerk");
        assertThat(clerk.get("/ingest/reviews").statusCode()).isEqualTo(403);
        assertThat(clerk.get("/ingest/reviews/" + item()).statusCode()).isEqualTo(403);
        assertThat(browser("first").get("/ingest/reviews/" + "0".repeat(64)).statusCode())
                .isEqualTo(404);
    }

    private String item() {
        return database.inTransaction(world.bundles::list).stream()
                .map(ParkedBundles.Listed::item)
                .findFirst()
                .orElseThrow();
    }

    private static void done(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isIn(204, 303);
    }

    private HttpsBrowser browser(String who) {
        HttpsBrowser browser = HttpsBrowser.at(servers.httpsPort(), CERTIFICATES.authority());
        assertThat(browser.get("/test-enter/" + who).statusCode()).isEqualTo(303);
        browser.get("/ingest/reviews");
        return browser;
    }

    /** Signs staff in without a password. */
    private final class Door implements HttpService {
        private final HttpPages pages;

        Door(HttpPages pages) {
            this.pages = pages;
        }

        @Override
        public void routing(HttpRules rules) {
            rules.get("/test-enter/{who}", pages.page(Access.open(), this::enter));
        }

        private Reply enter(Visit visit) {
            StaffScope scope =
                    switch (visit.path("who")) {
                        case "first" -> world.first;
                        case "second" -> world.second;
                        default -> world.world.clerk;
                    };
            visit.signIn(
                    new SignedIn(
                            scope.tenant().value(),
                            1,
                            scope.login(),
                            scope.login(),
                            Set.of(scope.role().code()),
                            Optional.of(scope.organisation().id().value()),
                            Map.of()));
            return Reply.seeOther("/ingest/reviews");
        }
    }
}
