package io.invigil.provisioning.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The demonstration's hub as this side sees it: started, asked line by line, stopped. */
public final class HubProcess implements AutoCloseable {
    private static final int STOP_SECONDS_MAX = 30;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;
    private BufferedReader out;
    private BufferedWriter in;

    /**
     * @param settings arguments of {@link DemoHub} but the last
     */
    public HubProcess(List<String> settings, Map<String, String> environment, Path log) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("--enable-native-access=ALL-UNNAMED");
        words.add("-Xmx512m");
        words.add("-XX:+ExitOnOutOfMemoryError");
        words.add("-XX:+UseSerialGC");
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        words.add(DemoHub.class.getName());
        words.addAll(settings);
        this.command = List.copyOf(words);
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    /** Starts and returns when browsers and nodes can use it. */
    public void start(int daysAhead) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.add(String.valueOf(daysAhead));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process = builder.start();
        out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in =
                new BufferedWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        await(DemoHub.READY);
    }

    /** One command of {@link PracticeOffice}; its answer. */
    public JsonNode ask(String question) throws IOException {
        in.write(question);
        in.newLine();
        in.flush();
        return Json.mapper().readTree(await(DemoHub.REPLY));
    }

    private String await(String wanted) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(wanted)) {
                return line.substring(wanted.length());
            }
            if (line.startsWith(DemoHub.FAILED)) {
                throw new IOException("the hub: " + line.substring(DemoHub.FAILED.length()));
            }
            Files.writeString(
                    log,
                    line + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        throw new IOException("the hub ended; its last words are in " + log);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public void close() {
        if (!isRunning()) {
            return;
        }
        try {
            in.close();
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
