package io.invigil.exam.paper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is right, apart from the paper: for each objective response of each item how it is scored.
 * Travels in its own sealed segment, and only when the policy shows results at once.
 *
 * @param paper id of the paper it belongs to
 * @param items item identifier to its key; items that a person marks have none
 */
public record AnswerKey(String paper, Map<String, ItemKey> items) {

    public AnswerKey {
        Identifier.checked("paper", paper);
        items = java.util.Collections.unmodifiableMap(new TreeMap<>(items));
        if (items.size() > Paper.ITEMS_MAX) {
            throw new IllegalArgumentException("too many item keys");
        }
    }

    /** QTI 2.2 standard response processing template. */
    public enum Template {
        /** 1 when the response matches the correct response, else 0. */
        MATCH_CORRECT,
        /**
         * The mapped value of the response, 0 when there is none. For points (QTI's template
         * map_response_point) the keys of the mapping are areas, see {@link Area#text()}.
         */
        MAP_RESPONSE
    }

    /**
     * Key of an item: the outcome is {@code weight × Σ} of its responses' outcomes.
     *
     * @param weight points for an outcome of 1 (QTI weight of the item reference), such as 2
     */
    public record ItemKey(BigDecimal weight, Map<String, ResponseKey> responses) {
        public ItemKey {
            responses = java.util.Collections.unmodifiableMap(new TreeMap<>(responses));
            if (responses.size() > Item.INTERACTIONS_MAX
                    || Numbers.amount("weight", weight).signum() < 0) {
                throw new IllegalArgumentException("item key out of range");
            }
        }

        /** Most that the objective responses can give. */
        public BigDecimal maximum() {
            return responses.values().stream()
                    .map(ResponseKey::maximum)
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .multiply(weight);
        }
    }

    /**
     * @param correct values of the correct response; empty only for MAP_RESPONSE
     * @param mapping present for MAP_RESPONSE; empty list of entries otherwise
     */
    public record ResponseKey(
            Template template,
            BaseType baseType,
            Cardinality cardinality,
            List<String> correct,
            Mapping mapping) {
        public static final int VALUES_MAX = 200;

        public ResponseKey {
            correct = List.copyOf(correct);
            if (template == null || baseType == null || cardinality == null || mapping == null) {
                throw new IllegalArgumentException("response key incomplete");
            }
            if (template == Template.MATCH_CORRECT && correct.isEmpty()) {
                throw new IllegalArgumentException("match_correct needs a correct response");
            }
            if (cardinality == Cardinality.SINGLE && correct.size() > 1) {
                throw new IllegalArgumentException("a single response has one correct value");
            }
            if (correct.size() > VALUES_MAX || mapping.entries().size() > VALUES_MAX) {
                throw new IllegalArgumentException("too many values in a response key");
            }
            for (String value : correct) {
                Numbers.check(baseType, value);
            }
            for (MapEntry entry : mapping.entries()) {
                Numbers.check(baseType, entry.key());
                if (baseType == BaseType.POINT) {
                    Area.parse(entry.key());
                }
            }
            if (baseType == BaseType.STROKE
                    || baseType == BaseType.FILE
                    || baseType == BaseType.POINT && template == Template.MATCH_CORRECT) {
                throw new IllegalArgumentException("no key for drawings, areas for points");
            }
        }

        /** A key scored by match_correct. */
        public static ResponseKey matchCorrect(
                BaseType baseType, Cardinality cardinality, List<String> correct) {
            return new ResponseKey(
                    Template.MATCH_CORRECT, baseType, cardinality, correct, Mapping.NONE);
        }

        /** A key scored by map_response. */
        public static ResponseKey mapResponse(
                BaseType baseType, Cardinality cardinality, List<String> correct, Mapping mapping) {
            return new ResponseKey(Template.MAP_RESPONSE, baseType, cardinality, correct, mapping);
        }

        /** 1 for match_correct; the best value that the mapping can give otherwise. */
        public BigDecimal maximum() {
            return template == Template.MATCH_CORRECT
                    ? BigDecimal.ONE
                    : mapping.maximum(cardinality);
        }
    }

    /**
     * QTI mapping.
     *
     * @param defaultValue for a value that no entry has
     * @param lowerBound applied to the result, with {@code upperBound}
     * @param entries the first entry that equals a value counts
     */
    public record Mapping(
            BigDecimal defaultValue,
            List<BigDecimal> lowerBound,
            List<BigDecimal> upperBound,
            List<MapEntry> entries) {
        public static final Mapping NONE =
                new Mapping(BigDecimal.ZERO, List.of(), List.of(), List.of());

        public Mapping {
            lowerBound = List.copyOf(lowerBound);
            upperBound = List.copyOf(upperBound);
            entries = List.copyOf(entries);
            Numbers.amount("default", defaultValue);
            lowerBound.forEach(bound -> Numbers.amount("lower bound", bound));
            upperBound.forEach(bound -> Numbers.amount("upper bound", bound));
            if (lowerBound.size() > 1 || upperBound.size() > 1) {
                throw new IllegalArgumentException("mapping bounds are absent or one number");
            }
        }

        /** A mapping; bounds may be empty. */
        public static Mapping of(
                BigDecimal defaultValue,
                Optional<BigDecimal> lowerBound,
                Optional<BigDecimal> upperBound,
                List<MapEntry> entries) {
            return new Mapping(
                    defaultValue,
                    lowerBound.stream().toList(),
                    upperBound.stream().toList(),
                    entries);
        }

        /** Result after both bounds. */
        BigDecimal bounded(BigDecimal value) {
            BigDecimal result = value;
            for (BigDecimal lower : lowerBound) {
                result = result.max(lower);
            }
            for (BigDecimal upper : upperBound) {
                result = result.min(upper);
            }
            return result;
        }

        BigDecimal maximum(Cardinality cardinality) {
            List<BigDecimal> values = new ArrayList<>();
            entries.forEach(entry -> values.add(entry.value()));
            BigDecimal best =
                    cardinality == Cardinality.SINGLE
                            ? values.stream().reduce(defaultValue, BigDecimal::max)
                            : values.stream()
                                    .filter(value -> value.signum() > 0)
                                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            return bounded(best).max(BigDecimal.ZERO);
        }
    }

    /**
     * @param caseSensitive whether letters' case counts; only for strings (QTI default true)
     */
    public record MapEntry(String key, BigDecimal value, boolean caseSensitive) {
        public MapEntry {
            Numbers.amount("map entry", value);
            if (key.length() > Interaction.TEXT_ENTRY_CHARS_MAX) {
                throw new IllegalArgumentException("map entry out of range");
            }
        }
    }

    public Optional<ItemKey> item(String itemId) {
        return Optional.ofNullable(items.get(itemId));
    }

    /**
     * Whether this key belongs to the paper: each objective item keyed in full with the types of
     * its interactions, nothing keyed that the paper lacks, and no key worth more than the item.
     *
     * @return what is wrong, one line each; empty when all fits
     */
    public List<String> problemsWith(Paper with) {
        List<String> problems = new ArrayList<>();
        if (!paper.equals(with.id())) {
            problems.add("key is for paper " + paper);
        }
        for (String itemId : items.keySet()) {
            if (with.item(itemId).isEmpty()) {
                problems.add(itemId + ": no such item");
            }
        }
        for (Item item : with.items()) {
            KeyFit.problems(item, item(item.id()), problems);
        }
        return List.copyOf(problems);
    }
}
