package io.invigil.hub.paper.qti;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.paper.ObjectiveScoring;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import io.invigil.hub.paper.sample.SampleQti;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Response processing written out as conditions, as editors write it beside the templates. */
class QtiScoringTest {
    private static final String MANIFEST =
            """
            <manifest><resources>
            <resource type="imsqti_item_xmlv2p2" href="i.xml"/>
            </resources></manifest>
            """;

    @TempDir Path folder;

    private QtiResult read(String processing) throws IOException {
        String item =
                """
                <assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2"
                    identifier="Q" title="t">
                <responseDeclaration identifier="A" cardinality="single" baseType="string">
                <correctResponse><value>one</value></correctResponse>
                <mapping defaultValue="0"><mapEntry mapKey="one" mappedValue="3"/>
                <mapEntry mapKey="ONE" mappedValue="1.5"/></mapping>
                </responseDeclaration>
                <responseDeclaration identifier="B" cardinality="single" baseType="integer">
                <correctResponse><value>2</value></correctResponse>
                </responseDeclaration>
                <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
                <itemBody><p>
                <textEntryInteraction responseIdentifier="A"/>
                <textEntryInteraction responseIdentifier="B"/>
                </p></itemBody>
                <responseProcessing>%s</responseProcessing>
                </assessmentItem>
                """
                        .formatted(processing);
        byte[] zip =
                SampleQti.zipped(
                        Map.of(
                                "imsmanifest.xml", MANIFEST.getBytes(UTF_8),
                                "i.xml", item.getBytes(UTF_8)));
        return new QtiPackages().read(Files.write(folder.resolve("p.zip"), zip), "P1");
    }

    private BigDecimal score(String processing, String a, String b) throws IOException {
        QtiResult result = read(processing);
        assertThat(result).isInstanceOf(QtiResult.Read.class);
        QtiResult.Read read = (QtiResult.Read) result;
        Map<String, List<String>> response = Map.of("A", List.of(a), "B", List.of(b));
        return ObjectiveScoring.score(read.paper(), read.key(), Map.of("Q", response)).score();
    }

    private static String matchAdds(String response, String points) {
        return """
        <responseCondition><responseIf>
        <match><variable identifier="%s"/><correct identifier="%s"/></match>
        <setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/>
        <baseValue baseType="float">%s</baseValue></sum></setOutcomeValue>
        </responseIf></responseCondition>
        """
                .formatted(response, response, points);
    }

    private static final String MAP_A =
            """
            <responseCondition><responseIf><isNull><variable identifier="A"/></isNull>
            <setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue>
            </setOutcomeValue></responseIf>
            <responseElse><setOutcomeValue identifier="SCORE"><mapResponse identifier="A"/>
            </setOutcomeValue></responseElse></responseCondition>
            """;

    @Test
    void sumsMatchesOfSeveralResponses() throws IOException {
        String rules = matchAdds("A", "2") + matchAdds("B", "2");
        assertThat(score(rules, "one", "2")).isEqualByComparingTo("4");
        assertThat(score(rules, "one", "3")).isEqualByComparingTo("2");
        assertThat(score(rules, "two", "02")).isEqualByComparingTo("2");
        assertThat(score(rules, "", "")).isEqualByComparingTo("0");
    }

    @Test
    void givesEachMatchItsOwnPoints() throws IOException {
        String rules = matchAdds("A", "1") + matchAdds("B", "2.5");
        assertThat(score(rules, "one", "2")).isEqualByComparingTo("3.5");
        assertThat(score(rules, "one", "9")).isEqualByComparingTo("1");
        assertThat(score(rules, "x", "2")).isEqualByComparingTo("2.5");
    }

    @Test
    void mapsAResponseThatIsThereAndAddsAMatch() throws IOException {
        String rules = MAP_A + matchAdds("B", "1");
        assertThat(score(rules, "one", "2")).isEqualByComparingTo("4");
        assertThat(score(rules, "ONE", "0")).isEqualByComparingTo("1.5");
        assertThat(score(rules, "", "2")).isEqualByComparingTo("1");
    }

    @Test
    void ignoresConditionsThatOnlySetFeedback() throws IOException {
        String feedback =
                """
                <responseCondition><responseIf><gt><variable identifier="SCORE"/>
                <baseValue baseType="float">1</baseValue></gt>
                <setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">x</baseValue>
                </setOutcomeValue></responseIf></responseCondition>
                """;
        String rules = matchAdds("A", "1") + feedback + matchAdds("B", "1");
        assertThat(score(rules, "one", "2")).isEqualByComparingTo("2");
    }

    @Test
    void refusesWhatWouldOverwriteOrCannotBeExpressed() throws IOException {
        String overwrites =
                matchAdds("A", "1")
                        + matchAdds("B", "1")
                                .replace("<sum><variable identifier=\"SCORE\"/>", "")
                                .replace("</sum>", "");
        String both =
                matchAdds("A", "1")
                        .replace(
                                "</responseIf>",
                                "</responseIf><responseElse><setOutcomeValue"
                                        + " identifier=\"SCORE\"><mapResponse identifier=\"B\"/>"
                                        + "</setOutcomeValue></responseElse>");
        String negative = matchAdds("A", "-1") + matchAdds("B", "1");
        String twice = matchAdds("A", "1") + matchAdds("A", "1") + matchAdds("B", "1");
        String elseIf =
                matchAdds("A", "1").replace("responseIf", "responseElseIf") + matchAdds("B", "1");
        String resets =
                matchAdds("A", "1")
                        + matchAdds("B", "1")
                                .replace(
                                        "</responseIf>",
                                        "</responseIf><responseElse><setOutcomeValue"
                                                + " identifier=\"SCORE\"><baseValue"
                                                + " baseType=\"float\">0"
                                                + "</baseValue></setOutcomeValue></responseElse>");
        String otherNull = MAP_A.replace("variable identifier=\"A\"", "variable identifier=\"B\"");
        for (String rules : List.of(overwrites, both, negative, twice, elseIf, resets, otherNull)) {
            assertThat(read(rules))
                    .as(rules)
                    .isInstanceOfSatisfying(
                            QtiResult.Refused.class,
                            refused ->
                                    assertThat(refused.issues().getFirst().code())
                                            .isEqualTo(Code.SCORING_UNSUPPORTED));
        }
        assertThat(read(matchAdds("A", "1")))
                .isInstanceOfSatisfying(
                        QtiResult.Refused.class,
                        refused ->
                                assertThat(refused.issues().getFirst().code())
                                        .isEqualTo(Code.KEY_MISSING));
    }
}
