package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.layout.Chrome;
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
import io.invigil.hub.certificate.CertificateKeys;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.testkit.HttpsBrowser;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestCertificates;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of scoring over HTTPS on an embedded database, with somebody of the body, a second one,
 * a school and a stranger at the door. Used by one thread.
 */
final class ScoringServer implements AutoCloseable {
    private static final TestCertificates CERTIFICATES = new TestCertificates();

    final Database database;
    final ScoredExam exam;
    final DirectoryBlobs blobs;
    final ScoringWiring wiring;
    final HttpsBrowser body;
    final HttpsBrowser second;
    final HttpsBrowser school;
    final HttpsBrowser stranger;
    private final WebServers servers;

    ScoringServer(Path directory) throws IOException {
        blobs = new DirectoryBlobs(directory.resolve("blobs"));
        database = StoreContract.fresh(Dialect.DERBY, directory.resolve("db"));
        Migrations migrations = new Migrations(database, java.time.Clock.systemUTC());
        migrations.apply(MigrationSource.appliance());
        migrations.apply(new MigrationSource("hub", ScoringWiring.class));
        exam = new ScoredExam(database, PassRule.ALL_SUBJECTS, false);
        ClassLoader loader = ScoringWiring.class.getClassLoader();
        List<String> bundles = new ArrayList<>(OrganisationWiring.MESSAGES);
        bundles.addAll(ScoringWiring.MESSAGES);
        HttpPages pages =
                new HttpPages(
                        PagesSettings.of("hub", new byte[32]),
                        new MemorySessions(),
                        I18n.load(loader, ScoringWorld.ZONE, bundles),
                        new Chrome("plan.nav", List.of()),
                        new Assets(loader, "hub"),
                        exam.clock,
                        new SeededEntropy(1));
        wiring =
                new ScoringWiring(
                        database,
                        exam.world.tenant,
                        pages,
                        new Templates(loader, "io.invigil.hub.templates"),
                        directory,
                        blobs,
                        new CertificateKeys(SigningKey.ofSeed(new byte[32]), List.of()),
                        "https://exam.example.org",
                        exam.clock);
        WebServers.Builder builder =
                WebServers.builder(pages, new SeededEntropy(2))
                        .https(
                                Listener.loopback(Integer.getInteger("port", 0)),
                                CERTIFICATES.server())
                        .routes(new Doors(pages));
        wiring.routes().forEach(builder::routes);
        servers = builder.start();
        body = browser("body");
        second = browser("second");
        school = browser("school");
        stranger = HttpsBrowser.at(servers.httpsPort(), CERTIFICATES.authority());
    }

    @Override
    public void close() {
        List.of(body, second, school, stranger).forEach(HttpsBrowser::close);
        servers.close();
        database.close();
    }

    private HttpsBrowser browser(String who) {
        HttpsBrowser browser = HttpsBrowser.at(servers.httpsPort(), CERTIFICATES.authority());
        browser.get("/test-enter/" + who);
        return browser;
    }

    /** Signs in without a password, for this test only. */
    private final class Doors implements HttpService {
        private final HttpPages pages;

        Doors(HttpPages pages) {
            this.pages = pages;
        }

        @Override
        public void routing(HttpRules rules) {
            rules.get("/test-enter/{who}", pages.page(Access.open(), this::enter));
        }

        private Reply enter(Visit visit) {
            StaffScope scope =
                    switch (visit.path("who")) {
                        case "body" -> exam.world.staff;
                        case "second" -> exam.world.second;
                        default -> exam.world.school;
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
            return Reply.seeOther("/");
        }
    }

    /** An address below the plan. */
    String plan(String rest) {
        return "/plans/" + exam.world.plan + rest;
    }

    /** The page, complete with all its texts. */
    String page(HttpsBrowser browser, String path) {
        HttpResponse<String> response = browser.get(path);
        assertThat(response.statusCode()).as(path + "\n" + response.body()).isEqualTo(200);
        // a missing text would stand as [key]
        assertThat(response.body()).as(path).doesNotContainPattern("\\[[a-z]+\\.[A-Za-z._-]+\\]");
        return response.body();
    }

    /** Opens the page, sends the form, and is sent on. */
    void done(HttpsBrowser browser, String from, String path, String... fields) {
        page(browser, from);
        HttpResponse<String> response = browser.post(path, fields);
        assertThat(response.statusCode()).as(path + "\n" + response.body()).isEqualTo(303);
    }

    /** The clock has moved by days: sessions have ended. */
    void relogin() {
        body.get("/test-enter/body");
        second.get("/test-enter/second");
        school.get("/test-enter/school");
    }
}
