package io.invigil.provisioning.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One server of the demonstration in a JVM of its own, restarted after a kill as a service manager
 * would. Output goes to a log file that is appended to over restarts. Not thread-safe.
 */
final class ChildProcess {
    private static final int STOP_SECONDS_MAX = 20;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;
    private int starts;

    /**
     * @param jvmOptions options before the class path, such as a heap limit
     * @param environment added to this process's own environment
     */
    ChildProcess(
            String name,
            String mainClass,
            List<String> jvmOptions,
            List<String> arguments,
            Map<String, String> environment,
            Path log) {
        this.name = name;
        this.command = command(mainClass, jvmOptions, arguments);
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    private static List<String> command(
            String mainClass, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        // half alive is worse than started anew: everything acknowledged is on the ledger
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** Starts the server; it must not be running. */
    void start() throws IOException {
        if (isRunning()) {
            throw new IllegalStateException(name + " is already running");
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process = builder.start();
        starts++;
    }

    /** SIGKILL: no handler of the server runs. Returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, then SIGKILL after 20 s. */
    void stop() throws InterruptedException {
        if (!isRunning()) {
            return;
        }
        process.destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            kill();
        }
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    int starts() {
        return starts;
    }

    long pid() {
        return process.pid();
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }
}
