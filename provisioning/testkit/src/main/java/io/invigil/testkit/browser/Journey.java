package io.invigil.testkit.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What every journey needs: machines of their own, pictures, and the list of errors that pages
 * reported. Used by one thread.
 */
public final class Journey {
    private static final double PATIENCE_MILLIS = 60_000;
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;

    private final Browser browser;
    private final Path pictures;
    private final List<String> scriptErrors = new ArrayList<>();

    public Journey(Chromium chromium, String name) throws IOException {
        this.browser = chromium.browser();
        this.pictures = Files.createDirectories(Path.of("target", "screenshots", name));
    }

    /** Writes a certificate where Chromium's store can take it from. */
    public static Path pem(X509Certificate certificate, Path file)
            throws IOException, CertificateEncodingException {
        String body =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(certificate.getEncoded());
        return Files.writeString(
                file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    }

    /** A machine that nobody has used yet, speaking this language, in this scheme. */
    public Page machine(String language, ColorScheme scheme) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setLocale(language)
                                .setColorScheme(scheme)
                                .setAcceptDownloads(true)
                                .setViewportSize(WIDTH, HEIGHT));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.setDefaultNavigationTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onPageError(error -> scriptErrors.add(page.url() + ": " + error));
        return page;
    }

    /** A picture of the whole page, for people to look at. */
    public void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(pictures.resolve(name + ".png"))
                        .setFullPage(true));
    }

    /** Errors that no page's script caught; an empty list is what a journey must end with. */
    public List<String> scriptErrors() {
        return List.copyOf(scriptErrors);
    }

    public static Locator visible(Page page, String selector) {
        Locator found = page.locator(selector).first();
        found.waitFor();
        return found;
    }

    public static void gone(Page page, String selector) {
        page.locator(selector)
                .first()
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }
}
