package io.invigil.hub.paper.qti;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.ObjectiveScoring;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import io.invigil.hub.paper.sample.SampleQti;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** QTI 2.2 orderInteraction and matchInteraction; what the page cannot ask is refused by name. */
class QtiOrderAndMatchTest {
    private static final String TEMPLATES =
            "http://www.imsglobal.org/question/qti_v2p2/rptemplates/";
    private static final String ORDER =
            """
            <responseDeclaration identifier="RESPONSE" cardinality="ordered" baseType="identifier">
            <correctResponse><value>B</value><value>A</value><value>C</value></correctResponse>
            </responseDeclaration>
            <itemBody><orderInteraction responseIdentifier="RESPONSE" shuffle="true">
            <prompt>排序</prompt><simpleChoice identifier="A">断电</simpleChoice>
            <simpleChoice identifier="B">挂牌</simpleChoice>
            <simpleChoice identifier="C" fixed="true">验电</simpleChoice></orderInteraction></itemBody>
            """;
    private static final String MATCH =
            """
            <responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="directedPair">
            <correctResponse><value>S1 T2</value><value>S2 T1</value></correctResponse>
            <mapping defaultValue="0"><mapEntry mapKey="S1 T2" mappedValue="1"/>
            <mapEntry mapKey="S2 T1" mappedValue="2"/></mapping></responseDeclaration>
            <itemBody><matchInteraction responseIdentifier="RESPONSE" shuffle="false" maxAssociations="2">
            <simpleMatchSet><simpleAssociableChoice identifier="S1" matchMax="1">电压</simpleAssociableChoice>
            <simpleAssociableChoice identifier="S2" matchMax="1">电流</simpleAssociableChoice></simpleMatchSet>
            <simpleMatchSet><simpleAssociableChoice identifier="T1" matchMax="2">安培</simpleAssociableChoice>
            <simpleAssociableChoice identifier="T2" matchMax="2">伏特</simpleAssociableChoice></simpleMatchSet>
            </matchInteraction></itemBody>
            """;

    @TempDir Path folder;

    private QtiResult read(String item, String template) throws IOException {
        String xml =
                """
                <assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2"
                    identifier="Q" title="t">
                %s
                <responseProcessing template="%s%s"/></assessmentItem>
                """
                        .formatted(
                                item.replace(
                                        "<itemBody>",
                                        "<outcomeDeclaration identifier=\"SCORE\""
                                                + " cardinality=\"single\" baseType=\"float\"/>"
                                                + "<itemBody>"),
                                TEMPLATES,
                                template);
        String manifest =
                "<manifest><resources><resource type=\"imsqti_item_xmlv2p2\" href=\"i.xml\"/>"
                        + "</resources></manifest>";
        byte[] zip =
                SampleQti.zipped(
                        Map.of(
                                "imsmanifest.xml", manifest.getBytes(UTF_8),
                                "i.xml", xml.getBytes(UTF_8)));
        return new QtiPackages().read(Files.write(folder.resolve("p.zip"), zip), "P1");
    }

    private QtiResult.Read accepted(String item, String template) throws IOException {
        QtiResult result = read(item, template);
        assertThat(result).isInstanceOf(QtiResult.Read.class);
        return (QtiResult.Read) result;
    }

    private static String score(QtiResult.Read read, String... values) {
        Map<String, List<String>> response = Map.of("RESPONSE", List.of(values));
        return ObjectiveScoring.score(read.paper(), read.key(), Map.of("Q", response))
                .score()
                .stripTrailingZeros()
                .toPlainString();
    }

    @Test
    void readsAnOrderAndItsKey() throws IOException {
        QtiResult.Read read = accepted(ORDER, "match_correct");
        var order =
                (Interaction.Ordering)
                        read.paper().item("Q").orElseThrow().interactions().getFirst();
        assertThat(order.shuffle()).isTrue();
        assertThat(order.options())
                .extracting(Interaction.Option::fixed)
                .containsExactly(false, false, true);
        assertThat(score(read, "B", "A", "C")).isEqualTo("1");
        assertThat(score(read, "A", "B", "C")).isEqualTo("0");
    }

    @Test
    void readsPairsAndTheirPoints() throws IOException {
        QtiResult.Read read = accepted(MATCH, "map_response");
        assertThat(score(read, "S1 T2", "S2 T2")).isEqualTo("1");
        assertThat(score(read, "S2 T1", "S1 T2")).isEqualTo("3");
        assertThat(score(accepted(MATCH, "match_correct"), "S2 T1", "S1 T2")).isEqualTo("1");
    }

    @Test
    void refusesByNameWhatThePageCannotAsk() throws IOException {
        assertIssue(ORDER.replace(" shuffle", " maxChoices=\"2\" shuffle"), Code.RESPONSE_KIND);
        assertIssue(ORDER.replace("<value>A</value>", ""), Code.KEY_MISSING);
        assertIssue(ORDER.replace("<value>A</value>", "<value>X</value>"), Code.KEY_UNKNOWN_CHOICE);
        assertIssue(MATCH.replace("S1\" matchMax=\"1", "S1\" matchMax=\"2"), Code.RESPONSE_KIND);
        assertIssue(MATCH.replace("<value>S1 T2", "<value>S1 S2"), Code.KEY_UNKNOWN_CHOICE);
        assertIssue(MATCH.replace("\"directedPair\"", "\"pair\""), Code.RESPONSE_KIND);
        QtiResult mapped = read(ORDER, "map_response");
        assertThat(((QtiResult.Refused) mapped).issues())
                .extracting(QtiIssue::code)
                .containsExactly(Code.SCORING_UNSUPPORTED);
    }

    private void assertIssue(String item, Code code) throws IOException {
        assertThat(((QtiResult.Refused) read(item, "match_correct")).issues())
                .extracting(QtiIssue::code)
                .containsExactly(code);
    }
}
