package io.invigil.provisioning.demo;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code invigil demo}: starts the demonstration, or plays one exam day by itself. */
@Command(
        name = "demo",
        description = "Start a hub and two rooms with a sample exam on this machine.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    static final int KILLS_MAX = 20;

    /** Whether people play the exam day or the programme does. */
    enum Mode {
        attended,
        unattended
    }

    /** What the hub stores in. */
    enum DatabaseKind {
        derby,
        postgresql
    }

    /** What carries the bundles. */
    enum BrokerKind {
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

    @Option(names = "--database", defaultValue = "derby", description = "${COMPLETION-CANDIDATES}")
    private DatabaseKind database;

    @Option(names = "--broker", defaultValue = "embedded", description = "${COMPLETION-CANDIDATES}")
    private BrokerKind broker;

    @Option(names = "--directory", required = true, description = "Made anew at each start.")
    private Path directory;

    @Override
    public Integer call() throws Exception {
        System.out.println(mode + " " + kills + " " + database + " " + broker + " " + directory);
        return kills > KILLS_MAX ? 2 : 0;
    }
}
