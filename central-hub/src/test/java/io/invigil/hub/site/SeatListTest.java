package io.invigil.hub.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Issue 4 part 4: broken and wheelchair seats of a layout as people write them. */
class SeatListTest {

    @Test
    void readsNumbersAndRangesWithAnyPunctuation() {
        assertThat(SeatList.read("")).isEmpty();
        assertThat(SeatList.read("3, 7-9；12、1")).containsExactly(1, 3, 7, 8, 9, 12);
    }

    @Test
    void whatIsNoSeatNumberBecomesOneThatNoRoomHas() {
        assertThat(SeatList.read("A3")).containsExactly(0);
        assertThat(SeatList.read("9-7")).containsExactly(0);
        assertThat(SeatList.read("0")).containsExactly(0);
    }

    @Test
    void writesRunsAsRanges() {
        assertThat(SeatList.text(Set.of(9, 8, 7, 3, 1, 2, 12, 13))).isEqualTo("1-3, 7-9, 12, 13");
        assertThat(SeatList.read(SeatList.text(Set.of(5, 6, 7)))).containsExactly(5, 6, 7);
    }
}
