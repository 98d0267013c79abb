package io.invigil.exam.paper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Scores the objective part by the QTI 2.2 templates match_correct and map_response. Pure; the node
 * (for display) and the hub (for the record) run the same code, so a difference between them means
 * different data (domain, section 13).
 *
 * <ul>
 *   <li>No response, an empty list, or only empty strings is NULL: both templates give 0, whatever
 *       the mapping's default or bounds.
 *   <li>match_correct: single: equal values; multiple: the same values as often, in any order;
 *       ordered: in the same order.
 *   <li>map_response: the sum over the distinct values (a value counted once however often it
 *       occurs), each by the first entry equal to it, else the default; then the bounds.
 *   <li>Points count by the first area that holds them, each area once.
 *   <li>Numbers compare by value (0.50 equals .5), text as {@link TextMatching} says; a text that
 *       is no number equals nothing.
 * </ul>
 */
public final class ObjectiveScoring {
    private ObjectiveScoring() {}

    /**
     * Scores one sitting.
     *
     * @param answers item identifier to response; items never answered may be missing
     * @throws AnswerKeyDoesNotFit when the key is not this paper's
     */
    public static ScoreSheet score(
            Paper paper,
            AnswerKey key,
            Map<String, Map<String, List<String>>> answers,
            ScoringPolicy policy) {
        List<String> problems = key.problemsWith(paper);
        if (!problems.isEmpty()) {
            throw new AnswerKeyDoesNotFit(problems);
        }
        List<ScoreSheet.ItemScore> lines = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal maximum = BigDecimal.ZERO;
        for (Item item : paper.items()) {
            var response = answers.getOrDefault(item.id(), Map.of());
            ScoreSheet.ItemScore line = item(item, key.item(item.id()), response, policy);
            lines.add(line);
            sum = sum.add(line.score());
            maximum = maximum.add(line.maximum());
        }
        return new ScoreSheet(lines, policy.rounded(sum), policy.rounded(maximum), paper.maximum());
    }

    /** Scores with {@link ScoringPolicy#STANDARD}. */
    public static ScoreSheet score(
            Paper paper, AnswerKey key, Map<String, Map<String, List<String>>> answers) {
        return score(paper, key, answers, ScoringPolicy.STANDARD);
    }

    /** Scores one item; the key is empty for an item that only a person marks. */
    public static ScoreSheet.ItemScore item(
            Item item,
            Optional<AnswerKey.ItemKey> key,
            Map<String, List<String>> response,
            ScoringPolicy policy) {
        boolean answered = response.values().stream().anyMatch(v -> !nonEmpty(v).isEmpty());
        BigDecimal score = BigDecimal.ZERO;
        BigDecimal maximum = BigDecimal.ZERO;
        if (key.isPresent()) {
            maximum = key.get().maximum();
            for (var entry : key.get().responses().entrySet()) {
                List<String> values = response.getOrDefault(entry.getKey(), List.of());
                score = score.add(outcome(entry.getValue(), values, policy.textMatching()));
            }
            score = score.multiply(key.get().weight());
            if (!policy.partialCredit()) {
                score = score.compareTo(maximum) >= 0 ? maximum : BigDecimal.ZERO;
            }
        }
        return new ScoreSheet.ItemScore(item.id(), score, maximum, !item.objective(), answered);
    }

    /** Outcome of one response variable before any weight. */
    public static BigDecimal outcome(
            AnswerKey.ResponseKey key, List<String> values, TextMatching matching) {
        List<String> given = nonEmpty(values);
        if (given.isEmpty()) {
            return BigDecimal.ZERO;
        }
        return switch (key.template()) {
            case MATCH_CORRECT -> matches(key, given, matching) ? BigDecimal.ONE : BigDecimal.ZERO;
            case MAP_RESPONSE -> mapped(key, given, matching);
        };
    }

    private static boolean matches(
            AnswerKey.ResponseKey key, List<String> given, TextMatching matching) {
        List<Object> actual = comparables(key.baseType(), given, matching);
        List<Object> correct = comparables(key.baseType(), key.correct(), matching);
        return switch (key.cardinality()) {
            case SINGLE, ORDERED -> actual.equals(correct);
            case MULTIPLE -> counts(actual).equals(counts(correct));
        };
    }

    private static BigDecimal mapped(
            AnswerKey.ResponseKey key, List<String> given, TextMatching matching) {
        if (key.cardinality() == Cardinality.SINGLE && given.size() > 1) {
            return BigDecimal.ZERO;
        }
        if (key.baseType() == BaseType.POINT) {
            return key.mapping().bounded(inAreas(key.mapping(), given));
        }
        Set<Object> distinct = new LinkedHashSet<>(comparables(key.baseType(), given, matching));
        BigDecimal sum = BigDecimal.ZERO;
        for (Object value : distinct) {
            sum = sum.add(valueOf(key, value, matching));
        }
        return key.mapping().bounded(sum);
    }

    /**
     * Each point goes to the first area that holds it; an area counts once however many points lie
     * in it, and each point in none gives the default (QTI 2.2, map_response_point).
     */
    private static BigDecimal inAreas(AnswerKey.Mapping mapping, List<String> given) {
        Set<AnswerKey.MapEntry> hit = new HashSet<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (String value : given) {
            Optional<Points.Point> point = Points.point(value);
            if (point.isEmpty()) {
                continue;
            }
            Optional<AnswerKey.MapEntry> area =
                    mapping.entries().stream()
                            .filter(
                                    entry ->
                                            Area.parse(entry.key())
                                                    .contains(point.get().x(), point.get().y()))
                            .findFirst();
            if (area.isEmpty()) {
                sum = sum.add(mapping.defaultValue());
            } else if (hit.add(area.get())) {
                sum = sum.add(area.get().value());
            }
        }
        return sum;
    }

    private static BigDecimal valueOf(
            AnswerKey.ResponseKey key, Object value, TextMatching matching) {
        for (AnswerKey.MapEntry entry : key.mapping().entries()) {
            Object wanted = comparable(key.baseType(), entry.key(), matching);
            if (value.equals(wanted)
                    || !entry.caseSensitive()
                            && key.baseType() == BaseType.STRING
                            && folded(value).equals(folded(wanted))) {
                return entry.value();
            }
        }
        return key.mapping().defaultValue();
    }

    private static String folded(Object text) {
        return text.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static Map<Object, Integer> counts(List<Object> values) {
        Map<Object, Integer> counts = new HashMap<>();
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        return counts;
    }

    private static List<Object> comparables(
            BaseType type, List<String> values, TextMatching matching) {
        return values.stream().map(value -> comparable(type, value, matching)).toList();
    }

    /** Text, or a number without trailing zeros so that equal values are equal objects. */
    private static Object comparable(BaseType type, String value, TextMatching matching) {
        if (type == BaseType.IDENTIFIER || type == BaseType.DIRECTED_PAIR) {
            return value;
        }
        String text = matching.comparable(value);
        if (!Numbers.isNumeric(type)) {
            return text;
        }
        Optional<BigDecimal> number = Numbers.parse(type, text.strip());
        return number.isPresent() ? number.get().stripTrailingZeros() : text;
    }

    private static List<String> nonEmpty(List<String> values) {
        return values.stream().filter(value -> !value.isEmpty()).toList();
    }
}
