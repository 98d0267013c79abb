package io.invigil.site.lockdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.pack.PageRules;
import io.invigil.protocol.crypto.Digest;
import io.invigil.site.lockdown.SafeBrowserCheck.Seen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Safe Exam Browser's Config Key and Browser Exam Key on every request (issue 3, part 5). */
class SafeBrowserCheckTest {
    private static final String URL = "https://node-7:8443/api/exam/answers?x=1";
    private static final String BROWSER_KEY = "ab".repeat(32);
    private static final PageRules RULES =
            new PageRules(PageRules.Leaving.RECORDED, 0, false, true, true, List.of());
    private final SafeBrowserConfig config = config("E-1");
    private final Map<String, SafeBrowserConfig> others = Map.of("E-2", config("E-2"));

    private static SafeBrowserConfig config(String exam) {
        return SafeBrowserConfig.of(
                "https://node-7:8443/login?exam=" + exam,
                "https://node-7:8443/quit",
                new byte[] {48, 1, 2});
    }

    private static String hash(String key) {
        return Digest.sha256((URL + key).getBytes(StandardCharsets.UTF_8)).hex();
    }

    private Seen check(PageRules rules, Optional<String> configHash, Optional<String> browser) {
        return SafeBrowserCheck.check(rules, URL, configHash, browser, config, others);
    }

    @Test
    void ourSettingsPassAndNothingIsAskedWhereThePolicyDoesNot() {
        assertThat(check(RULES, Optional.of(hash(config.configKey())), Optional.empty()))
                .isEqualTo(new Seen.Allowed());
        assertThat(check(PageRules.NONE, Optional.empty(), Optional.empty()))
                .isEqualTo(new Seen.Allowed());
    }

    @Test
    void anOrdinaryBrowserOrTheHashOfAnotherAddressDoesNotPass() {
        assertThat(check(RULES, Optional.empty(), Optional.empty()))
                .isEqualTo(new Seen.NotSafeBrowser());
        String replayed =
                Digest.sha256(
                                ("https://node-7:8443/exam" + config.configKey())
                                        .getBytes(StandardCharsets.UTF_8))
                        .hex();
        assertThat(check(RULES, Optional.of(replayed), Optional.empty()))
                .isEqualTo(new Seen.OtherSettings());
    }

    @Test
    void saysWhichSettingDiffersOrWhichExamTheFileIsOf() {
        assertThat(check(RULES, Optional.of(hash(config("E-2").configKey())), Optional.empty()))
                .isEqualTo(new Seen.OtherExam("E-2"));
        var changed = config.keysWithOneDifference();
        assertThat(changed).containsValues("enablePrintScreen", "startURL", "embeddedCertificates");
        changed.forEach(
                (key, setting) ->
                        assertThat(check(RULES, Optional.of(hash(key)), Optional.empty()))
                                .isEqualTo(new Seen.SettingDiffers(setting)));
        assertThat(changed).doesNotContainKey(config.configKey());
    }

    @Test
    void whereVersionsAreNamedTheBrowserExamKeyMustBeOneOfThem() {
        PageRules named =
                new PageRules(
                        PageRules.Leaving.RECORDED, 0, false, true, true, List.of(BROWSER_KEY));
        Optional<String> right = Optional.of(hash(config.configKey()));
        assertThat(check(named, right, Optional.of(hash(BROWSER_KEY))))
                .isEqualTo(new Seen.Allowed());
        assertThat(check(named, right, Optional.of(hash("cd".repeat(32)))))
                .isEqualTo(new Seen.OtherVersion());
        assertThat(check(named, right, Optional.empty())).isEqualTo(new Seen.OtherVersion());
    }

    @Test
    void theConfigKeyIsTheHashOfSortedSettingsWithoutWhiteSpace() {
        String file = new String(config.file(), StandardCharsets.UTF_8);
        assertThat(file)
                .contains(
                        "<key>startURL</key>\n<string>https://node-7:8443/login?exam=E-1</string>")
                .contains("<key>allowQuit</key>\n<false/>")
                .contains("<data>MAEC</data>");
        List<String> keys =
                java.util.regex.Pattern.compile("\n<key>([^<]+)</key>")
                        .matcher(file.substring(0, file.indexOf("embeddedCertificates")))
                        .results()
                        .map(found -> found.group(1))
                        .toList();
        assertThat(keys).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER).hasSizeGreaterThan(8);
        assertThat(config.configKey())
                .matches("[0-9a-f]{64}")
                .isEqualTo(config("E-1").configKey())
                .isNotEqualTo(config("E-2").configKey());
    }
}
