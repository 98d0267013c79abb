package io.invigil.hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Domain section 3a: an export has all rows of the filter, or says why it has none. */
class ExportPagesTest {
    private final List<Integer> asked = new ArrayList<>();

    private ExportPages<Integer> pages(int total) {
        return new ExportPages<>(
                (last, limit) -> {
                    asked.add(last.orElse(0));
                    int from = last.orElse(0);
                    return IntStream.rangeClosed(from + 1, Math.min(total, from + limit))
                            .boxed()
                            .toList();
                });
    }

    private List<Integer> read(int total) {
        List<Integer> rows = new ArrayList<>();
        pages(total).forEach(rows::add);
        return rows;
    }

    @Test
    void everyRowComesOnceWhateverTheNumberOfPages() {
        for (int total :
                new int[] {
                    0,
                    1,
                    ExportPages.PAGE_ROWS - 1,
                    ExportPages.PAGE_ROWS,
                    ExportPages.PAGE_ROWS + 1,
                    3 * ExportPages.PAGE_ROWS
                }) {
            assertThat(read(total)).isEqualTo(IntStream.rangeClosed(1, total).boxed().toList());
        }
    }

    @Test
    void aPageIsAskedForByTheRowBeforeItAndOnlyWhenItsTurnComes() {
        var rows = pages(2 * ExportPages.PAGE_ROWS + 5).iterator();
        assertThat(asked).isEmpty();
        for (int at = 0; at < ExportPages.PAGE_ROWS; at++) {
            rows.next();
        }
        assertThat(asked).containsExactly(0);
        rows.next();
        assertThat(asked).containsExactly(0, ExportPages.PAGE_ROWS);
    }

    @Test
    void aListLongerThanASheetOfExcelIsRefusedByNameAndOneThatFitsIsNot() {
        assertThat(ListSheet.ROWS_MAX).isEqualTo(1_048_576 - 1);
        assertThat(ListSheet.refusal(ListSheet.ROWS_MAX)).isEmpty();
        assertThat(ListSheet.refusal(ListSheet.ROWS_MAX + 1L)).isPresent();
        ExportPages.Next<String> never =
                (last, limit) -> {
                    throw new AssertionError("no row of a refused export is read");
                };
        assertThat(new ListSheet<String>("表").reply(ListSheet.ROWS_MAX + 1L, never)).isNotNull();
    }
}
