package io.invigil.hub.paper.qti;

import io.invigil.exam.paper.AnswerKey.MapEntry;
import io.invigil.exam.paper.AnswerKey.Mapping;
import io.invigil.exam.paper.AnswerKey.ResponseKey;
import io.invigil.exam.paper.AnswerKey.Template;
import io.invigil.exam.paper.BaseType;
import io.invigil.exam.paper.Cardinality;
import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.MediaClip;
import io.invigil.exam.paper.PictureInteraction;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the key of an item: correct responses and mappings, joined with the scoring rules. */
final class KeyReader {
    private static final String NUMBER = "[+-]?[0-9]{1,6}(\\.[0-9]{1,4})?";

    private final String file;
    private final String item;
    private final XmlNode.Element root;
    private final Map<String, Interaction> interactions;
    private final Map<String, Integer> lines;
    private final PictureReader pictures;

    KeyReader(
            String file,
            String item,
            XmlNode.Element root,
            Map<String, Interaction> interactions,
            Map<String, Integer> lines,
            PictureReader pictures) {
        this.file = file;
        this.item = item;
        this.root = root;
        this.interactions = interactions;
        this.lines = lines;
        this.pictures = pictures;
    }

    /**
     * @param points what one match gives
     */
    record Key(BigDecimal points, Map<String, ResponseKey> responses) {}

    Key read() throws QtiRefused {
        Map<String, ScoringReader.Rule> rules = new ScoringReader(file, item).read(root);
        // a template speaks of RESPONSE even when a person marks it: then there is no rule
        rules.keySet().removeIf(r -> interactions.containsKey(r) && interactions.get(r).byHand());
        for (String response : rules.keySet()) {
            if (!interactions.containsKey(response)) {
                throw refused(root.line(), Code.RESPONSE_UNDECLARED, response);
            }
        }
        BigDecimal points = commonPoints(rules);
        Map<String, ResponseKey> keys = new LinkedHashMap<>();
        for (Interaction interaction : interactions.values()) {
            if (interaction.byHand() || !interaction.asks()) {
                continue;
            }
            String response = interaction.responseIdentifier();
            ScoringReader.Rule rule = rules.get(response);
            if (rule == null) {
                throw refused(lines.get(response), Code.KEY_MISSING, response);
            }
            keys.put(response, keyOf(interaction, rule, points));
        }
        return new Key(points, keys);
    }

    /** Points that every rule gives, else 1: then single matches become mappings of their own. */
    private static BigDecimal commonPoints(Map<String, ScoringReader.Rule> rules) {
        List<BigDecimal> points =
                rules.values().stream()
                        .map(rule -> rule.points().stripTrailingZeros())
                        .distinct()
                        .toList();
        return points.size() == 1 ? points.getFirst() : BigDecimal.ONE;
    }

    private ResponseKey keyOf(
            Interaction interaction, ScoringReader.Rule rule, BigDecimal commonPoints)
            throws QtiRefused {
        String response = interaction.responseIdentifier();
        XmlNode.Element declaration =
                root.elements("responseDeclaration")
                        .filter(e -> e.attribute("identifier").orElse("").equals(response))
                        .findFirst()
                        .orElseThrow(() -> refused(root.line(), Code.KEY_MISSING, response));
        BaseType type = interaction.baseType();
        if (type == BaseType.POINT) {
            return points(declaration, interaction, rule);
        }
        if (rule.areas()) {
            throw refused(declaration.line(), Code.SCORING_UNSUPPORTED, response);
        }
        List<String> correct = correct(declaration, interaction);
        if (rule.template() == Template.MAP_RESPONSE) {
            if (interaction.cardinality() == Cardinality.ORDERED) {
                // points for an option wherever it stands say nothing about an order
                throw refused(declaration.line(), Code.SCORING_UNSUPPORTED, response);
            }
            Mapping mapping = mapping(declaration, interaction);
            return ResponseKey.mapResponse(type, interaction.cardinality(), correct, mapping);
        }
        if (correct.isEmpty()) {
            throw refused(declaration.line(), Code.KEY_MISSING, response);
        }
        if (rule.points().compareTo(commonPoints) == 0) {
            return ResponseKey.matchCorrect(type, interaction.cardinality(), correct);
        }
        if (interaction.cardinality() != Cardinality.SINGLE) {
            throw refused(declaration.line(), Code.SCORING_UNSUPPORTED, response);
        }
        List<MapEntry> one = List.of(new MapEntry(correct.getFirst(), rule.points(), true));
        Mapping points = Mapping.of(BigDecimal.ZERO, Optional.empty(), Optional.empty(), one);
        return ResponseKey.mapResponse(type, Cardinality.SINGLE, correct, points);
    }

    /** Points are scored by areas: that one given point alone is right is never meant. */
    private ResponseKey points(
            XmlNode.Element declaration, Interaction interaction, ScoringReader.Rule rule)
            throws QtiRefused {
        String response = interaction.responseIdentifier();
        if (!rule.areas()) {
            throw refused(declaration.line(), Code.SCORING_UNSUPPORTED, response);
        }
        XmlNode.Element mapping =
                declaration
                        .first("areaMapping")
                        .orElseThrow(() -> refused(declaration.line(), Code.KEY_MISSING, response));
        List<MapEntry> entries = new ArrayList<>();
        for (XmlNode.Element entry : mapping.elements("areaMapEntry").toList()) {
            BigDecimal value = number(entry, "mappedValue", Optional.empty());
            entries.add(new MapEntry(pictures.area(entry).text(), value, true));
        }
        return ResponseKey.mapResponse(
                BaseType.POINT,
                interaction.cardinality(),
                List.of(),
                bounded(mapping, response, entries));
    }

