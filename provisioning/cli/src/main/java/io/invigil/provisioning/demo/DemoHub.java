package io.invigil.provisioning.demo;

import io.invigil.appliance.config.Config;
import io.invigil.hub.HubSettings;
import io.invigil.hub.HubWiring;
import io.invigil.protocol.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The hub's process of the demonstration: the ordinary hub, plus the sample exam at its first start
 * and an office that does on request what staff would do at their pages. {@code DemoHub CONFIG
 * SAMPLE-FILE PEOPLE START-SECONDS DAYS-AHEAD}; then one command a line on standard input, one line
 * of JSON back on standard output.
 */
public final class DemoHub {
    static final String READY = "READY ";
    static final String REPLY = "REPLY ";
    static final String FAILED = "FAILED ";

    private DemoHub() {}

    /**
     * Runs until standard input ends, which is when the demonstration's own process is gone.
     *
     * @param arguments configuration file, sample file, number of people, seconds from now to the
     *     start of the sitting, days by which this hub's clock is ahead
     */
    public static void main(String[] arguments) throws Exception {
        Path config = Path.of(arguments[0]);
        Path sampleFile = Path.of(arguments[1]);
        int people = Integer.parseInt(arguments[2]);
        Duration untilStart = Duration.ofSeconds(Long.parseLong(arguments[3]));
        Duration ahead = Duration.ofDays(Long.parseLong(arguments[4]));
        Clock clock = Clock.offset(Clock.systemUTC(), ahead);
        HubSettings settings = Config.read(HubSettings.class, Optional.of(config), System.getenv());
        try (HubWiring hub = HubWiring.start(settings, System.getenv(), clock)) {
            if (!Files.exists(sampleFile)) {
                Instant start = clock.instant().plus(untilStart);
                SampleExam sample =
                        load(hub, people, start, sampleFile.toAbsolutePath().getParent());
                Files.write(sampleFile, Json.write(sample));
            }
            hub.awaitReady();
            System.out.println(READY + hub.httpsPort() + " " + hub.mqttPort());
            SampleExam sample =
                    Json.mapper().readValue(Files.readAllBytes(sampleFile), SampleExam.class);
            serve(new PracticeOffice(hub, sample));
        }
        System.exit(0);
    }

    /**
     * Loads the sample exam into a hub of this process that was founded with the login {@code
     * body}.
     *
     * @param start when the sitting starts
     * @param scratch directory for the files that staff would upload
     */
    public static SampleExam load(HubWiring hub, int people, Instant start, Path scratch)
            throws IOException {
        return PracticeOffice.sampleLoading(hub).load(people, start, scratch);
    }

    private static void serve(PracticeOffice office) throws IOException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(answer(office, line));
        }
    }

    /** A refused command ends the demonstration at the other side, not this process. */
    private static String answer(PracticeOffice office, String line) {
        try {
            byte[] json = Json.write(office.perform(line));
            return REPLY + new String(json, StandardCharsets.UTF_8);
        } catch (SampleLoading.SampleRefused refused) {
            return FAILED + refused.getMessage();
        } catch (IOException | RuntimeException failure) {
            failure.printStackTrace(System.err);
            return FAILED + failure;
        }
    }
}
