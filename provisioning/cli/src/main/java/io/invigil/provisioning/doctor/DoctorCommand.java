package io.invigil.provisioning.doctor;

import io.invigil.appliance.config.Config;
import io.invigil.appliance.config.ConfigRefused;
import io.invigil.appliance.data.DataDirectoryInUse;
import io.invigil.appliance.data.DataKeyRefused;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.selftest.Health.Light;
import io.invigil.protocol.json.Json;
import io.invigil.site.SiteSettings;
import io.invigil.site.StoppedNode;
import io.invigil.site.doctor.CheckLine;
import io.invigil.site.doctor.DoctorApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code invigil doctor}: is this node fit for an exam? */
@Command(
        name = "doctor",
        description = {
            "Checks a room's server: clock, disks, memory, database, network, certificates,",
            "packages, models, cameras, backlog. Of a running node of this machine it asks the",
            "node itself; a stopped one is checked on its directories.",
            "Exit code: 0 all well, 1 warnings, 2 faults, 3 not checked, 64 called wrongly."
        },
        exitCodeOnInvalidInput = 64,
        exitCodeOnExecutionException = 3,
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private static final int NOT_CHECKED = 3;

    @Spec private CommandSpec spec;

    @Option(names = "--config", description = "the node's configuration file")
    private Path config;

    @Option(names = "--data-dir", description = "the node's data directory, without a file")
    private Path dataDirectory;

    @Option(
            names = "--second-device",
            description = "with --data-dir: the ledger's second directory")
    private Path secondDevice;

    @Option(names = "--url", description = "a running node elsewhere: https://address:port")
    private URI url;

    @Option(names = "--ca", description = "with --url: the CA file from the node's plain page")
    private Path authority;

    @Option(names = "--login", description = "with --url: a technician's or proctor's account")
    private String login;

    @Option(
            names = "--password",
            interactive = true,
            arity = "0",
            description = "with --url: asks for the password; otherwise INVIGIL_PASSWORD")
    private char[] password;

    @Option(names = "--json", description = "the report as JSON")
    private boolean json;

    @Option(
            names = "--lang",
            defaultValue = "zh-CN",
            description = "zh-CN or en; default: ${DEFAULT-VALUE}")
    private String lang;

    /** Made by the command line. */
    public DoctorCommand() {}

    @Override
    public Integer call() throws IOException {
        Language language = Language.ofTag(lang).orElseThrow(() -> wrong("--lang is zh-CN or en"));
        try {
            return told(url != null ? remote(language) : ofThisMachine(language));
        } catch (ConfigRefused | DataKeyRefused | RunningNode.Declined refused) {
            err().println(refused.getMessage());
        } catch (IOException away) {
            err().println("the node does not answer: " + away);
        }
        return NOT_CHECKED;
    }

    private DoctorApi.Report ofThisMachine(Language language) throws IOException {
        SiteSettings settings = settings();
        if (!Files.isDirectory(settings.dataDir())) {
            throw wrong(settings.dataDir() + " is not a directory");
        }
        try {
            return new StoppedNode(settings, System.getenv(), Clock.systemUTC()).check(language);
        } catch (DataDirectoryInUse running) {
            return RunningNode.local(settings.dataDir(), language);
        }
    }

    private SiteSettings settings() {
        if (config != null && dataDirectory == null && secondDevice == null) {
            return Config.read(SiteSettings.class, Optional.of(config), System.getenv());
        }
        if (config != null || dataDirectory == null) {
            throw wrong("give --config, or --data-dir, or --url");
        }
        Map<String, String> values = new HashMap<>();
        values.put("INVIGIL_DATA_DIR", dataDirectory.toAbsolutePath().toString());
        if (secondDevice != null) {
            values.put("INVIGIL_SECOND_DEVICE", secondDevice.toAbsolutePath().toString());
        }
        return Config.read(SiteSettings.class, Optional.empty(), values);
    }

    private DoctorApi.Report remote(Language language) throws IOException {
        if (login == null || authority == null) {
            throw wrong("--url needs --login and --ca");
        }
        String typed =
                password != null
                        ? new String(password)
                        : Optional.ofNullable(System.getenv("INVIGIL_PASSWORD"))
                                .orElseThrow(() -> wrong("--url needs --password"));
        return RunningNode.remote(url, certificate(), login, typed, language);
    }

    private X509Certificate certificate() throws IOException {
        try (InputStream in = Files.newInputStream(authority)) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(in);
        } catch (GeneralSecurityException malformed) {
            throw wrong(authority + " is no certificate");
        }
    }

    private int told(DoctorApi.Report report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(Json.write(report), StandardCharsets.UTF_8));
        } else {
            report.checks().forEach(line -> print(out, line));
        }
        out.flush();
        return report.worst().ordinal();
    }

    private static void print(PrintWriter out, CheckLine line) {
        out.println(mark(line.light()) + " " + line.title() + ": " + line.measured());
        if (!line.advice().isEmpty()) {
            out.println("     " + line.meaning());
            out.println("     → " + line.advice());
        }
    }

    private static String mark(Optional<Light> light) {
        return light.map(
                        found ->
                                switch (found) {
                                    case OK -> "OK  ";
                                    case WARNING -> "WARN";
                                    case FAILED -> "FAIL";
                                })
                .orElse("–   ");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
