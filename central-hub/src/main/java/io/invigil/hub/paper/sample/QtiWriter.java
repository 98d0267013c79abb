package io.invigil.hub.paper.sample;

import io.invigil.hub.paper.sample.SampleQti.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the files of a package. Everything is written in QTI 2 names first; for version 3 names of
 * QTI elements and attributes become hyphenated, as that version has it.
 */
final class QtiWriter {
    static final String PICTURE = "images/cells.png";
    private static final Pattern QTI_TAG =
            Pattern.compile(
                    "(</?)(assessment[A-Za-z]*|testPart|weight|responseDeclaration|"
                        + "correctResponse|value|mapping|mapEntry|outcomeDeclaration|defaultValue|"
                        + "itemBody|choiceInteraction|simpleChoice|prompt|textEntryInteraction|extendedTextInteraction|responseProcessing|ordering)(["
                        + " />])");
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-z]+[A-Z][A-Za-z]*)=\"");

    private final Version version;

    QtiWriter(Version version) {
        this.version = version;
    }

    static String path(SampleItem item) {
        return "items/" + item.id() + ".xml";
    }

    String manifest(Map<String, List<SampleItem>> sections) {
        String suffix = "xmlv" + name().replace('.', 'p');
        StringBuilder resources = new StringBuilder();
        resources.append(
                """
                <resource identifier="TEST" type="imsqti_test_%s" href="test.xml">
                  <file href="test.xml"/>
                </resource>
                """
                        .formatted(suffix));
        for (List<SampleItem> items : sections.values()) {
            for (SampleItem item : items) {
                resources.append(resource(item, suffix));
            }
        }
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="SAMPLE">
          <organizations/>
          <resources>
        %s  </resources>
        </manifest>
        """
                .formatted(resources);
    }

    private static String resource(SampleItem item, String suffix) {
        boolean picture = item instanceof SampleItem.Choice choice && choice.picture();
        return """
        <resource identifier="%s" type="imsqti_item_%s" href="%s">
          <file href="%s"/>%s
        </resource>
        """
                .formatted(
                        item.id(),
                        suffix,
                        path(item),
                        path(item),
                        picture ? "<file href=\"" + PICTURE + "\"/>" : "");
    }

    String test(String title, Map<String, List<SampleItem>> sections) {
        StringBuilder body = new StringBuilder();
        int number = 1;
        for (Map.Entry<String, List<SampleItem>> section : sections.entrySet()) {
            body.append(
                    "<assessmentSection identifier=\"S%d\" title=\"%s\" visible=\"true\">\n"
                            .formatted(number++, escaped(section.getKey())));
            for (SampleItem item : section.getValue()) {
                body.append(
                        """
                        <assessmentItemRef identifier="R-%s" href="%s">
                          <weight identifier="W" value="%s"/>
                        </assessmentItemRef>
                        """
                                .formatted(item.id(), path(item), weight(item)));
            }
            body.append("</assessmentSection>\n");
        }
        return file(
                """
                <assessmentTest xmlns="%s" identifier="SAMPLE-TEST" title="%s">
                <testPart identifier="P1" navigationMode="nonlinear" submissionMode="simultaneous">
                %s</testPart>
                </assessmentTest>
                """
                        .formatted(namespace(), escaped(title), body));
    }

    /** Written items and mapped items state their points themselves; matches give 1. */
    private static int weight(SampleItem item) {
        return switch (item) {
            case SampleItem.Choice choice -> choice.multiple() ? 1 : choice.points();
            case SampleItem.Entry entry -> entry.points();
            case SampleItem.Written written -> 1;
        };
    }

    String item(SampleItem item) {
        return switch (item) {
            case SampleItem.Choice choice -> choice(choice);
            case SampleItem.Entry entry -> entry(entry);
            case SampleItem.Written written -> written(written);
        };
    }

    private String choice(SampleItem.Choice choice) {
        StringBuilder correct = new StringBuilder();
        StringBuilder options = new StringBuilder();
        for (int i = 0; i < choice.options().size(); i++) {
            if (choice.correct().contains(i)) {
                correct.append("<value>").append(letter(i)).append("</value>");
            }
            options.append(
                    "<simpleChoice identifier=\"%s\">%s</simpleChoice>\n"
                            .formatted(letter(i), escaped(choice.options().get(i))));
        }
        String picture =
                choice.picture()
                        ? "<p><img src=\"../%s\" alt=\"电路图：电池单体的连接\" width=\"640\" height=\"260\"/></p>\n"
                                .formatted(PICTURE)
                        : "";
        return whole(
                choice,
                """
                <responseDeclaration identifier="RESPONSE" cardinality="%s" baseType="identifier">
                <correctResponse>%s</correctResponse>%s
                </responseDeclaration>
                """
                        .formatted(
                                choice.multiple() ? "multiple" : "single",
                                correct,
                                choice.multiple() ? mapping(choice) : ""),
                """
                %s<choiceInteraction responseIdentifier="RESPONSE" shuffle="%s" maxChoices="%d">
                <prompt>%s</prompt>
                %s</choiceInteraction>
                """
                        .formatted(
                                picture,
                                choice.options().size() > 2,
                                choice.multiple() ? 0 : 1,
                                escaped(choice.question()),
                                options),
                template(choice.multiple() ? "map_response" : "match_correct"));
    }

    /** Right options share the points, each wrong one takes a share away, never below zero. */
    private static String mapping(SampleItem.Choice choice) {
        List<String> entries = new ArrayList<>();
        int share = choice.points() / choice.correct().size();
        for (int i = 0; i < choice.options().size(); i++) {
            int value = choice.correct().contains(i) ? share : -share;
            entries.add("<mapEntry mapKey=\"%s\" mappedValue=\"%d\"/>".formatted(letter(i), value));
        }
        return "<mapping defaultValue=\"0\" lowerBound=\"0\" upperBound=\"%d\">%s</mapping>"
                .formatted(choice.points(), String.join("", entries));
    }

    private String entry(SampleItem.Entry entry) {
        boolean mapped = entry.answers().size() > 1;
        StringBuilder mapping = new StringBuilder();
        if (mapped) {
            mapping.append("<mapping defaultValue=\"0\">");
            for (String answer : entry.answers()) {
                mapping.append(
                        "<mapEntry mapKey=\"%s\" mappedValue=\"1\" caseSensitive=\"true\"/>"
                                .formatted(escaped(answer)));
            }
            mapping.append("</mapping>");
        }
        return whole(
                entry,
                """
                <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="%s">
                <correctResponse><value>%s</value></correctResponse>%s
                </responseDeclaration>
                """
                        .formatted(entry.type(), escaped(entry.answers().getFirst()), mapping),
                """
                <p>%s<textEntryInteraction responseIdentifier="RESPONSE" expectedLength="10"/>%s</p>
                """
                        .formatted(escaped(entry.before()), escaped(entry.after())),
                template(mapped ? "map_response" : "match_correct"));
    }

    private String written(SampleItem.Written written) {
        return whole(
                written,
                """
                <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>
                """,
                """
                <extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="%d">
                <prompt>%s</prompt>
                </extendedTextInteraction>
                """
                        .formatted(written.lines(), escaped(written.question())),
                "");
    }

    private String whole(SampleItem item, String response, String body, String processing) {
        return file(
                """
                <assessmentItem xmlns="%s" identifier="%s" title="%s" adaptive="false" \
                timeDependent="false">
                %s<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
                <outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">
                <defaultValue><value>%s</value></defaultValue>
                </outcomeDeclaration>
                <itemBody>
                %s</itemBody>
                %s</assessmentItem>
                """
                        .formatted(
                                namespace(),
                                item.id(),
                                escaped(item.title()),
                                response,
                                item.points() / weight(item),
                                body,
                                processing));
    }

    private String template(String name) {
        String address =
                switch (version) {
                    case V2_1 -> "http://www.imsglobal.org/question/qti_v2p1/rptemplates/" + name;
                    case V2_2 -> "http://www.imsglobal.org/question/qti_v2p2/rptemplates/" + name;
                    case V3_0 ->
                            "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/" + name + ".xml";
                };
        return "<responseProcessing template=\"" + address + "\"/>\n";
    }

    private String file(String xml) {
        String head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        return head + (version == Version.V3_0 ? hyphenated(xml) : xml);
    }

    private static String hyphenated(String xml) {
        Matcher tags = QTI_TAG.matcher(xml);
        String named = tags.replaceAll(m -> m.group(1) + "qti-" + kebab(m.group(2)) + m.group(3));
        return ATTRIBUTE.matcher(named).replaceAll(m -> " " + kebab(m.group(1)) + "=\"");
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    private String namespace() {
        return switch (version) {
            case V2_1 -> "http://www.imsglobal.org/xsd/imsqti_v2p1";
            case V2_2 -> "http://www.imsglobal.org/xsd/imsqti_v2p2";
            case V3_0 -> "http://www.imsglobal.org/xsd/imsqtiasi_v3p0";
        };
    }

    private String name() {
        return switch (version) {
            case V2_1 -> "2.1";
            case V2_2 -> "2.2";
            case V3_0 -> "3.0";
        };
    }

    private static String letter(int index) {
        return String.valueOf((char) ('A' + index));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
