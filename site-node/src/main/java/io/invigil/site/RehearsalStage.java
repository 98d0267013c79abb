package io.invigil.site;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.WebServers;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.site.attendance.OpeningApi;
import io.invigil.site.attendance.StaffApi;
import io.invigil.site.doctor.machine.MemoryProbe;
import io.invigil.site.lockdown.Lockdown;
import io.invigil.site.pack.IntakeDecision;
import io.invigil.site.rehearsal.RehearsalExam;
import io.invigil.site.rehearsal.Stage;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.space.SpaceLevel;
import io.invigil.site.technician.HubTls;
import io.invigil.site.technician.NodeIdentity;
import io.invigil.site.technician.NodeKeys;
import io.invigil.site.technician.SetupCode;
import io.invigil.site.web.SessionApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The rehearsal's room: the same wiring as the real one, on directories of its own on the same
 * disks, under keys that are never written down and an identity of no centre. It has no sync: what
 * happens in it cannot be sent.
 */
final class RehearsalStage implements Stage {
    private static final String DIRECTORY = "rehearsal";

    private final SiteWiring site;

    RehearsalStage(SiteWiring site) {
        this.site = site;
        try {
            // a node that died in the middle left these
            clean();
        } catch (IOException | UncheckedIOException stuck) {
            site.alarms.raise("REHEARSAL_LEFT_FILES", stuck.getClass().getSimpleName());
        }
    }

    @Override
    public String objection() {
        boolean underWay =
                site.engine.state().exams().values().stream().anyMatch(RehearsalStage::isUnderWay);
        if (underWay) {
            return "REHEARSAL_EXAM_UNDER_WAY";
        }
        boolean space = site.storage.space.level().compareTo(SpaceLevel.LOW) <= 0;
        return space ? "" : "REHEARSAL_NO_SPACE";
    }

    private static boolean isUnderWay(ExamState exam) {
        return exam.plan().isPresent()
                && exam.phase() != RoomPhase.PREPARING
                && exam.phase() != RoomPhase.CLOSED;
    }

    @Override
    public boolean twoDevices() {
        return site.settings.secondDevice().isPresent();
    }

    @Override
    public long heapBytes() {
        return MemoryProbe.ofThisProcess().heldBytes();
    }

    @Override
    public long heapBytesMax() {
        return Runtime.getRuntime().maxMemory();
    }

    @Override
    public Open open(RehearsalExam exam) throws IOException {
        clean();
        Room room = new Room(exam);
        try {
            room.start(exam);
            return room;
        } catch (IOException | RuntimeException failed) {
            room.close();
            throw failed;
        }
    }

    private Path first() {
        return site.data.root().resolve(DIRECTORY);
    }

    private Optional<Path> second() {
        return site.settings
                .secondDevice()
                .filter(Files::isDirectory)
                .map(second -> second.resolve(DIRECTORY));
    }

