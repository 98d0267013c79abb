package io.invigil.exam.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.exam.paper.AnswerKey.ResponseKey;
import io.invigil.exam.paper.ResponseCheck.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Items that are put in order or matched: limits, presentation and scores (issue 3, part 4). */
class OrderingAndMatchingTest {
    private static final Interaction.Ordering ORDER =
            new Interaction.Ordering(
                    "R", Xhtml.EMPTY, true, List.of(option("A"), option("B"), option("C")));
    private static final Interaction.Matching MATCH =
            new Interaction.Matching(
                    "R",
                    Xhtml.EMPTY,
                    true,
                    List.of(option("S1"), option("S2")),
                    List.of(option("T1"), option("T2"), option("T3")));

    private static Interaction.Option option(String id) {
        return new Interaction.Option(id, Xhtml.ofText(id), false);
    }

    private static Item item(Interaction interaction) {
        return new Item(
                "Q",
                "",
                Xhtml.sanitised(Xhtml.placeholder("R", true)).orElseThrow(),
                List.of(interaction),
                new BigDecimal("4"),
                true);
    }

    private static AnswerKey.ItemKey key(Interaction interaction, String... correct) {
        return new AnswerKey.ItemKey(
                new BigDecimal("4"),
                Map.of(
                        "R",
                        ResponseKey.matchCorrect(
                                interaction.baseType(),
                                interaction.cardinality(),
                                List.of(correct))));
    }

    private static BigDecimal score(Interaction interaction, AnswerKey.ItemKey key, String... r) {
        return ObjectiveScoring.item(
                        item(interaction),
                        Optional.of(key),
                        Map.of("R", List.of(r)),
                        ScoringPolicy.STANDARD)
                .score();
    }

    @Test
    void anOrderIsRightOnlyAsAWhole() {
        var key = key(ORDER, "B", "A", "C");
        assertThat(score(ORDER, key, "B", "A", "C")).isEqualByComparingTo("4");
        assertThat(score(ORDER, key, "A", "B", "C")).isZero();
        assertThat(score(ORDER, key, "B", "A")).isZero();
        assertThat(score(ORDER, key)).isZero();
    }

    @Test
    void pairsCountInWhateverOrderTheyAreGiven() {
        var key = key(MATCH, "S1 T2", "S2 T1");
        assertThat(score(MATCH, key, "S2 T1", "S1 T2")).isEqualByComparingTo("4");
        assertThat(score(MATCH, key, "S1 T2", "S2 T3")).isZero();
    }

    @Test
    void aMappingGivesPartOfTheMarksForEachRightPair() {
        var mapping =
                AnswerKey.Mapping.of(
                        BigDecimal.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(
                                new AnswerKey.MapEntry("S1 T2", BigDecimal.ONE, true),
                                new AnswerKey.MapEntry("S2 T1", BigDecimal.ONE, true)));
        var key =
                new AnswerKey.ItemKey(
                        new BigDecimal("2"),
                        Map.of(
                                "R",
                                ResponseKey.mapResponse(
                                        BaseType.DIRECTED_PAIR,
                                        Cardinality.MULTIPLE,
                                        List.of(),
                                        mapping)));
        assertThat(score(MATCH, key, "S1 T2", "S2 T3")).isEqualByComparingTo("2");
        assertThat(key.maximum()).isEqualByComparingTo("4");
    }

    @Test
    void refusesWhatNoPageSends() {
        assertRefused(ORDER, Reason.RESPONSE_UNKNOWN_CHOICE, "A", "B", "X");
        assertRefused(ORDER, Reason.RESPONSE_CHOICE_TWICE, "A", "A", "B");
        assertRefused(ORDER, Reason.RESPONSE_TOO_MANY_VALUES, "A", "B", "C", "A");
        assertRefused(MATCH, Reason.RESPONSE_UNKNOWN_CHOICE, "S1 S2");
        assertRefused(MATCH, Reason.RESPONSE_UNKNOWN_CHOICE, "S1");
        assertRefused(MATCH, Reason.RESPONSE_CHOICE_TWICE, "S1 T1", "S1 T2");
        assertRefused(MATCH, Reason.RESPONSE_TOO_MANY_VALUES, "S1 T1", "S2 T2", "S1 T3");
        assertThat(ResponseCheck.of(item(MATCH), Map.of("R", List.of("S2 T2"))))
                .as("half done")
                .isEqualTo(new ResponseCheck.Accepted());
        assertThat(ResponseCheck.looksIncomplete(item(MATCH), Map.of("R", List.of("S2 T2"))))
                .isTrue();
    }

    private static void assertRefused(Interaction interaction, Reason reason, String... values) {
        assertThat(ResponseCheck.of(item(interaction), Map.of("R", List.of(values))))
                .isEqualTo(new ResponseCheck.Refused(reason, "R"));
    }

    @Test
    void aKeyThatDoesNotFitIsNamed() {
        assertThat(problems(ORDER, key(ORDER, "B", "A"))).hasSize(1);
        assertThat(problems(ORDER, key(ORDER, "C", "B", "A"))).isEmpty();
        assertThat(problems(MATCH, key(MATCH, "S1 S1"))).hasSize(1);
        assertThat(problems(MATCH, key(MATCH, "S1 T1", "S2 T2"))).isEmpty();
    }

    private static List<String> problems(Interaction interaction, AnswerKey.ItemKey key) {
        return new AnswerKey("P", Map.of("Q", key)).problemsWith(paper(interaction));
    }

    private static Paper paper(Interaction interaction) {
        return new Paper(
                "P",
                "",
                "",
                List.of(
                        new Paper.Section(
                                "S", "", "", Xhtml.EMPTY, false, List.of(item(interaction)))),
                List.of());
    }

    @Test
    void eachSittingBeginsWithItsOwnOrderThatItsSeedGives() {
        Item order = item(ORDER);
        var first = PresentationOrder.options(order, ORDER, 1);
        assertThat(PresentationOrder.options(order, ORDER, 1)).isEqualTo(first);
        assertThat(first).containsExactlyInAnyOrderElementsOf(ORDER.options());
        long other = 2;
        while (PresentationOrder.options(order, ORDER, other).equals(first)) {
            other++;
        }
        assertThat(other).isLessThan(100);
        assertThat(PresentationOrder.targets(item(MATCH), MATCH, 1))
                .containsExactlyInAnyOrderElementsOf(MATCH.targets());
    }

    @Test
    void papersWithTheseItemsSurviveTheirJson() {
        for (Interaction interaction : List.of(ORDER, MATCH)) {
            Paper paper = paper(interaction);
            assertThat(PaperCodec.decode(PaperCodec.encode(paper))).contains(paper);
        }
    }

    @Test
    void refusesOptionsThatAreTwiceThereOrTooFew() {
        assertThatThrownBy(
                        () ->
                                new Interaction.Ordering(
                                        "R", Xhtml.EMPTY, false, List.of(option("A"), option("A"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new Interaction.Ordering(
                                        "R", Xhtml.EMPTY, false, List.of(option("A"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new Interaction.Matching(
                                        "R", Xhtml.EMPTY, false, List.of(option("A")), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
