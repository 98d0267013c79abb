package io.invigil.site;

import io.invigil.appliance.config.Config;
import io.invigil.appliance.config.ConfigRefused;
import io.invigil.appliance.config.Secret;
import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.space.DiskSpace;
import io.invigil.site.technician.EnrolDecision;
import io.invigil.site.technician.Enrolment;
import io.invigil.site.technician.NodeIdentity;
import io.invigil.site.technician.NodeKeys;
import io.invigil.site.technician.SetupCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A site node as a process: {@code SiteMain [--config FILE] [--until-parent-exits]}. Configuration
 * is {@link SiteSettings}, from the file and from variables {@code INVIGIL_…}. It prints one line
 * {@code invigil-site ready node=… https=… http=… millis=…} on standard output when it serves.
 * SIGKILL at any moment loses nothing that was acknowledged.
 */
public final class SiteMain {
    /** Name and version that the centre sees. */
    public static final String SOFTWARE = "invigil-site 0.1.0";

    private static final int EXIT_CONFIGURATION = 2;
    private static final long ENROL_RETRY_MILLIS = 2_000;

    private final SiteSettings settings;
    private final PrintStream out;
    private final Clock clock = Clock.systemUTC();
    private final Entropy entropy = Entropy.secure();

    SiteMain(SiteSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        List<String> arguments = Arrays.asList(args);
        try {
            SiteSettings settings =
                    Config.read(SiteSettings.class, file(arguments), System.getenv());
            CountDownLatch stop = new CountDownLatch(1);
            if (arguments.contains("--until-parent-exits")) {
                ProcessHandle.current()
                        .parent()
                        .ifPresent(p -> p.onExit().thenRun(stop::countDown));
            }
            new SiteMain(settings, System.out).run(start, stop);
        } catch (ConfigRefused refused) {
            System.err.println(refused.getMessage());
            System.exit(EXIT_CONFIGURATION);
        }
    }

    private static Optional<Path> file(List<String> arguments) {
        int at = arguments.indexOf("--config");
        if (at >= 0 && at + 1 < arguments.size()) {
            return Optional.of(Path.of(arguments.get(at + 1)));
        }
        return Optional.ofNullable(System.getenv("INVIGIL_CONFIG"))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }

    private void run(long start, CountDownLatch stop) throws IOException, InterruptedException {
        try (DataDirectory data = DataDirectory.open(settings.dataDir())) {
            DataKey dataKey = DataKey.open(data, environment(), entropy);
            KeyFile keyFile = new KeyFile(data.directory("keys"), dataKey, entropy);
            NodeKeys keys = NodeKeys.open(keyFile, entropy);
            SetupCode setupCode = new SetupCode(entropy, clock);
            NodeIdentity identity = identity(data, keys, setupCode);
            SiteWiring.Base base =
                    new SiteWiring.Base(
                            settings,
                            data,
                            dataKey,
                            keys,
                            identity,
                            setupCode,
                            clock,
                            entropy,
                            DiskSpace.of(data.root()));
            try (SiteNode node = SiteNode.start(base)) {
                Thread hook = new Thread(() -> end(node, stop), "stop");
                Runtime.getRuntime().addShutdownHook(hook);
                long millis = (System.nanoTime() - start) / 1_000_000;
                out.printf(
                        "invigil-site ready node=%s https=%d http=%d millis=%d%n",
                        identity.node(), node.httpsPort(), node.httpPort(), millis);
                out.println("set-up code for technicians: " + setupCode.text());
                out.flush();
                stop.await();
            }
        }
    }

    private static void end(SiteNode node, CountDownLatch stop) {
        node.close();
        stop.countDown();
    }

    private static Map<String, String> environment() {
        return System.getenv();
    }

    private NodeIdentity identity(DataDirectory data, NodeKeys keys, SetupCode setupCode)
            throws InterruptedException {
        Path file = data.file("identity.json");
        Optional<NodeIdentity> known = NodeIdentity.read(file);
        if (known.isPresent()) {
            return known.get();
        }
        Enrolment enrolment = new Enrolment(keys, file, settings.serverNames(), SOFTWARE, clock);
        return configured(enrolment).orElseGet(() -> setUp(keys, enrolment, setupCode));
    }

    /** Enrols by configuration, patiently while the hub is away; empty when it cannot be. */
    private Optional<NodeIdentity> configured(Enrolment enrolment) throws InterruptedException {
        Optional<String> hub = settings.enrol().hubUrl();
        Optional<Secret> claim = settings.enrol().claimCode();
        if (hub.isEmpty() || claim.isEmpty()) {
            return Optional.empty();
        }
        while (true) {
            switch (enrolment.enrol(claim.get().reveal(), hub.get())) {
                case EnrolDecision.Enrolled enrolled -> {
                    return Optional.of(enrolled.identity());
                }
                case EnrolDecision.Refused refused -> {
                    out.println("enrolment: " + refused.reason() + " " + refused.detail());
                    out.flush();
                    if (refused.reason() != EnrolDecision.Reason.HUB_UNREACHABLE) {
                        return Optional.empty();
                    }
                    Thread.sleep(ENROL_RETRY_MILLIS);
                }
            }
        }
    }

    private NodeIdentity setUp(NodeKeys keys, Enrolment enrolment, SetupCode setupCode) {
        try (SetupServer setup =
                new SetupServer(settings, keys, enrolment, setupCode, clock, entropy)) {
            out.printf("invigil-site set-up https=%d%n", setup.port());
            out.println("set-up code: " + setupCode.text());
            out.println("certificate SHA-256: " + setup.fingerprint());
            out.flush();
            return setup.enrolled().join();
        }
    }
}
