package io.invigil.testkit.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's Chromium, driven by Playwright, in a home directory of its own whose certificate
 * store trusts the authority given and nothing else, as a lab PC would be set up.
 */
public final class Chromium implements AutoCloseable {
    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> QUIET =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts Chromium, or skips the test saying why. On a build machine ({@code CI=true}) a missing
     * browser is a failure, because there a skipped journey would pass for a shown one.
     *
     * @param home empty directory; holds the certificate store and nothing of the person's own
     * @param authorityPem certificate of the authority to trust
     */
    public static Chromium start(Path home, Path authorityPem)
            throws IOException, InterruptedException {
        return start(home, authorityPem, List.of());
    }

    /**
     * As {@link #start(Path, Path)}, with more flags of the browser, such as a camera out of a
     * file.
     */
    public static Chromium start(Path home, Path authorityPem, List<String> flags)
            throws IOException, InterruptedException {
        Path executable = executable();
        trust(home, authorityPem);
        return launch(home, executable, flags);
    }

    /** For pages that come from the test itself. */
    public static Chromium startTrustingNobody(Path home) {
        return launch(home, executable(), List.of());
    }

    private static Path executable() {
        Optional<Path> executable =
                PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
        boolean onBuildMachine = "true".equals(System.getenv("CI"));
        if (executable.isEmpty() && onBuildMachine) {
            throw new AssertionError("no Chromium on the build machine: looked in " + PLACES);
        }
        Assumptions.assumeTrue(
                executable.isPresent(), "skipped: no Chromium found, looked in " + PLACES);
        return executable.orElseThrow();
    }

    private static Chromium launch(Path home, Path executable, List<String> flags) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright =
                Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        environment.put("HOME", home.toString());
        Browser browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setHeadless(true)
                                        .setEnv(environment)
                                        .setArgs(
                                                Stream.concat(QUIET.stream(), flags.stream())
                                                        .toList()));
        return new Chromium(playwright, browser);
    }

    private static void trust(Path home, Path authorityPem)
            throws IOException, InterruptedException {
        Path store = Files.createDirectories(home.resolve(".pki/nssdb"));
        run(List.of("certutil", "-N", "--empty-password", "-d", "sql:" + store));
        run(
                List.of(
                        "certutil",
                        "-A",
                        "-n",
                        "exam authority",
                        "-t",
                        "C,,",
                        "-i",
                        authorityPem.toString(),
                        "-d",
                        "sql:" + store));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command.get(0) + " (package libnss3-tools): " + output);
        }
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
