package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.LoginEvent;
import io.invigil.appliance.account.LoginPages;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseSettings;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.selftest.Health;
import io.invigil.appliance.selftest.Metrics;
import io.invigil.appliance.vision.opencv.InstalledFaces;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.PagesSettings;
import io.invigil.appliance.web.Route;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.session.SqlSessions;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.fleet.Enrolments;
import io.invigil.hub.fleet.HubCertificates;
import io.invigil.hub.fleet.MosquittoFiles;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.hub.fleet.ServerNames;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.Ingest;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hub, made by hand: storage → keys → broker beside the database → features → sync → web; and
 * stopped in reverse. No feature reads configuration.
 */
public final class HubWiring implements AutoCloseable {
    /** This hub serves one tenant; tables and keys are ready for more. */
    public static final TenantId TENANT = new TenantId(1);

    /** Pictures of faces looked at side by side; others wait. */
    private static final int FACES_AT_ONCE = 2;

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final System.Logger LOG = System.getLogger(HubWiring.class.getName());

    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final HubSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Entropy entropy = random::nextBytes;
    private List<HubFounding.ShownOnce> passwords = List.of();
    private int brokerPort;
    private WebServers web;
    private FleetWiring fleet;
    private RealmKeys realm;
    private HubParts parts;
    private List<FeatureWiring> features = List.of();

