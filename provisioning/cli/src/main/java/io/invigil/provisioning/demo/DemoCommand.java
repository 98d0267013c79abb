package io.invigil.provisioning.demo;

import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code invigil demo}: starts the demonstration, or plays one exam day by itself. */
@Command(
        name = "demo",
        description = "Start a hub and two rooms with a sample exam on this machine.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    static final int KILLS_MAX = 20;
    static final int PEOPLE_MAX = 600;
    private static final Duration UNATTENDED_START = Duration.ofSeconds(30);
    private static final Duration ATTENDED_START = Duration.ofSeconds(120);

    /** Whether people play the exam day or the programme does. */
    public enum Mode {
        attended,
        unattended
    }

    /** What the hub stores in. */
    public enum DatabaseKind {
        derby,
        postgresql
    }

    /** What carries the bundles. */
    public enum BrokerKind {
        embedded,
        mosquitto
    }

    @Option(names = "--mode", defaultValue = "attended", description = "${COMPLETION-CANDIDATES}")
    private Mode mode;

    @Option(
            names = "--kill",
            defaultValue = "0",
            description = "SIGKILLs for each node during an unattended exam (0 to 20).")
    private int kills;

    @Option(names = "--people", defaultValue = "60", description = "Candidates (10 to 600).")
    private int people;

    @Option(names = "--database", defaultValue = "derby", description = "${COMPLETION-CANDIDATES}")
    private DatabaseKind database;

    @Option(names = "--broker", defaultValue = "embedded", description = "${COMPLETION-CANDIDATES}")
    private BrokerKind broker;

    @Option(names = "--directory", required = true, description = "Made anew at each start.")
    private Path directory;

    @Override
    public Integer call() throws Exception {
        if (kills < 0 || kills > KILLS_MAX || people < 10 || people > PEOPLE_MAX) {
            System.err.println("--kill takes 0 to " + KILLS_MAX + ", --people 10 to " + PEOPLE_MAX);
            return 2;
        }
        boolean attended = mode == Mode.attended;
        DemoSettings settings =
                new DemoSettings(
                        directory,
                        people,
                        attended ? ATTENDED_START : UNATTENDED_START,
                        database,
                        broker,
                        attended);
        long started = System.nanoTime();
        try (DemoWorld world = new DemoWorld(settings)) {
            world.start();
            world.publish();
            if (attended) {
                stayUp(world, started);
                return 0;
            }
            UnattendedDay.Result result = new UnattendedDay(world, kills).play(started);
            System.out.println(new String(Json.write(result.line()), StandardCharsets.UTF_8));
            return result.right() ? 0 : 1;
        }
    }

    private static void stayUp(DemoWorld world, long started)
            throws IOException, InterruptedException {
        world.hub().ask("release");
        AttendedNotice.print(world, Duration.ofNanos(System.nanoTime() - started));
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    interrupted.countDown();
                                    try {
                                        // children stop with us, in order, before the JVM goes
                                        main.join(Duration.ofSeconds(30));
                                    } catch (InterruptedException stopped) {
                                        Thread.currentThread().interrupt();
                                    }
                                }));
        interrupted.await();
    }
}