    private void clean() throws IOException {
        delete(first());
        if (second().isPresent()) {
            delete(second().get());
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** The open room. */
    private final class Room implements Open {
        private final DataDirectory data;
        private final DataKey dataKey;
        private final NodeKeys keys;
        private final NodeIdentity identity;
        private Optional<SiteWiring> wiring = Optional.empty();
        private Optional<WebServers> servers = Optional.empty();

        Room(RehearsalExam exam) {
            data = DataDirectory.open(first());
            dataKey = DataKey.of(site.entropy.bytes(DataKey.BYTES));
            keys =
                    NodeKeys.open(
                            new KeyFile(data.directory("keys"), dataKey, site.entropy),
                            site.entropy);
            EnrolmentReply real = site.trust.identity().enrolment();
            byte[] request = exam.name().getBytes(StandardCharsets.UTF_8);
            identity =
                    NodeIdentity.of(
                            EnrolmentReply.of(
                                    RehearsalExam.REALM,
                                    site.identity.node(),
                                    real.siteName(),
                                    Digest.sha256(request),
                                    real.clientChain(),
                                    real.serverChain(),
                                    "https://rehearsal.invalid",
                                    "ssl://rehearsal.invalid:1",
                                    site.clock.instant()),
                            exam.trustRoot(site.trust.root().caDer()));
        }

        private SiteWiring wire() throws IOException {
            SiteSettings settings =
                    new SiteSettings(
                            first(),
                            second(),
                            site.settings.host(),
                            0,
                            -1,
                            -1,
                            site.settings.setupHost(),
                            site.settings.serverNames(),
                            site.settings.zone(),
                            site.settings.hubEvery(),
                            0,
                            List.of(),
                            List.of(),
                            new SiteSettings.Enrol(Optional.empty(), Optional.empty()));
            return new SiteWiring(
                    new SiteWiring.Base(
                            settings,
                            data,
                            dataKey,
                            keys,
                            identity,
                            new SetupCode(site.entropy, site.clock),
                            site.clock,
                            site.entropy,
                            site.disk));
        }

        private void start(RehearsalExam exam) throws IOException {
            SiteWiring room = wire();
            wiring = Optional.of(room);
            IntakeDecision taken =
                    room.packages.take(
                            exam.name(), exam.source(keys.seal().publicKey()), room.engine);
            if (!(taken instanceof IntakeDecision.Activated)) {
                throw new IOException("the rehearsal's package was not taken: " + taken);
            }
            room.packagesChanged();
            Lockdown lockdown =
                    new Lockdown(
                            room.active,
                            SiteServer.templates(),
                            () -> "https://" + host(),
                            site.trust.root().caDer());
            servers =
                    Optional.of(
                            room.servers()
                                    .https(
                                            new Listener(site.settings.host(), 0),
                                            SiteServer.tls(site))
                                    .routes(routes(room, lockdown))
                                    .start());
        }

        private HttpService[] routes(SiteWiring room, Lockdown lockdown) {
            return new HttpService[] {
                new SessionApi(room.pages),
                SiteServer.candidates(room, lockdown),
                SiteServer.candidatePages(room, lockdown),
                new StaffApi(room.pages, room.staff, room.logins, room.setupCode),
                SiteServer.room(room),
                new OpeningApi(room.pages, room.opening, room.logins)
            };
        }

        /** As the room's PCs come in, not past the network: by the address that it listens on. */
        @Override
        public String host() {
            String host = site.settings.host();
            return host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        }

        @Override
        public int port() {
            return servers.orElseThrow().httpsPort();
        }

        @Override
        public SSLContext tls() {
            return HubTls.anchored(site.trust.root().caDer());
        }

        @Override
        public long bytesOnDisk() throws IOException {
            long bytes = size(first());
            return second().isPresent() ? bytes + size(second().get()) : bytes;
        }

        private static long size(Path root) throws IOException {
            try (Stream<Path> tree = Files.walk(root)) {
                return tree.filter(Files::isRegularFile).mapToLong(p -> p.toFile().length()).sum();
            }
        }

        @Override
        public Map<String, Integer> savedOnDisk() throws IOException {
            stop();
            SiteWiring again = wire();
            wiring = Optional.of(again);
            return saved(again.ledger);
        }

        private static Map<String, Integer> saved(Ledger ledger) {
            Map<String, Integer> times = new HashMap<>();
            ledger.replay(
                    1,
                    record -> {
                        StampedFact.parse(record.json())
                                .map(StampedFact::fact)
                                .filter(RoomFact.AnswerSaved.class::isInstance)
                                .map(RoomFact.AnswerSaved.class::cast)
                                .ifPresent(saved -> times.merge(saved.op(), 1, Integer::sum));
                        return true;
                    });
            return times;
        }

        private void stop() {
            servers.ifPresent(WebServers::close);
            servers = Optional.empty();
            wiring.ifPresent(SiteWiring::close);
            wiring = Optional.empty();
        }

        @Override
        public void close() throws IOException {
            stop();
            try {
                data.close();
            } catch (UncheckedIOException unlocked) {
                // deleted below all the same
                System.getLogger(RehearsalStage.class.getName())
                        .log(System.Logger.Level.WARNING, "the rehearsal's lock", unlocked);
            }
            clean();
        }
    }
}
