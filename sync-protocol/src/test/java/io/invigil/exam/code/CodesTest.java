package io.invigil.exam.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SigningKey;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodesTest {
    private final Entropy entropy = new Random(58)::nextBytes;
    private final byte[] key = entropy.bytes(32);
    private final CheckInCode room = new CheckInCode(key, "E1", "107室");
    private final SigningKey issuer = SigningKey.generate(entropy);
    private final CertificateFacts facts =
            new CertificateFacts(
                    "1X2026-000017",
                    "𠮷㛃䶮·阿依古丽",
                    "370*****6532",
                    "网络安全运维职业技能等级证书",
                    "初级",
                    "某某职业技能评价有限公司",
                    LocalDate.of(2026, 11, 20));

    @Test
    void aTicketReadsBackWhateverTheScannerAdds() {
        var ticket = new TicketCode("K202005220515", "26110107-07");

        assertThat(ticket.text()).matches("[0-9A-Z.:-]+");
        assertThat(TicketCode.parse(" " + ticket.text().toLowerCase() + "\r\n")).contains(ticket);
    }

    // XSP-392
    @Test
    void aMisreadTicketIsRefused() {
        String text = new TicketCode("K202005220515", "26110107").text();

        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == '7' ? '3' : '7';
            assertThat(TicketCode.parse(text.substring(0, i) + other + text.substring(i + 1)))
                    .as("character " + i)
                    .isEmpty();
        }
        assertThat(TicketCode.parse("9".repeat(TicketCode.CHARS_MAX + 1))).isEmpty();
        assertThatThrownBy(() -> new TicketCode("K:1", "2"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // XSP-390
    @Test
    void aCheckInCodeCountsInItsMinuteAndTwentySecondsMore() {
        long minute = 29_000_000L * CheckInCode.PERIOD_MILLIS;
        String code = room.at(minute);

        assertThat(code).hasSize(8).isEqualTo(room.at(minute + 59_999));
        assertThat(room.check(code, minute + 59_999)).isEqualTo(CheckInCode.Outcome.VALID);
        assertThat(room.check(code, minute + 79_999)).isEqualTo(CheckInCode.Outcome.VALID);
        assertThat(room.check(code, minute + 80_000)).isEqualTo(CheckInCode.Outcome.EXPIRED);
        assertThat(room.check(code, minute + 659_999)).isEqualTo(CheckInCode.Outcome.EXPIRED);
        assertThat(room.check(code, minute + 660_000)).isEqualTo(CheckInCode.Outcome.WRONG);
        assertThat(room.check(code, minute - 1)).isEqualTo(CheckInCode.Outcome.WRONG);
        assertThat(CheckInCode.changesInMillis(minute + 59_000)).isEqualTo(1_000);
    }

    // XSP-390
    @Test
    void aCheckInCodeOfAnotherRoomExamOrNodeIsWrong() {
        long now = 1_000_000_000L;
        for (CheckInCode other :
                List.of(
                        new CheckInCode(key, "E1", "108室"),
                        new CheckInCode(key, "E2", "107室"),
                        new CheckInCode(key, "E1107室", ""),
                        new CheckInCode(entropy.bytes(32), "E1", "107室"))) {
            assertThat(room.check(other.at(now), now)).isEqualTo(CheckInCode.Outcome.WRONG);
        }
        assertThat(room.check("", now)).isEqualTo(CheckInCode.Outcome.WRONG);
        assertThat(room.check("0".repeat(10_000), now)).isEqualTo(CheckInCode.Outcome.WRONG);
    }

    @Test
    void typingACheckInCodeByHandIsForgiving() {
        for (long now = 0; now < 60 * 200_000L; now += 60_000) {
            String code = room.at(now);
            String typed =
                    code.toLowerCase().replace('0', 'o').replace('1', 'l').substring(0, 4)
                            + " - "
                            + code.substring(4);
            assertThat(room.check(typed, now)).isEqualTo(CheckInCode.Outcome.VALID);
        }
    }

    // XSP-391
    @Test
    void aCertificateVerifiesFromItsContentAlone() {
        String code = CertificateCode.sign(facts, issuer);

        assertThat(code.length()).isLessThan(420);
        assertThat(CertificateCode.verify(code, List.of(issuer.verifyKey())))
                .isEqualTo(new CertificateCode.Outcome.Genuine(facts, issuer.verifyKey().keyId()));
        assertThat(
                        CertificateCode.verify(
                                "https://hub.example/verify#" + code, List.of(issuer.verifyKey())))
                .isInstanceOf(CertificateCode.Outcome.Genuine.class);
    }

    @Test
    void aCertificateOfAnotherIssuerIsNamedSo() {
        String code = CertificateCode.sign(facts, SigningKey.generate(entropy));

        assertThat(CertificateCode.verify(code, List.of(issuer.verifyKey())))
                .isEqualTo(
                        new CertificateCode.Outcome.Refused(
                                CertificateCode.Reason.CERTIFICATE_CODE_UNKNOWN_ISSUER));
    }

    // XSP-391 and XSP-371
    @Test
    void everyChangedCharacterOfACertificateCodeIsRefused() {
        String code = CertificateCode.sign(facts, issuer);

        for (int i = 0; i < code.length(); i++) {
            for (int bit = 0; bit < 8; bit++) {
                String changed =
                        code.substring(0, i)
                                + (char) (code.charAt(i) ^ 1 << bit)
                                + code.substring(i + 1);
                assertThat(CertificateCode.verify(changed, List.of(issuer.verifyKey())))
                        .as("character " + i + " bit " + bit)
                        .isInstanceOf(CertificateCode.Outcome.Refused.class);
            }
        }
    }

    @Test
    void certificateFieldsHaveALimit() {
        String longest = "名".repeat(CertificateFacts.FIELD_BYTES_MAX / 3);
        var full =
                new CertificateFacts(
                        longest, longest, longest, longest, longest, longest, facts.issuedOn());

        String code = CertificateCode.sign(full, issuer);
        assertThat(code.length()).isLessThan(CertificateCode.CHARS_MAX);
        assertThat(CertificateCode.verify(code, List.of(issuer.verifyKey())))
                .isInstanceOf(CertificateCode.Outcome.Genuine.class);
        assertThatThrownBy(
                        () ->
                                new CertificateFacts(
                                        "1", longest + "名", "", "", "", "", facts.issuedOn()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pinsAreSixDigitsAndNeverTheObviousOnes() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            String digits = Pin.random(entropy).text();
            assertThat(digits).matches("[0-9]{6}");
            assertThat(Pin.isGuessable(digits)).isFalse();
            seen.add(digits);
        }
        assertThat(seen.size()).isGreaterThan(4_900);
        for (String obvious : List.of("000000", "123456", "987654", "012345", "999999")) {
            assertThat(Pin.isGuessable(obvious)).isTrue();
        }
    }

    // XSP-393
    @Test
    void aPinMatchesItsOwnSittingOnly() {
        Pin pin = Pin.parse("４０ 7-191").orElseThrow();
        byte[] digest = pin.digest(key, 7);

        assertThat(pin.text()).isEqualTo("407191");
        assertThat(pin.matches(digest, key, 7)).isTrue();
        assertThat(pin.matches(digest, key, 8)).isFalse();
        assertThat(Pin.parse("407192").orElseThrow().matches(digest, key, 7)).isFalse();
        assertThat(pin).hasToString("Pin[hidden]");
        for (String bad : List.of("", "12345", "1234567", "12345a", "1".repeat(41))) {
            assertThat(Pin.parse(bad)).isEmpty();
        }
    }
}
