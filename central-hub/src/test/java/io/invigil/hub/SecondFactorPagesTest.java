package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.invigil.testkit.HttpsBrowser;
import io.invigil.testkit.MessageKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The second factor over HTTPS (domain, section 17; issue 4 part 1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondFactorPagesTest {
    private static final Pattern KEY = Pattern.compile("<strong class=\"mono\">([A-Z2-7 ]+)<");
    private static final Pattern RECOVERY = Pattern.compile("<li>([a-z2-9-]{19})</li>");

    @TempDir static Path directory;
    private RunningHub running;

    @BeforeAll
    void start() {
        running = new RunningHub(directory);
    }

    @AfterAll
    void stop() {
        running.close();
    }

    private static String leadsTo(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as(page).isTrue();
        return matcher.group(1);
    }

    /** What a phone shows that was given the key as the page shows it. */
    private static String phone(String key, Instant at) {
        BigInteger bits = BigInteger.ZERO;
        for (char one : key.replace(" ", "").toCharArray()) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(one);
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(value));
        }
        byte[] secret = new byte[20];
        for (int i = secret.length - 1; i >= 0; i--) {
            secret[i] = bits.byteValue();
            bits = bits.shiftRight(8);
        }
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(secret, "HmacSHA1"), at, Locale.ROOT);
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private HttpsBrowser withPassword(String login) {
        HttpsBrowser browser = running.stranger();
        leadsTo(browser.post("/login", "login", login, "password", RunningHub.PASSWORD));
        return browser;
    }

    @Test
    void thePasswordAloneOpensNoPageOnceAPhoneIsEnrolled() {
        HttpsBrowser clerk = running.person("clerk");
        assertThat(clerk.get("/account").body()).contains("href=\"/second-factor\"");
        assertThat(leadsTo(clerk.post("/second-factor/start"))).isEqualTo("/second-factor");
        String page = clerk.get("/second-factor").body();
        assertThat(page).contains("<svg class=\"qr\"");
        String key = found(KEY, page);
        assertThat(clerk.post("/second-factor/confirm", "code", "12345").body())
                .contains("验证码不正确、已过期或已使用过");
        String code = phone(key, running.clock.instant());
        String recovery =
                found(RECOVERY, clerk.post("/second-factor/confirm", "code", code).body());
        assertThat(clerk.get("/candidates").statusCode()).isEqualTo(200);

        HttpsBrowser again = withPassword("clerk");
        assertThat(leadsTo(again.get("/candidates"))).isEqualTo("/second-factor");
        assertThat(leadsTo(again.get("/account/password"))).isEqualTo("/second-factor");
        assertThat(again.get("/second-factor").body()).contains("密码正确").doesNotContain(key);
        for (String path : new String[] {"start", "confirm", "codes", "remove"}) {
            assertThat(again.post("/second-factor/" + path, "code", recovery).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(again.post("/second-factor/code", "code", code).statusCode())
                .as("a code is good once")
                .isEqualTo(422);
        assertThat(leadsTo(again.post("/second-factor/code", "code", recovery))).isEqualTo("/");
        assertThat(again.get("/candidates").statusCode()).isEqualTo(200);
    }

    @Test
    void whoseRoleDemandsItIsLedToEnrolAtTheNextLogin() {
        HttpsBrowser body = running.person("body-admin");
        leadsTo(body.post("/staff-rules", "role", "province-staff"));
        assertThat(body.get("/staff-rules").body())
                .containsPattern("value=\"province-staff\" checked");
        HttpsBrowser province = withPassword("province");
        assertThat(leadsTo(province.get("/reports"))).isEqualTo("/second-factor");
        assertThat(province.get("/second-factor").body()).contains("您的角色必须使用两步验证");
        leadsTo(province.post("/second-factor/start"));
        String key = found(KEY, province.get("/second-factor").body());
        province.post("/second-factor/confirm", "code", phone(key, running.clock.instant()));
        assertThat(province.get("/reports").statusCode()).isEqualTo(200);
        assertThat(province.get("/second-factor").body()).doesNotContain("/second-factor/remove");
        leadsTo(body.post("/staff-rules"));
    }

    @Test
    void bothLanguagesHaveAllTexts() throws IOException {
        ClassLoader loader = getClass().getClassLoader();
        MessageKeys.assertComplete(loader, "secondfactor");
        for (String folder : new String[] {"src/main/jte/", "src/main/java/io/invigil/hub/"}) {
            MessageKeys.assertUsedKeysExist(
                    loader,
                    Path.of(folder + "secondfactor"),
                    "secondfactor",
                    "staff",
                    "audit",
                    "issue",
                    "appliance");
        }
    }
}