    private List<String> correct(XmlNode.Element declaration, Interaction interaction)
            throws QtiRefused {
        List<String> correct = new ArrayList<>();
        Optional<XmlNode.Element> response = declaration.first("correctResponse");
        if (response.isEmpty()) {
            return correct;
        }
        for (XmlNode.Element value : response.get().elements("value").toList()) {
            String text = value.text().strip();
            check(interaction, value.line(), text);
            correct.add(text);
        }
        if (interaction instanceof Interaction.Ordering order
                && (correct.size() != order.options().size()
                        || Set.copyOf(correct).size() != correct.size())) {
            throw refused(response.get().line(), Code.KEY_MISSING, declaration.text().strip());
        }
        if (correct.size() > ResponseKey.VALUES_MAX
                || (interaction.cardinality() == Cardinality.SINGLE && correct.size() > 1)) {
            throw refused(response.get().line(), Code.RESPONSE_KIND, declaration.text().strip());
        }
        return correct;
    }

    private Mapping mapping(XmlNode.Element declaration, Interaction interaction)
            throws QtiRefused {
        String response = interaction.responseIdentifier();
        XmlNode.Element mapping =
                declaration
                        .first("mapping")
                        .orElseThrow(() -> refused(declaration.line(), Code.KEY_MISSING, response));
        List<MapEntry> entries = new ArrayList<>();
        for (XmlNode.Element entry : mapping.elements("mapEntry").toList()) {
            String key = entry.attribute("mapKey").orElse("");
            check(interaction, entry.line(), key);
            boolean exact = entry.attribute("caseSensitive").orElse("true").equals("true");
            entries.add(new MapEntry(key, number(entry, "mappedValue", Optional.empty()), exact));
        }
        return bounded(mapping, response, entries);
    }

    private Mapping bounded(XmlNode.Element mapping, String response, List<MapEntry> entries)
            throws QtiRefused {
        if (entries.isEmpty() || entries.size() > ResponseKey.VALUES_MAX) {
            throw refused(mapping.line(), Code.KEY_MISSING, response);
        }
        return Mapping.of(
                number(mapping, "defaultValue", Optional.of(BigDecimal.ZERO)),
                optionalNumber(mapping, "lowerBound"),
                optionalNumber(mapping, "upperBound"),
                entries);
    }

    private Optional<BigDecimal> optionalNumber(XmlNode.Element element, String attribute)
            throws QtiRefused {
        return element.attribute(attribute).isEmpty()
                ? Optional.empty()
                : Optional.of(number(element, attribute, Optional.empty()));
    }

    private BigDecimal number(
            XmlNode.Element element, String attribute, Optional<BigDecimal> otherwise)
            throws QtiRefused {
        Optional<String> text = element.attribute(attribute);
        if (text.isEmpty() && otherwise.isPresent()) {
            return otherwise.get();
        }
        if (text.isEmpty() || !text.get().matches(NUMBER)) {
            throw refused(element.line(), Code.KEY_NUMBER, text.orElse(attribute));
        }
        return new BigDecimal(text.get());
    }

    /** A key value that no response could equal is a mistake of the author, not a hard item. */
    private void check(Interaction interaction, int line, String value) throws QtiRefused {
        if (value.isEmpty() || value.length() > Interaction.TEXT_ENTRY_CHARS_MAX) {
            throw refused(line, Code.KEY_MISSING, value);
        }
        switch (interaction) {
            case Interaction.Choice choice -> {
                if (choice.options().stream().noneMatch(o -> o.id().equals(value))) {
                    throw refused(line, Code.KEY_UNKNOWN_CHOICE, value);
                }
            }
            case Interaction.TextEntry entry -> {
                boolean number =
                        entry.baseType() == BaseType.STRING
                                || (entry.baseType() == BaseType.INTEGER
                                        && value.matches("[+-]?[0-9]{1,30}"))
                                || (entry.baseType() == BaseType.FLOAT
                                        && value.matches("[+-]?[0-9]{1,30}(\\.[0-9]{0,30})?"));
                if (!number) {
                    throw refused(line, Code.KEY_NUMBER, value);
                }
            }
            case Interaction.Ordering order -> {
                if (order.options().stream().noneMatch(o -> o.id().equals(value))) {
                    throw refused(line, Code.KEY_UNKNOWN_CHOICE, value);
                }
            }
            case Interaction.Matching match -> {
                if (!match.isPair(value)) {
                    throw refused(line, Code.KEY_UNKNOWN_CHOICE, value);
                }
            }
            case PictureInteraction.Hotspots spots -> {
                if (spots.spots().stream().noneMatch(s -> s.id().equals(value))) {
                    throw refused(line, Code.KEY_UNKNOWN_CHOICE, value);
                }
            }
            case PictureInteraction picture -> {
                // areas are read by themselves, a drawing has no key
            }
            case MediaClip clip -> {
                // asks nothing
            }
            case FileUpload upload -> {
                // a person marks it
            }
            case Interaction.ExtendedText text -> {
                // a person marks it: its correct response, if any, is a hint that is not read
            }
        }
    }

    private QtiRefused refused(int line, Code code, String subject) {
        return new QtiRefused(new QtiIssue(file, item, line, code, subject));
    }
}
