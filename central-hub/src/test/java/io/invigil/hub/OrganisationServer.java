package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.PagesSettings;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.hub.arrangement.SeatingUse;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.testkit.HttpsBrowser;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestCertificates;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The organisation's pages over HTTPS on a small world, for tests of pages. */
public final class OrganisationServer implements AutoCloseable {
    private static final TestCertificates CERTIFICATES = new TestCertificates();

    public final HubWorld world;
    private final Database database;
    private final WebServers servers;
    public final ImportJobs imports;

    /**
     * @param directory for the database and uploads
     */
    public OrganisationServer(Path directory) {
        database = StoreContract.fresh(Dialect.DERBY, directory.resolve("db"));
        Migrations migrations = new Migrations(database, java.time.Clock.systemUTC());
        migrations.apply(MigrationSource.appliance());
        migrations.apply(new MigrationSource("hub", OrganisationWiring.class));
        world = new HubWorld(database);
        HttpPages pages =
                new HttpPages(
                        PagesSettings.of("hub", new byte[32]),
                        new MemorySessions(),
                        I18n.load(
                                OrganisationWiring.class.getClassLoader(),
                                HubWorld.ZONE,
                                OrganisationWiring.MESSAGES),
                        new Chrome("plan.nav", OrganisationWiring.navigation()),
                        new Assets(OrganisationWiring.class.getClassLoader(), "hub"),
                        world.clock,
                        new SeededEntropy(1));
        OrganisationWiring wiring =
                new OrganisationWiring(
                        database,
                        world.clock,
                        new SeededEntropy(3),
                        SeatingUse.none(),
                        Optional.empty());
        WebServers.Builder builder =
                WebServers.builder(pages, new SeededEntropy(2))
                        .https(
                                Listener.loopback(Integer.getInteger("port", 0)),
                                CERTIFICATES.server())
                        .routes(new TestDoors(pages, world));
        imports = new ImportJobs(database, world.clock, directory, "test");
        wiring.pages(pages, HubWorld.ZONE, directory, imports, List.of()).forEach(builder::routes);
        servers = builder.start();
    }

    /** A browser in which the member of staff is signed in. */
    public HttpsBrowser enter(String who) {
        HttpsBrowser browser = HttpsBrowser.at(servers.httpsPort(), CERTIFICATES.authority());
        assertThat(browser.get("/test-enter/" + who).statusCode()).isEqualTo(303);
        assertThat(browser.get("/plans").statusCode()).isEqualTo(200);
        return browser;
    }

    public int port() {
        return servers.httpsPort();
    }

    /** Where a form or an upload led to. */
    public static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isIn(204, 303);
        return response.headers()
                .firstValue("Location")
                .or(() -> response.headers().firstValue("HX-Redirect"))
                .orElseThrow();
    }

    /** The first group of the pattern after the first occurrence of a text. */
    public static String value(String page, String after, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page.substring(page.indexOf(after)));
        assertThat(matcher.find()).as(pattern + " after " + after).isTrue();
        return matcher.group(1);
    }

    @Override
    public void close() {
        servers.close();
        database.close();
    }
}
