package io.invigil.exam.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.AttemptKey;
import org.junit.jupiter.api.Test;

/** The hand-in receipt that a candidate can check (issue 3, part 4). */
class ReceiptCodeTest {
    private static final String DIGEST = "3f2a90c177de0a4b" + "0".repeat(48);

    @Test
    void itIsReadAgainHoweverItWasTyped() {
        ReceiptCode code = ReceiptCode.of(107, DIGEST);
        assertThat(code.text()).isEqualTo("107-3F2A-90C1-77DE-0A4B");
        assertThat(ReceiptCode.parse(code.text())).contains(code);
        assertThat(ReceiptCode.parse(" 107 3f2a 90c1 77de 0a4b ")).contains(code);
        assertThat(ReceiptCode.parse("107-3f2a90c177de0a4b")).contains(code);
        ReceiptCode second = ReceiptCode.of(new AttemptKey(107, 2).value(), DIGEST);
        assertThat(second.text()).startsWith("107.2-3F2A");
        assertThat(ReceiptCode.parse(second.text())).contains(second);
    }

    @Test
    void whatIsNoneIsNone() {
        assertThat(ReceiptCode.parse("")).isEmpty();
        assertThat(ReceiptCode.parse("3F2A-90C1")).isEmpty();
        assertThat(ReceiptCode.parse("107.99-3F2A-90C1-77DE-0A4B")).isEmpty();
        assertThat(ReceiptCode.parse("999999999999999-3F2A-90C1-77DE-0A4B")).isEmpty();
        assertThat(ReceiptCode.parse("1".repeat(ReceiptCode.TYPED_CHARS_MAX + 1))).isEmpty();
    }

    @Test
    void itFitsOnlyItsOwnAnswers() {
        ReceiptCode code = ReceiptCode.of(107, DIGEST);
        assertThat(code.fits(DIGEST)).isTrue();
        assertThat(code.fits("4" + DIGEST.substring(1))).isFalse();
        assertThat(code.fits("")).isFalse();
    }
}
