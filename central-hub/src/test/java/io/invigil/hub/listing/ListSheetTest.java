package io.invigil.hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Domain section 3a: every list in one way. */
class ListSheetTest {

    @Test
    void numbersRowsFromOneAndKeepsTheColumnsInTheirOrder() {
        ListSheet<String> sheet =
                new ListSheet<String>("表")
                        .numbered("序号")
                        .column("考生姓名", 10, name -> name)
                        .column("字数", 6, name -> Integer.toString(name.length()));
        assertThat(sheet.headers()).containsExactly("序号", "考生姓名", "字数");
        assertThat(sheet.cells(List.of("王小二", "李四")))
                .containsExactly(List.of("1", "王小二", "3"), List.of("2", "李四", "2"));
    }

    @Test
    void theFilterStandsInTheAddressOfEveryPage() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("q", "王 &小=二");
        fields.put("state", "");
        fields.put("school", "3");
        ListQuery query = new ListQuery(fields, 1, List.of());
        assertThat(query.address()).isEqualTo("q=%E7%8E%8B+%26%E5%B0%8F%3D%E4%BA%8C&school=3");
        assertThat(query.number("school")).contains(3L);
        assertThat(query.number("q")).isEmpty();
        ListView second = new ListView(query, "/fees", 120, 50, true);
        assertThat(second.first()).isEqualTo(51);
        assertThat(second.last()).isEqualTo(100);
        assertThat(second.hasPrevious()).isTrue();
        assertThat(second.hasNext()).isTrue();
        assertThat(second.page(2)).endsWith("&school=3&page=2");
        ListView last = new ListView(new ListQuery(fields, 2, List.of()), "/fees", 120, 20, true);
        assertThat(last.hasNext()).isFalse();
    }

    @Test
    void anEmptyListShowsNoRows() {
        ListView empty = new ListView(new ListQuery(Map.of(), 0, List.of()), "/fees", 0, 0, true);
        assertThat(empty.first()).isZero();
        assertThat(empty.last()).isZero();
        assertThat(empty.hasNext()).isFalse();
        assertThat(empty.page(0)).isEqualTo("/fees?page=0");
    }
}