    private HubWiring(HubSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Starts a hub and returns when browsers and nodes can use it.
     *
     * @param environment for the data key
     */
    public static HubWiring start(
            HubSettings settings, Map<String, String> environment, Clock clock) {
        HubWiring wiring = new HubWiring(settings, clock);
        try {
            wiring.open(environment);
            return wiring;
        } catch (RuntimeException | Error failure) {
            wiring.close();
            throw failure;
        }
    }

    private void open(Map<String, String> environment) {
        DataDirectory data = DataDirectory.open(settings.dataDirectory());
        closings.push(data::close);
        DataKey dataKey = DataKey.open(data, environment, entropy);
        KeyFile keys = new KeyFile(data.directory("keys"), dataKey, entropy);
        HubFounding founding = new HubFounding(clock, random);
        realm = founding.keys(keys, settings.founding(), data.file("root-keys.json"));
        HubCertificates certificates = new HubCertificates(realm, random);
        ServerNames names = names();

        BrokerStart broker = new BrokerStart(settings.mqtt(), data, realm, certificates, names);
        broker.begin();
        closings.push(broker::close);
        Database database = database(data, dataKey);
        closings.push(database::close);
        HttpPages pages = pages(database, dataKey);
        StaffAccounts accounts = new StaffAccounts(database, pages.sessions(), clock, entropy);
        settings.founding()
                .ifPresent(f -> passwords = founding.people(database, TENANT, accounts, f));
        parts =
                new HubParts(
                        database,
                        TENANT,
                        data,
                        dataKey,
                        blobs(data),
                        realm,
                        accounts,
                        pages,
                        new Templates(HubWiring.class.getClassLoader(), "io.invigil.hub.templates"),
                        new Health(),
                        new Metrics(),
                        "https://" + settings.web().firstName() + ":" + settings.web().port(),
                        ZoneId.of(settings.zone()),
                        clock,
                        entropy,
                        settings.messages(),
                        faces(data));
        features(parts, broker, certificates);
        web = web(parts, certificates, names);
        closings.push(web::close);
    }

    /**
     * As on a room server: installed by {@code invigil models install}, looked at when it starts.
     */
    private InstalledFaces faces(DataDirectory data) {
        InstalledFaces faces =
                InstalledFaces.open(
                        data.root().resolve("models"),
                        data.root().resolve("native"),
                        FACES_AT_ONCE);
        closings.push(faces::close);
        return faces;
    }

    /** Every group of features, the fleet last because it drives the others' projections. */
    private void features(HubParts parts, BrokerStart broker, HubCertificates certificates) {
        List<FeatureWiring> wirings = new ArrayList<>(HubFeatures.of(parts));
        List<FactProjection> projections =
                wirings.stream().flatMap(wiring -> wiring.projections().stream()).toList();
        String host = settings.web().firstName();
        URI mqtt =
                settings.mqtt()
                        .external()
                        .orElseGet(() -> URI.create("ssl://" + host + ":" + broker.port()));
        URI own =
                settings.mqtt()
                        .external()
                        .orElseGet(() -> URI.create("ssl://" + ownHost() + ":" + broker.port()));
        fleet =
                new FleetWiring(
                        parts,
                        settings.instance(),
                        new Ingest.Broker(
                                own.toString(),
                                Optional.of(certificates.mqttClient(settings.instance())),
                                settings.mqtt().workers()),
                        new Enrolments.Addresses(
                                settings.web().nodeUrl().orElse(parts.publicUrl()),
                                settings.mqtt().nodeUrl().orElse(mqtt).toString()),
                        projections,
                        wirings.stream().flatMap(wiring -> wiring.downlinks().stream()).toList());
        wirings.add(fleet);
        features = List.copyOf(wirings);
        broker.admitting(fleet.directory());
        Optional<MosquittoFiles> mosquitto = mosquitto(certificates);
        fleet.whenRevoked(
                node -> {
                    broker.disconnect(node);
                    mosquitto.ifPresent(files -> files.revocations(fleet.fleet().revokedSerials()));
                });
        broker.awaitStart();
        brokerPort = broker.port();
        for (FeatureWiring wiring : wirings) {
            wiring.start();
            closings.push(wiring::stop);
        }
        services.addAll(wirings.stream().flatMap(wiring -> wiring.routes().stream()).toList());
    }

    /** Files for a Mosquitto that runs beside this hub, when the settings ask for them. */
    private Optional<MosquittoFiles> mosquitto(HubCertificates certificates) {
        return settings.mqtt()
                .mosquitto()
                .map(
                        directory -> {
                            MosquittoFiles files =
                                    new MosquittoFiles(directory, realm, certificates);
                            files.write(
                                    BrokerStart.address(settings.mqtt().host()),
                                    settings.mqtt().port(),
                                    names(),
                                    List.of(settings.instance()),
                                    fleet.fleet().revokedSerials());
                            return files;
                        });
    }

    private final List<HttpService> services = new ArrayList<>();

    /** Under which address this process reaches its own broker. */
    private String ownHost() {
        String host = settings.mqtt().host();
        return host.equals("0.0.0.0") ? "127.0.0.1" : host;
    }

    private ServerNames names() {
        Set<String> names = new LinkedHashSet<>(settings.web().names());
        names.add("localhost");
        names.add("127.0.0.1");
        names.add(ownHost());
        return ServerNames.of(List.copyOf(names));
    }

    private Database database(DataDirectory data, DataKey dataKey) {
        Database database = Database.open(databaseSettings(settings, data, dataKey), clock);
        try {
            Migrations migrations = new Migrations(database, clock);
            migrations.apply(MigrationSource.appliance());
            migrations.apply(new MigrationSource("hub", HubWiring.class));
            return database;
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    /** The database that the settings name. */
    static DatabaseSettings databaseSettings(
            HubSettings settings, DataDirectory data, DataKey dataKey) {
        HubSettings.Storage storage = settings.database();
        return storage.url()
                .<DatabaseSettings>map(
                        url ->
                                DatabaseSettings.postgresql(
                                        url,
                                        storage.user().orElse("invigil"),
                                        storage.password()
                                                .orElseThrow(
                                                        () ->
                                                                new IllegalArgumentException(
                                                                        "database.password"
                                                                                + " is missing"))))
                .orElseGet(
                        () ->
                                DatabaseSettings.embedded(
                                        data.file("database"), dataKey.derive("derby")));
    }

    private static BlobStore blobs(DataDirectory data) {
        try {
            return new DirectoryBlobs(data.directory("blobs"));
        } catch (IOException e) {
            throw new UncheckedIOException("no place for blobs", e);
        }
    }

    private HttpPages pages(Database database, DataKey dataKey) {
        ClassLoader loader = HubWiring.class.getClassLoader();
        return new HttpPages(
                PagesSettings.of("invigil-hub-" + settings.instance(), dataKey.derive("web")),
                new SqlSessions(database),
                I18n.load(loader, ZoneId.of(settings.zone()), HubMenu.bundles()),
                new Chrome("hub.product", HubMenu.entries()),
                new Assets(loader, "hub"),
                clock,
                entropy);
    }

    private WebServers web(HubParts parts, HubCertificates certificates, ServerNames names) {
        Logins logins = new Logins(parts.accounts(), clock, entropy, this::audit);
        return WebServers.builder(parts.pages(), entropy)
                .https(
                        new Listener(settings.web().host(), settings.web().port()),
                        certificates.web(names))
                .admin(
                        Listener.loopback(settings.web().adminPort()),
                        parts.health(),
                        parts.metrics())
                .routes(
                        new LoginPages(
                                parts.pages(),
                                logins,
                                visit -> TENANT.value(),
                                feature(PortalWiring.class).entrances(),
                                feature(OfficeWiring.class).gate()))
                .routes(new HomePages(parts.pages(), HubMenu.entries()))
                .routes(new RealmPages(parts.pages(), parts.realm()))
                .routes(services.toArray(HttpService[]::new))
                .start();
    }

    /** Who came in, or tried to, is part of the log (domain, section 17). */
    private void audit(LoginEvent event) {
        AuditActor actor =
                new AuditActor(event.tenant(), event.login(), "staff", 0, event.address());
        Map<String, String> what = Map.of("event", event.kind().name());
        parts.database().useTransaction(tx -> new Audit().access(tx, actor, event.login(), what));
    }

    /** Passwords made up for the first staff; only at the first start. */
    List<HubFounding.ShownOnce> passwords() {
        return passwords;
    }

    public int httpsPort() {
        return web.httpsPort();
    }

    /** Every route that the features declared. */
    public List<Route> routes() {
        return web.routes();
    }

    public int adminPort() {
        return web.adminPort();
    }

    /** Port of the embedded broker; 0 with an external one. */
    public int mqttPort() {
        return brokerPort;
    }

    /** What the features are made with, for processes that embed a hub. */
    public HubParts parts() {
        return parts;
    }

    /**
     * One group of features.
     *
     * @throws java.util.NoSuchElementException when this hub has none of that type
     */
    public <T extends FeatureWiring> T feature(Class<T> type) {
        return features.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    /** Keys and certificates of this hub's realm. */
    public RealmKeys realm() {
        return realm;
    }

    public FleetWiring fleet() {
        return fleet;
    }

    /** Waits until ingest has the broker; false when it has not in half a minute. */
    public boolean awaitReady() throws InterruptedException {
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        while (!fleet.ready()) {
            if (System.nanoTime() > until) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    @Override
    public void close() {
        while (!closings.isEmpty()) {
            try {
                closings.pop().run();
            } catch (RuntimeException failure) {
                // the others must be stopped all the same
                LOG.log(System.Logger.Level.ERROR, "a part did not stop cleanly", failure);
            }
        }
    }
}
