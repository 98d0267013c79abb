package io.invigil.exam.paper;

import static io.invigil.exam.paper.SamplePaper.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.exam.paper.AnswerKey.Mapping;
import io.invigil.exam.paper.AnswerKey.ResponseKey;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectiveScoringTest {
    private static final Mapping QTI_EXAMPLE =
            Mapping.of(
                    BigDecimal.ZERO,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                            entry("A", "0", true),
                            entry("B", "1", true),
                            entry("C", "0.5", true),
                            entry("D", "0", true)));

    // XSP-382
    @Test
    void mapsTheExampleOfTheSpecification() {
        ResponseKey key =
                ResponseKey.mapResponse(
                        BaseType.IDENTIFIER, Cardinality.MULTIPLE, List.of(), QTI_EXAMPLE);

        assertScore(key, "0.5", "C");
        assertScore(key, "1.5", "C", "B");
        // a value that occurs more than once is counted once
        assertScore(key, "1.5", "B", "B", "C");
    }

    @Test
    void matchesSetsInAnyOrderAndSequencesInTheirs() {
        ResponseKey set = match(BaseType.IDENTIFIER, Cardinality.MULTIPLE, "A", "C");
        ResponseKey sequence = match(BaseType.IDENTIFIER, Cardinality.ORDERED, "A", "C");

        assertScore(set, "1", "C", "A");
        assertScore(set, "0", "A");
        assertScore(set, "0", "A", "B", "C");
        assertScore(set, "0", "A", "C", "C");
        assertScore(sequence, "1", "A", "C");
        assertScore(sequence, "0", "C", "A");
    }

    // XSP-382
    @Test
    void aMissingResponseIsZeroWhateverTheMappingSays() {
        Mapping generous =
                Mapping.of(
                        new BigDecimal("3"),
                        Optional.of(new BigDecimal("2")),
                        Optional.empty(),
                        List.of());
        ResponseKey key =
                ResponseKey.mapResponse(BaseType.STRING, Cardinality.SINGLE, List.of(), generous);

        assertScore(key, "0");
        assertScore(key, "0", "");
        assertScore(key, "3", "anything");
        assertScore(match(BaseType.STRING, Cardinality.SINGLE, "x"), "0");
    }

    @Test
    void boundsApplyToTheSum() {
        ResponseKey key = SamplePaper.multipleKey();

        assertScore(key, "2", "A", "C");
        assertScore(key, "0", "B", "D");
        assertScore(key, "0.5", "C", "D");
        assertScore(key, "0", "A", "B");
    }

    @Test
    void theFirstEntryThatEqualsCounts() {
        ResponseKey key =
                ResponseKey.mapResponse(
                        BaseType.STRING,
                        Cardinality.SINGLE,
                        List.of(),
                        Mapping.of(
                                new BigDecimal("-0.25"),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(entry("York", "1", true), entry("york", "0.5", false))));

        assertScore(key, "1", "York");
        assertScore(key, "0.5", "YORK");
        assertScore(key, "-0.25", "Leeds");
    }

    @Test
    void numbersCompareByValueAndWordsNeverEqualThem() {
        ResponseKey decimal = match(BaseType.FLOAT, Cardinality.SINGLE, "0.5");
        ResponseKey integer = match(BaseType.INTEGER, Cardinality.SINGLE, "100");

        for (String right : List.of("0.50", ".5", "5e-1", " 0.5 ", "+0.5")) {
            assertScore(decimal, "1", right);
        }
        for (String wrong : List.of("1/2", "0,5", "0.51", "1e999999999", "NaN", "五")) {
            assertScore(decimal, "0", wrong);
        }
        assertScore(integer, "1", "0100");
        assertScore(integer, "0", "100.0");
        assertThatThrownBy(() -> match(BaseType.INTEGER, Cardinality.SINGLE, "ten"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textIsComparedAsThePolicySays() {
        ResponseKey key = match(BaseType.STRING, Cardinality.SINGLE, "café 2号");
        String decomposed = "cafe\u0301  2号\u3000";
        String fullWidth = "ｃａｆé　２号";

        assertThat(outcome(key, TextMatching.EXACT, decomposed)).isZero();
        assertThat(outcome(key, TextMatching.TYPED, decomposed)).isOne();
        assertThat(outcome(key, TextMatching.TYPED, fullWidth)).isZero();
        assertThat(outcome(key, TextMatching.WIDTH_FOLDED, fullWidth)).isOne();
        assertThat(outcome(key, TextMatching.WIDTH_FOLDED, "Café 2号")).isZero();
        assertScore(match(BaseType.STRING, Cardinality.SINGLE, "𠮷㛃"), "1", "𠮷㛃");
    }

    @Test
    void aSingleResponseWithTwoValuesGivesNothing() {
        assertScore(match(BaseType.IDENTIFIER, Cardinality.SINGLE, "A"), "0", "A", "B");
        assertScore(
                ResponseKey.mapResponse(
                        BaseType.IDENTIFIER, Cardinality.SINGLE, List.of(), QTI_EXAMPLE),
                "0",
                "B",
                "C");
    }

    @Test
    void scoresAWholePaper() {
        ScoreSheet sheet =
                ObjectiveScoring.score(
                        SamplePaper.paper(),
                        SamplePaper.key(),
                        Map.of(
                                "Q1", response("B"),
                                "Q2", response("C"),
                                "Q3", response("false"),
                                "Q4", response("0.500"),
                                "Q5", response(" firewall "),
                                "Q6", response("信任从不默认。")));

        assertThat(sheet.items())
                .extracting(ScoreSheet.ItemScore::item, s -> s.score().stripTrailingZeros())
                .containsExactly(
                        line("Q1", "2"),
                        line("Q2", "1.5"),
                        line("Q3", "0"),
                        line("Q4", "2"),
                        line("Q5", "1"),
                        line("Q6", "0"));
        assertThat(sheet.score()).isEqualTo("6.50");
        assertThat(sheet.maximum()).isEqualTo("9.00");
        assertThat(sheet.paperMaximum()).isEqualByComparingTo("19");
        assertThat(sheet.needsMarking()).isTrue();
        assertThat(sheet.items().getLast().needsMarking()).isTrue();
    }

    @Test
    void anEmptySittingScoresZeroAndIsUnanswered() {
        ScoreSheet sheet = ObjectiveScoring.score(SamplePaper.paper(), SamplePaper.key(), Map.of());

        assertThat(sheet.score()).isZero();
        assertThat(sheet.items()).noneMatch(ScoreSheet.ItemScore::answered);
    }

    @Test
    void roundsOnceAtTheEndAsThePolicySays() {
        var key = new java.util.HashMap<>(SamplePaper.key().items());
        key.put("Q1", SamplePaper.key("0.325", key.get("Q1").responses().get("RESPONSE")));
        key.put("Q3", SamplePaper.key("0.325", key.get("Q3").responses().get("RESPONSE")));
        var answerKey = new AnswerKey("P1", key);
        var answers = Map.of("Q1", response("B"), "Q3", response("true"));

        // rounded up item by item it would be 0.8
        assertRounded("0.7", RoundingMode.HALF_UP, answerKey, answers);
        assertRounded("0.6", RoundingMode.DOWN, answerKey, answers);
        assertRounded("0.7", RoundingMode.UP, answerKey, answers);
        assertRounded("0.6", RoundingMode.HALF_EVEN, answerKey, answers);
    }

    private static void assertRounded(
            String expected,
            RoundingMode mode,
            AnswerKey key,
            Map<String, Map<String, List<String>>> answers) {
        var policy = new ScoringPolicy(1, mode, true, TextMatching.TYPED);

        assertThat(ObjectiveScoring.score(SamplePaper.paper(), key, answers, policy).score())
                .isEqualTo(expected);
    }

    @Test
    void withoutPartialCreditAnItemIsAllOrNothing() {
        var policy = new ScoringPolicy(2, RoundingMode.HALF_UP, false, TextMatching.TYPED);

        ScoreSheet part =
                ObjectiveScoring.score(
                        SamplePaper.paper(),
                        SamplePaper.key(),
                        Map.of("Q2", response("C")),
                        policy);
        ScoreSheet all =
                ObjectiveScoring.score(
                        SamplePaper.paper(),
                        SamplePaper.key(),
                        Map.of("Q2", response("A", "C")),
                        policy);

        assertThat(part.score()).isEqualTo("0.00");
        assertThat(all.score()).isEqualTo("2.00");
    }

    // XSP-384
    @Test
    void refusesAKeyThatDoesNotFit() {
        var foreign = new AnswerKey("P2", SamplePaper.key().items());
        var short1 = new java.util.HashMap<>(SamplePaper.key().items());
        short1.remove("Q4");
        var extra = new java.util.HashMap<>(SamplePaper.key().items());
        extra.put("Q9", SamplePaper.key().items().get("Q1"));
        var wrongOption = new java.util.HashMap<>(SamplePaper.key().items());
        wrongOption.put(
                "Q1", SamplePaper.key("2", match(BaseType.IDENTIFIER, Cardinality.SINGLE, "Z")));
        var wrongType = new java.util.HashMap<>(SamplePaper.key().items());
        wrongType.put(
                "Q4", SamplePaper.key("2", match(BaseType.STRING, Cardinality.SINGLE, "0.5")));
        var tooMuch = new java.util.HashMap<>(SamplePaper.key().items());
        tooMuch.put(
                "Q1", SamplePaper.key("3", match(BaseType.IDENTIFIER, Cardinality.SINGLE, "B")));

        assertProblem(foreign, "key is for paper P2");
        assertProblem(new AnswerKey("P1", short1), "Q4: objective but without key");
        assertProblem(new AnswerKey("P1", extra), "Q9: no such item");
        assertProblem(new AnswerKey("P1", wrongOption), "correct value is no option");
        assertProblem(new AnswerKey("P1", wrongType), "type differs");
        assertProblem(new AnswerKey("P1", tooMuch), "more than the item's maximum");
    }

    private static void assertProblem(AnswerKey key, String text) {
        assertThatThrownBy(() -> ObjectiveScoring.score(SamplePaper.paper(), key, Map.of()))
                .isInstanceOf(AnswerKeyDoesNotFit.class)
                .hasMessageContaining(text);
    }

    private static void assertScore(ResponseKey key, String expected, String... values) {
        assertThat(outcome(key, TextMatching.TYPED, values)).isEqualByComparingTo(expected);
    }

    private static BigDecimal outcome(ResponseKey key, TextMatching matching, String... values) {
        return ObjectiveScoring.outcome(key, List.of(values), matching);
    }

    private static ResponseKey match(BaseType type, Cardinality cardinality, String... correct) {
        return SamplePaper.match(type, cardinality, correct);
    }

    private static Map<String, List<String>> response(String... values) {
        return Map.of("RESPONSE", List.of(values));
    }

    private static org.assertj.core.groups.Tuple line(String item, String score) {
        return org.assertj.core.groups.Tuple.tuple(
                item, new BigDecimal(score).stripTrailingZeros());
    }
}
