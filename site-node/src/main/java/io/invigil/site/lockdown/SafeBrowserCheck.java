package io.invigil.site.lockdown;

import io.invigil.exam.pack.PageRules;
import io.invigil.protocol.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a request comes from Safe Exam Browser with our settings: it sends with each request the
 * SHA-256 of the address followed by its Config Key, and the same with the Browser Exam Key of its
 * version. Pure, thread-safe.
 */
public final class SafeBrowserCheck {
    /** Header with the hash of address and Config Key. */
    public static final String CONFIG_HEADER = "X-SafeExamBrowser-ConfigKeyHash";

    /** Header with the hash of address and Browser Exam Key. */
    public static final String BROWSER_HEADER = "X-SafeExamBrowser-RequestHash";

    private SafeBrowserCheck() {}

    /** Outcome for one request. */
    public sealed interface Seen {
        record Allowed() implements Seen {}

        /** An ordinary browser, or one that was told not to prove itself. */
        record NotSafeBrowser() implements Seen {}

        /** Our settings for another exam of this node. */
        record OtherExam(String exam) implements Seen {}

        /** Our settings with this one changed. */
        record SettingDiffers(String setting) implements Seen {}

        /** Settings that are none of ours. */
        record OtherSettings() implements Seen {}

        /** Our settings in a version of the browser that the exam does not permit. */
        record OtherVersion() implements Seen {}
    }

    /**
     * @param url absolute address of the request as the browser has it, without fragment
     * @param config our settings for the exam
     * @param others our settings for other exams of this node, by name
     */
    public static Seen check(
            PageRules rules,
            String url,
            Optional<String> configHash,
            Optional<String> browserHash,
            SafeBrowserConfig config,
            Map<String, SafeBrowserConfig> others) {
        if (!rules.safeBrowser()) {
            return new Seen.Allowed();
        }
        if (configHash.isEmpty()) {
            return new Seen.NotSafeBrowser();
        }
        if (!proves(url, config.configKey(), configHash.get())) {
            return whatDiffers(url, configHash.get(), config, others);
        }
        boolean version =
                rules.browserExamKeys().isEmpty()
                        || browserHash
                                .filter(
                                        hash ->
                                                rules.browserExamKeys().stream()
                                                        .anyMatch(key -> proves(url, key, hash)))
                                .isPresent();
        return version ? new Seen.Allowed() : new Seen.OtherVersion();
    }

    private static Seen whatDiffers(
            String url,
            String hash,
            SafeBrowserConfig config,
            Map<String, SafeBrowserConfig> others) {
        for (Map.Entry<String, SafeBrowserConfig> other : others.entrySet()) {
            if (proves(url, other.getValue().configKey(), hash)) {
                return new Seen.OtherExam(other.getKey());
            }
        }
        for (Map.Entry<String, String> changed : config.keysWithOneDifference().entrySet()) {
            if (proves(url, changed.getKey(), hash)) {
                return new Seen.SettingDiffers(changed.getValue());
            }
        }
        return new Seen.OtherSettings();
    }

    private static boolean proves(String url, String key, String hash) {
        String right = Digest.sha256((url + key).getBytes(StandardCharsets.UTF_8)).hex();
        return MessageDigest.isEqual(
                right.getBytes(StandardCharsets.UTF_8),
                hash.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
}
