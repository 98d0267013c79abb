package io.invigil.hub.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.testkit.SeededEntropy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Codes of authenticators (RFC 6238 appendix B, RFC 4648 section 10) and recovery codes. */
class OneTimeCodesTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    private final OneTimeCodes codes = new OneTimeCodes();

    @Test
    void codesAreThoseOfTheRfc() {
        Map<Long, String> table =
                Map.of(
                        59L, "94287082",
                        1111111109L, "07081804",
                        1111111111L, "14050471",
                        1234567890L, "89005924",
                        2000000000L, "69279037",
                        20000000000L, "65353130");
        table.forEach(
                (second, eight) ->
                        assertThat(codes.code(SECRET, Instant.ofEpochSecond(second)))
                                .as("at " + second)
                                .isEqualTo(eight.substring(2)));
    }

    /** RFC 6238 section 5.2: at most one step for the delay. */
    @Test
    void aCodeIsTakenOneStepEarlyOrLateAndNotTwo() {
        Instant made = Instant.ofEpochSecond(1_111_111_110L);
        String code = codes.code(SECRET, made);
        long step = OneTimeCodes.step(made);
        for (long seconds : List.of(-30L, -1L, 0L, 29L, 59L)) {
            assertThat(codes.matching(SECRET, code, made.plusSeconds(seconds)))
                    .as(seconds + " s")
                    .isEqualTo(OptionalLong.of(step));
        }
        for (long seconds : List.of(-31L, 60L)) {
            assertThat(codes.matching(SECRET, code, made.plusSeconds(seconds)))
                    .as(seconds + " s")
                    .isEmpty();
        }
        for (String wrong : List.of("", code + "0", code.substring(1), "abcdef")) {
            assertThat(codes.matching(SECRET, wrong, made)).as(wrong).isEmpty();
        }
    }

    @Test
    void secretsAreWrittenInBase32() {
        Map<String, String> table =
                Map.of(
                        "",
                        "",
                        "f",
                        "MY",
                        "fo",
                        "MZXQ",
                        "foo",
                        "MZXW6",
                        "foob",
                        "MZXW6YQ",
                        "fooba",
                        "MZXW6YTB",
                        "foobar",
                        "MZXW6YTBOI");
        table.forEach(
                (text, encoded) ->
                        assertThat(OneTimeCodes.base32(text.getBytes(StandardCharsets.US_ASCII)))
                                .isEqualTo(encoded));
        assertThat(OneTimeCodes.address("Invigil", "a b@c", SECRET))
                .isEqualTo(
                        "otpauth://totp/Invigil:a%20b%40c?secret="
                                + "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Invigil");
    }

    @Test
    void recoveryCodesAreReadableAndTakenHoweverTheyAreTyped() {
        List<String> fresh = RecoveryCodes.fresh(new SeededEntropy(3));
        assertThat(new HashSet<>(fresh)).hasSize(RecoveryCodes.COUNT);
        assertThat(fresh)
                .allMatch(code -> code.matches("([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}"));
        String code = fresh.getFirst();
        assertThat(RecoveryCodes.digest(1, 2, code.replace("-", " ").toUpperCase()))
                .isEqualTo(RecoveryCodes.digest(1, 2, code))
                .isNotEqualTo(RecoveryCodes.digest(1, 3, code));
    }
}
