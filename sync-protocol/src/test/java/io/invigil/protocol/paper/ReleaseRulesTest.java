package io.invigil.protocol.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.paper.OpeningDecision.Open;
import io.invigil.protocol.paper.OpeningDecision.OpenEarly;
import io.invigil.protocol.paper.OpeningDecision.Reason;
import io.invigil.protocol.paper.OpeningDecision.TwoStaff;
import io.invigil.protocol.paper.ReleaseCode.Typed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReleaseRulesTest {
    private static final Instant START = Instant.parse("2026-11-20T01:00:00Z");
    private static final Optional<TwoStaff> TWO = Optional.of(new TwoStaff("wang", "li", "时钟电池没电"));
    private static final Optional<TwoStaff> NOBODY = Optional.empty();

    private final Entropy entropy = new Random(58)::nextBytes;

    @Test
    void aCodeReadsBackHoweverItIsTyped() {
        for (int run = 0; run < 200; run++) {
            ReleaseCode code = ReleaseCode.random(entropy);
            String text = code.text();
            assertThat(text).matches("([0-9]{5} ){5}[0-9]{5}");
            assertThat(ReleaseCode.parse(text.replace(' ', '-'))).isEqualTo(complete(code));
            assertThat(ReleaseCode.parse(text.replace(" ", ""))).isEqualTo(complete(code));
            assertThat(ReleaseCode.parse(text.replace('5', '５') + "\u3000"))
                    .isEqualTo(complete(code));
        }
    }

    // XSP-323
    @Test
    void fault58everySlipOfOneDigitAndOfTwoNeighboursNamesItsGroup() {
        String text = ReleaseCode.random(entropy).text().replace(" ", "");
        for (int i = 0; i < text.length(); i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                if (digit != text.charAt(i)) {
                    assertThat(ReleaseCode.parse(replaced(text, i, digit)))
                            .isEqualTo(new Typed.WrongGroups(List.of(i / 5 + 1)));
                }
            }
            if (i % 5 < 4 && text.charAt(i) != text.charAt(i + 1)) {
                String swapped =
                        replaced(replaced(text, i, text.charAt(i + 1)), i + 1, text.charAt(i));
                assertThat(ReleaseCode.parse(swapped))
                        .isEqualTo(new Typed.WrongGroups(List.of(i / 5 + 1)));
            }
        }
    }

    @Test
    void namesAllWrongGroups() {
        String text = ReleaseCode.random(entropy).text().replace(" ", "");
        String changed = replaced(text, 0, next(text.charAt(0)));
        changed = replaced(changed, 29, next(text.charAt(29)));

        assertThat(ReleaseCode.parse(changed)).isEqualTo(new Typed.WrongGroups(List.of(1, 6)));
    }

    @Test
    void otherLengthsAndSignsAreNoCode() {
        assertThat(ReleaseCode.parse("12345")).isEqualTo(new Typed.WrongLength(5));
        assertThat(ReleaseCode.parse("1".repeat(31))).isEqualTo(new Typed.WrongLength(31));
        assertThat(ReleaseCode.parse("12x")).isInstanceOf(Typed.WrongLength.class);
        assertThat(ReleaseCode.parse("1".repeat(100_000))).isInstanceOf(Typed.WrongLength.class);
    }

    // XSP-325
    @Test
    void fault58fiveTriesAMinuteAndNeverALock() {
        ReleaseAttempts attempts = ReleaseAttempts.NONE;
        long now = 1_000;
        int tried = 0;
        for (int i = 0; i < 1_000; i++) {
            switch (attempts.tryAt(now)) {
                case ReleaseAttempts.Decision.Try next -> {
                    attempts = next.after();
                    tried++;
                }
                case ReleaseAttempts.Decision.Wait wait -> {
                    assertThat(wait.millis()).isBetween(1L, 60_000L);
                    assertThat(attempts.tryAt(now + wait.millis()))
                            .isInstanceOf(ReleaseAttempts.Decision.Try.class);
                    assertThat(attempts.tryAt(now + wait.millis() - 1))
                            .isInstanceOf(ReleaseAttempts.Decision.Wait.class);
                }
            }
            now += 1_000;
        }
        // 1 000 seconds of trying every second: five in each minute begun
        assertThat(tried).isEqualTo(85);
        assertThat(attempts.recent()).hasSizeLessThanOrEqualTo(ReleaseAttempts.PER_MINUTE_MAX);
    }

    @Test
    void aNewBootStartsCountingAfresh() {
        var attempts =
                new ReleaseAttempts(List.of(900_000L, 900_001L, 900_002L, 900_003L, 900_004L));

        assertThat(attempts.tryAt(900_010)).isInstanceOf(ReleaseAttempts.Decision.Wait.class);
        assertThat(attempts.tryAt(5_000)).isInstanceOf(ReleaseAttempts.Decision.Try.class);
    }

    // XSP-326
    @Test
    void fault58opensFromTenMinutesBeforeTheStart() {
        assertThat(decide(true, START.minusSeconds(600), NOBODY)).isEqualTo(new Open());
        assertThat(decide(true, START.plusSeconds(86_400), NOBODY)).isEqualTo(new Open());
        assertThat(decide(true, START.minusSeconds(601), NOBODY))
                .isEqualTo(new OpeningDecision.Refused(Reason.OPENING_TOO_EARLY));
    }

    // XSP-327
    @Test
    void fault58anEarlyCorrectCodeNeedsTwoStaffAndAReason() {
        Instant early = START.minusSeconds(3_600);

        assertThat(decide(true, early, TWO)).isEqualTo(new OpenEarly(TWO.orElseThrow()));
        assertThat(decide(true, early, Optional.of(new TwoStaff("li", "li", "x"))))
                .isEqualTo(new OpeningDecision.Refused(Reason.OPENING_ONE_PERSON_TWICE));
        assertThat(decide(true, early, Optional.of(new TwoStaff("li", "wang", " "))))
                .isEqualTo(new OpeningDecision.Refused(Reason.OPENING_REASON_MISSING));
        assertThat(decide(true, early, Optional.of(new TwoStaff("li", "wang", "x".repeat(501)))))
                .isEqualTo(new OpeningDecision.Refused(Reason.OPENING_REASON_MISSING));
    }

    // XSP-327
    @Test
    void aDeadClockBatteryDoesNotStopTheExam() {
        assertThat(OpeningDecision.decide(true, Optional.empty(), START, NOBODY))
                .isEqualTo(new OpeningDecision.Refused(Reason.OPENING_NO_TRUSTED_TIME));
        assertThat(OpeningDecision.decide(true, Optional.empty(), START, TWO))
                .isEqualTo(new OpenEarly(TWO.orElseThrow()));
    }

    // XSP-326
    @Test
    void fault60nothingOpensBeforeTheRoomIsReady() {
        for (Optional<TwoStaff> staff : List.of(NOBODY, TWO)) {
            assertThat(decide(false, START, staff))
                    .isEqualTo(new OpeningDecision.Refused(Reason.OPENING_ROOM_NOT_READY));
        }
    }

    private static OpeningDecision decide(boolean ready, Instant now, Optional<TwoStaff> staff) {
        return OpeningDecision.decide(ready, Optional.of(now), START, staff);
    }

    private static Typed complete(ReleaseCode code) {
        return new Typed.Complete(code);
    }

    private static String replaced(String text, int at, char with) {
        return text.substring(0, at) + with + text.substring(at + 1);
    }

    private static char next(char digit) {
        return digit == '9' ? '0' : (char) (digit + 1);
    }
}
