package io.invigil.exam.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.paper.ResponseCheck.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponseCheckTest {
    private final Paper paper = SamplePaper.paper();

    @Test
    void acceptsWhatThePageSendsAlsoHalfDone() {
        assertAccepted("Q1", List.of("A"));
        assertAccepted("Q1", List.of());
        assertAccepted("Q2", List.of("A", "C", "D"));
        assertAccepted("Q4", List.of("not a number yet"));
        assertAccepted("Q6", List.of("第一行\n第二行\t𠮷"));
        assertThat(ResponseCheck.of(paper, "Q1", Map.of())).isEqualTo(new ResponseCheck.Accepted());
    }

    @Test
    void refusesUnknownItemsIdentifiersAndChoices() {
        assertRefused("Q9", Map.of("RESPONSE", List.of("A")), Reason.RESPONSE_UNKNOWN_ITEM);
        assertRefused("Q1", Map.of("OTHER", List.of("A")), Reason.RESPONSE_UNKNOWN_IDENTIFIER);
        assertRefused("Q1", Map.of("RESPONSE", List.of("E")), Reason.RESPONSE_UNKNOWN_CHOICE);
        assertRefused("Q2", Map.of("RESPONSE", List.of("A", "A")), Reason.RESPONSE_CHOICE_TWICE);
    }

    // XSP-381
    @Test
    void refusesMoreThanTheLimits() {
        assertRefused("Q1", Map.of("RESPONSE", List.of("A", "B")), Reason.RESPONSE_TOO_MANY_VALUES);
        assertRefused(
                "Q2",
                Map.of("RESPONSE", List.of("A", "B", "C", "D")),
                Reason.RESPONSE_TOO_MANY_VALUES);
        assertRefused("Q6", Map.of("RESPONSE", List.of("a", "b")), Reason.RESPONSE_TOO_MANY_VALUES);
        assertAccepted("Q6", List.of("字".repeat(3000)));
        assertRefused(
                "Q6", Map.of("RESPONSE", List.of("字".repeat(3001))), Reason.RESPONSE_TEXT_TOO_LONG);
    }

    @Test
    void refusesTextThatHasNoBytesOrControlsSomething() {
        for (String bad : List.of("\ud800", "a\udc00", "\u0000", "\u001b[2J", "\u0085")) {
            assertRefused("Q6", Map.of("RESPONSE", List.of(bad)), Reason.RESPONSE_BAD_CHARACTERS);
        }
    }

    // XSP-381
    @Test
    void refusesAResponseThatWouldNotFitIntoARecord() {
        Item widest =
                SamplePaper.item(
                        "X",
                        "<p>?</p>",
                        new Interaction.ExtendedText(
                                "RESPONSE", Xhtml.EMPTY, 0, Interaction.EXTENDED_TEXT_CHARS_MAX),
                        "1",
                        false);
        String chinese = "字".repeat(Interaction.EXTENDED_TEXT_CHARS_MAX);

        assertThat(ResponseCheck.of(widest, Map.of("RESPONSE", List.of(chinese))))
                .isEqualTo(new ResponseCheck.Accepted());
        var interactions =
                List.<Interaction>of(
                        new Interaction.ExtendedText("R1", Xhtml.EMPTY, 0, 12_000),
                        new Interaction.ExtendedText("R2", Xhtml.EMPTY, 0, 12_000));
        var two =
                new Item(
                        "Y",
                        "",
                        Xhtml.sanitised(
                                        Xhtml.placeholder("R1", true)
                                                + Xhtml.placeholder("R2", true))
                                .orElseThrow(),
                        interactions,
                        java.math.BigDecimal.ONE,
                        false);
        assertThat(ResponseCheck.of(two, Map.of("R1", List.of(chinese), "R2", List.of(chinese))))
                .isEqualTo(new ResponseCheck.Refused(Reason.RESPONSE_TOO_LARGE, ""));
    }

    @Test
    void pointsOutWhatLooksIncomplete() {
        assertThat(incomplete("Q1")).isTrue();
        assertThat(incomplete("Q1", "A")).isFalse();
        assertThat(incomplete("Q4", "half")).isTrue();
        assertThat(incomplete("Q4", "０.５")).isFalse();
        assertThat(incomplete("Q6", "  ")).isTrue();
    }

    private boolean incomplete(String item, String... values) {
        return ResponseCheck.looksIncomplete(
                paper.item(item).orElseThrow(), Map.of("RESPONSE", List.of(values)));
    }

    private void assertAccepted(String item, List<String> values) {
        assertThat(ResponseCheck.of(paper, item, Map.of("RESPONSE", values)))
                .isEqualTo(new ResponseCheck.Accepted());
    }

    private void assertRefused(String item, Map<String, List<String>> response, Reason reason) {
        assertThat(ResponseCheck.of(paper, item, response))
                .isInstanceOfSatisfying(
                        ResponseCheck.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
