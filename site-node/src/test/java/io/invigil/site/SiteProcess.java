package io.invigil.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link SiteMain} as a process of its own, as it runs on a mini PC. */
final class SiteProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("invigil-site ready node=\\S+ https=(\\d+) http=(\\d+) millis=(\\d+)");

    private final Process process;
    private final int httpsPort;
    private final long startMillis;

    private SiteProcess(Process process, int httpsPort, long startMillis) {
        this.process = process;
        this.httpsPort = httpsPort;
        this.startMillis = startMillis;
    }

    /** Starts on the directories of a fixture that is closed. */
    static SiteProcess start(Path directory) throws IOException {
        return start(directory, "io.invigil.site.SiteMain");
    }

    /** As {@link #start(Path)}, by a main class that starts the node and does something beside. */
    static SiteProcess start(Path directory, String mainClass) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder =
                new ProcessBuilder(
                        java.toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:TieredStopAtLevel=4",
                        "-cp",
                        System.getProperty("java.class.path"),
                        mainClass,
                        "--until-parent-exits");
        builder.environment()
                .putAll(
                        Map.of(
                                "INVIGIL_DATA_DIR", directory.resolve("data").toString(),
                                "INVIGIL_SECOND_DEVICE", directory.resolve("second").toString(),
                                "INVIGIL_HOST", "127.0.0.1",
                                "INVIGIL_HTTPS_PORT", "0",
                                "INVIGIL_HTTP_PORT", "0"));
        builder.redirectError(directory.resolve("stderr.log").toFile());
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return new SiteProcess(
                        process, Integer.parseInt(ready.group(1)), Long.parseLong(ready.group(3)));
            }
        }
        throw new IOException(
                "the node did not start: " + Files.readString(directory.resolve("stderr.log")));
    }

    int httpsPort() {
        return httpsPort;
    }

    long startMillis() {
        return startMillis;
    }

    /** Resident memory in MiB. */
    long residentMib() throws IOException {
        List<String> lines =
                Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"));
        return lines.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: nothing of it runs, its connections stay. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    /** Waits until it has ended by itself. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
