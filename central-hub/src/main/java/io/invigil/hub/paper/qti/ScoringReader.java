package io.invigil.hub.paper.qti;

import io.invigil.exam.paper.AnswerKey.Template;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the response processing of an item: the standard templates match_correct, map_response and
 * map_response_point by their address in any version, and the same two written out as conditions,
 * alone or summed over several responses. Anything else is refused by name: a rule half understood
 * gives wrong scores.
 */
final class ScoringReader {
    private static final String SCORE = "SCORE";
    private static final String RESPONSE = "RESPONSE";

    private final String file;
    private final String item;

    ScoringReader(String file, String item) {
        this.file = file;
        this.item = item;
    }

    /**
     * How one response is scored.
     *
     * @param points what a match gives; 1 for map_response
     * @param areas whether the mapping is one of areas (map_response_point)
     */
    record Rule(Template template, BigDecimal points, boolean areas) {}

    /** Response identifier to its rule; empty when the item has no response processing. */
    Map<String, Rule> read(XmlNode.Element root) throws QtiRefused {
        Map<String, Rule> rules = new LinkedHashMap<>();
        Optional<XmlNode.Element> processing = root.first("responseProcessing");
        if (processing.isEmpty()) {
            return rules;
        }
        Optional<String> template = processing.get().attribute("template");
        if (template.isPresent()) {
            rules.put(
                    RESPONSE,
                    new Rule(
                            templateOf(processing.get(), template.get()),
                            BigDecimal.ONE,
                            template.get().contains("map_response_point")));
            return rules;
        }
        for (XmlNode.Element rule : processing.get().elements().toList()) {
            if (rule.name().equals("setOutcomeValue")) {
                readOutcome(rule, Branch.always(rules.isEmpty()), rules);
            } else if (rule.name().equals("responseCondition")) {
                readCondition(rule, rules);
            } else {
                throw refused(rule);
            }
        }
        return rules;
    }

    /** Tells a template by the last part of its address: hosts and suffixes differ by version. */
    private Template templateOf(XmlNode.Element processing, String address) throws QtiRefused {
        String name = address.substring(address.lastIndexOf('/') + 1);
        return switch (name.endsWith(".xml") ? name.substring(0, name.length() - 4) : name) {
            case "match_correct" -> Template.MATCH_CORRECT;
            case "map_response", "map_response_point" -> Template.MAP_RESPONSE;
            default ->
                    throw new QtiRefused(
                            new QtiIssue(
                                    file,
                                    item,
                                    processing.line(),
                                    Code.SCORING_UNSUPPORTED,
                                    address));
        };
    }

    private void readCondition(XmlNode.Element condition, Map<String, Rule> rules)
            throws QtiRefused {
        if (!setsScore(condition)) {
            return; // sets feedback only, which an exam never shows
        }
        boolean nothingYet = rules.isEmpty();
        Optional<XmlNode.Element> first = Optional.empty();
        for (XmlNode.Element branch : condition.elements().toList()) {
            List<XmlNode.Element> parts = new ArrayList<>(branch.elements().toList());
            if (branch.name().equals("responseIf") && !parts.isEmpty()) {
                XmlNode.Element test = parts.removeFirst();
                first = Optional.of(test);
                readBranch(parts, Branch.ofTest(test, nothingYet), rules);
            } else if (branch.name().equals("responseElse") && first.isPresent()) {
                readBranch(parts, Branch.ofElse(first.get(), nothingYet), rules);
            } else {
                throw refused(branch);
            }
        }
    }

    private void readBranch(List<XmlNode.Element> parts, Branch branch, Map<String, Rule> rules)
            throws QtiRefused {
        for (XmlNode.Element outcome : parts) {
            if (!outcome.name().equals("setOutcomeValue")) {
                throw refused(outcome);
            }
            readOutcome(outcome, branch, rules);
        }
    }

    /**
     * When a value is given.
     *
     * @param matched the response that equals its correct response here
     * @param mayMap the responses whose mapping here is what a mapping without condition would be
     * @param mayBeWrong whether nothing is given here without harm
     * @param maySet whether a value that is not added to the score overwrites nothing
     */
    private record Branch(
            Optional<String> matched,
            Predicate<String> mayMap,
            boolean mayBeWrong,
            boolean maySet) {

        static Branch always(boolean nothingYet) {
            return new Branch(Optional.empty(), response -> true, true, nothingYet);
        }

        static Branch ofTest(XmlNode.Element test, boolean nothingYet) {
            Optional<String> answered =
                    test.name().equals("not")
                            ? test.first("isNull").flatMap(ScoringReader::tested)
                            : Optional.empty();
            return new Branch(
                    matchedResponse(test),
                    response -> answered.filter(response::equals).isPresent(),
                    test.name().equals("isNull"),
                    nothingYet);
        }

        static Branch ofElse(XmlNode.Element test, boolean nothingYet) {
            Optional<String> answered =
                    test.name().equals("isNull") ? tested(test) : Optional.empty();
            return new Branch(
                    Optional.empty(),
                    response -> answered.filter(response::equals).isPresent(),
                    true,
                    nothingYet);
        }
    }

    private static Optional<String> tested(XmlNode.Element isNull) {
        return isNull.first("variable").flatMap(e -> e.attribute("identifier"));
    }

    private static boolean setsScore(XmlNode.Element condition) {
        return condition
                .firstDeep(e -> e.name().equals("setOutcomeValue") && isScore(e))
                .isPresent();
    }

    private static boolean isScore(XmlNode.Element outcome) {
        return outcome.attribute("identifier").orElse("").equals(SCORE);
    }

    private void readOutcome(XmlNode.Element outcome, Branch branch, Map<String, Rule> rules)
            throws QtiRefused {
        if (!isScore(outcome)) {
            return;
        }
        List<XmlNode.Element> values = outcome.elements().toList();
        if (values.size() != 1) {
            throw refused(outcome);
        }
        List<XmlNode.Element> terms = termsOf(values.getFirst());
        boolean sums = values.getFirst().name().equals("sum");
        boolean adds = sums && terms.size() < values.getFirst().elements().count();
        if (!adds && !branch.maySet()) {
            throw refused(outcome); // would overwrite what an earlier rule gave
        }
        if (branch.matched().isPresent()) {
            if (terms.size() != 1 || !isNumber(terms.getFirst())) {
                throw refused(outcome);
            }
            String response = branch.matched().get();
            BigDecimal points = numberOf(terms.getFirst());
            add(outcome, rules, response, new Rule(Template.MATCH_CORRECT, points, false));
            return;
        }
        for (XmlNode.Element term : terms) {
            String response = term.attribute("identifier").orElse("");
            boolean maps =
                    term.name().equals("mapResponse") || term.name().equals("mapResponsePoint");
            if (maps && branch.mayMap().test(response)) {
                boolean areas = term.name().equals("mapResponsePoint");
                add(term, rules, response, new Rule(Template.MAP_RESPONSE, BigDecimal.ONE, areas));
            } else if (!branch.mayBeWrong() || !isNumber(term) || numberOf(term).signum() != 0) {
                throw refused(term);
            }
        }
    }

    /** The addends of a sum without the score so far; or the expression itself. */
    private static List<XmlNode.Element> termsOf(XmlNode.Element expression) {
        if (!expression.name().equals("sum")) {
            return List.of(expression);
        }
        return expression
                .elements()
                .filter(
                        e ->
                                !(e.name().equals("variable")
                                        && e.attribute("identifier").orElse("").equals(SCORE)))
                .toList();
    }

    /** {@code match(variable R, correct R)} in either order. */
    private static Optional<String> matchedResponse(XmlNode.Element test) {
        if (!test.name().equals("match")) {
            return Optional.empty();
        }
        Optional<String> variable = test.first("variable").flatMap(e -> e.attribute("identifier"));
        Optional<String> correct = test.first("correct").flatMap(e -> e.attribute("identifier"));
        return test.elements().count() == 2 && variable.equals(correct)
                ? variable
                : Optional.empty();
    }

    private static boolean isNumber(XmlNode.Element expression) {
        return expression.name().equals("baseValue")
                && expression.text().strip().matches("[+-]?[0-9]{1,6}(\\.[0-9]{1,4})?");
    }

    private static BigDecimal numberOf(XmlNode.Element expression) {
        return new BigDecimal(expression.text().strip());
    }

    private void add(XmlNode.Element at, Map<String, Rule> rules, String response, Rule rule)
            throws QtiRefused {
        boolean repeated = rules.putIfAbsent(response, rule) != null;
        if (response.isEmpty() || repeated || rule.points().signum() < 0) {
            throw refused(at);
        }
    }

    private QtiRefused refused(XmlNode.Element element) {
        return new QtiRefused(
                new QtiIssue(
                        file, item, element.line(), Code.SCORING_UNSUPPORTED, element.written()));
    }
}
