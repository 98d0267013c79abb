package io.invigil.hub.paper.qti;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.file.FileKind;
import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.MediaClip;
import io.invigil.exam.paper.ObjectiveScoring;
import io.invigil.exam.paper.PictureInteraction;
import io.invigil.exam.paper.ResponseCheck;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import io.invigil.hub.paper.sample.SampleQti;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** QTI hotspotInteraction, selectPointInteraction and drawingInteraction (issue 3, part 4). */
class QtiOnPictureTest {
    private static final String OBJECT =
            "<object data=\"p.png\" type=\"image/png\" width=\"200\" height=\"100\">图</object>";
    private static final String AREAS =
            """
            <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
            <correctResponse><value>B</value></correctResponse></responseDeclaration>
            <itemBody><hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1">
            <prompt>哪一个是保险丝</prompt>OBJECT
            <hotspotChoice identifier="A" shape="circle" coords="20,20,9"/>
            <hotspotChoice identifier="B" shape="rect" coords="50,10,90,40" hotspotLabel="左边"/>
            </hotspotInteraction></itemBody>
            """
                    .replace("OBJECT", OBJECT);
    private static final String POINT =
            """
            <responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="point">
            <areaMapping defaultValue="0"><areaMapEntry shape="circle" coords="20,20,9" mappedValue="1"/>
            <areaMapEntry shape="poly" coords="50,10,90,10,90,40" mappedValue="2"/></areaMapping>
            </responseDeclaration>
            <itemBody><selectPointInteraction responseIdentifier="RESPONSE" maxChoices="2">
            <prompt>标出</prompt>OBJECT</selectPointInteraction></itemBody>
            """
                    .replace("OBJECT", OBJECT);
    private static final String DRAWING =
            """
            <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="file"/>
            <outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">
            <defaultValue><value>5</value></defaultValue></outcomeDeclaration>
            <itemBody><drawingInteraction responseIdentifier="RESPONSE">
            <prompt>画出接线</prompt>OBJECT</drawingInteraction></itemBody>
            """
                    .replace("OBJECT", OBJECT);

    @TempDir Path folder;

    private QtiResult read(String item, String template) throws IOException {
        String processing =
                template.isEmpty()
                        ? ""
                        : "<responseProcessing template=\"http://x/rptemplates/"
                                + template
                                + "\"/>";
        String score =
                "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\""
                        + " baseType=\"float\"/><itemBody>";
        String xml =
                "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\""
                        + " identifier=\"Q\" title=\"t\">"
                        + item.replace("<itemBody>", score)
                        + processing
                        + "</assessmentItem>";
        return zip(xml, "imsqti_item_xmlv2p2");
    }

    private QtiResult zip(String xml, String type) throws IOException {
        String manifest =
                "<manifest><resources><resource type=\"%s\" href=\"i.xml\"/></resources></manifest>"
                        .formatted(type);
        var png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(60, 30, BufferedImage.TYPE_INT_RGB), "png", png);
        byte[] zip =
                SampleQti.zipped(
                        Map.of(
                                "imsmanifest.xml", manifest.getBytes(UTF_8),
                                "p.png", png.toByteArray(),
                                "a.mp3", "ID3 something to hear".getBytes(UTF_8),
                                "i.xml", xml.getBytes(UTF_8)));
        return new QtiPackages().read(Files.write(folder.resolve("p.zip"), zip), "P1");
    }

    private QtiResult.Read accepted(QtiResult result) {
        assertThat(result).isInstanceOf(QtiResult.Read.class);
        return (QtiResult.Read) result;
    }

    private static PictureInteraction only(QtiResult.Read read) {
        return (PictureInteraction) read.paper().items().getFirst().interactions().getFirst();
    }

    private static String score(QtiResult.Read read, String... values) {
        Map<String, List<String>> response = Map.of("RESPONSE", List.of(values));
        return ObjectiveScoring.score(read.paper(), read.key(), Map.of("Q", response))
                .score()
                .stripTrailingZeros()
                .toPlainString();
    }

    private Code refusal(String item, String template) throws IOException {
        QtiResult result = read(item, template);
        assertThat(result).isInstanceOf(QtiResult.Refused.class);
        return ((QtiResult.Refused) result).issues().getFirst().code();
    }

    @Test
    void areasAreReadWithTheirLabelsAndScoredLikeAChoice() throws IOException {
        QtiResult.Read read = accepted(read(AREAS, "match_correct"));
        var spots = (PictureInteraction.Hotspots) only(read);
        assertThat(spots.spots())
                .extracting(s -> s.area().text())
                .containsExactly("circle 20,20,9", "rect 50,10,90,40");
        assertThat(spots.spots().getLast().label()).isEqualTo("左边");
        assertThat(spots.surface().width()).as("as declared, not as stored").isEqualTo(200);
        assertThat(read.pictures()).containsKey(spots.surface().asset());
        assertThat(score(read, "B")).isEqualTo("1");
        assertThat(score(read, "A")).isEqualTo("0");
    }

    @Test
    void pointsAreScoredByAreas() throws IOException {
        QtiResult.Read read = accepted(read(POINT, "map_response_point"));
        assertThat(score(read, "20 29", "85 20")).isEqualTo("3");
        assertThat(score(read, "55 35")).isEqualTo("0");
    }

    @Test
    void theNamesOfVersionThreeMeanTheSame() throws IOException {
        String xml =
                """
                <qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
                    identifier="Q" title="t">
                <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="point">
                <qti-area-mapping default-value="0">
                <qti-area-map-entry shape="default" coords="" mapped-value="4"/></qti-area-mapping>
                </qti-response-declaration>
                <qti-item-body><qti-select-point-interaction response-identifier="RESPONSE" max-choices="1">
                <img src="p.png" alt="图"/></qti-select-point-interaction></qti-item-body>
                <qti-response-processing template="http://x/v3p0/rptemplates/map_response_point.xml"/>
                </qti-assessment-item>
                """;
        QtiResult.Read read = accepted(zip(xml, "imsqti_item_xmlv3p0"));
        assertThat(only(read).surface().width()).as("the picture's own size").isEqualTo(60);
        assertThat(score(read, "1 1")).isEqualTo("4");
    }

    @Test
    void aDrawingAndAreasWithoutScoringAreMarkedByHand() throws IOException {
        assertThat(only(accepted(read(DRAWING, ""))).byHand()).isTrue();
        String noKey =
                DRAWING.substring(DRAWING.indexOf("<outcome"), DRAWING.indexOf("<itemBody>"));
        String areas = AREAS.replace("<itemBody>", noKey + "<itemBody>");
        QtiResult.Read read = accepted(read(areas, ""));
        assertThat(only(read).byHand()).isTrue();
        assertThat(read.paper().items().getFirst().objective()).isFalse();
        assertThat(refusal(AREAS, ""))
                .as("nobody says what it gives")
                .isEqualTo(Code.MAXIMUM_MISSING);
    }

    private static final String LISTEN =
            """
            <responseDeclaration identifier="M" cardinality="single" baseType="integer"/>
            <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
            <correctResponse><value>B</value></correctResponse></responseDeclaration>
            <itemBody><mediaInteraction responseIdentifier="M" autostart="false" maxPlays="2">
            <prompt>请听录音</prompt><object data="a.mp3" type="audio/mpeg"/></mediaInteraction>
            <choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">
            <simpleChoice identifier="A">甲</simpleChoice><simpleChoice identifier="B">乙</simpleChoice>
            </choiceInteraction></itemBody>
            """;

    @Test
    void whatIsHeardHasALimitOfPlaysAndLeavesTheItemObjective() throws IOException {
        QtiResult.Read read = accepted(read(LISTEN, "match_correct"));
        var item = read.paper().items().getFirst();
        assertThat(item.objective()).isTrue();
        assertThat(item.informational()).isFalse();
        var clip = (MediaClip) item.interactions().getFirst();
        assertThat(clip.maxPlays()).isEqualTo(2);
        assertThat(clip.video()).isFalse();
        assertThat(read.paper().asset(clip.asset()).orElseThrow().mediaType())
                .isEqualTo("audio/mpeg");
        assertThat(read.paper().clipsOf(clip.asset())).containsOnlyKeys("Q/M");
        assertThat(score(read, "B")).isEqualTo("1");
        assertThat(ResponseCheck.of(read.paper(), "Q", Map.of("M", List.of("0"))))
                .as("the node counts, not the page")
                .isInstanceOf(ResponseCheck.Refused.class);
        assertThat(refusal(LISTEN.replace("a.mp3", "p.png"), "match_correct"))
                .isEqualTo(Code.MEDIA_KIND);
        assertThat(refusal(LISTEN.replace("maxPlays=\"2\"", "maxPlays=\"21\""), "match_correct"))
                .isEqualTo(Code.RESPONSE_KIND);
    }

    @Test
    void filesAreAskedForByTheirKindsNumberAndSize() throws IOException {
        String upload =
                DRAWING.substring(0, DRAWING.indexOf("<itemBody>"))
                                .replace(
                                        "identifier=\"RESPONSE\" cardinality=\"single\"",
                                        "identifier=\"RESPONSE\" cardinality=\"multiple\"")
                        + "<itemBody><uploadInteraction responseIdentifier=\"RESPONSE\""
                        + " type=\"application/pdf image/*\" data-max-files=\"3\""
                        + " data-max-kilobytes=\"500\"/></itemBody>";
        QtiResult.Read read = accepted(read(upload, ""));
        var files = (FileUpload) read.paper().items().getFirst().interactions().getFirst();
        assertThat(files.kinds()).containsExactly(FileKind.PDF, FileKind.PNG, FileKind.JPEG);
        assertThat(files.filesMax()).isEqualTo(3);
        assertThat(files.bytesMax()).isEqualTo(500 * 1024);
        assertThat(refusal(upload.replace("application/pdf", "text/html"), ""))
                .isEqualTo(Code.FILE_TYPE);
    }

    @Test
    void whatCannotBeAskedIsRefusedByName() throws IOException {
        assertThat(refusal(AREAS.replace("20,20,9", "20,20"), "match_correct"))
                .isEqualTo(Code.AREA_MALFORMED);
        assertThat(refusal(AREAS.replace("50,10,90,40", "50,10,201,40"), "match_correct"))
                .isEqualTo(Code.AREA_MALFORMED);
        assertThat(refusal(AREAS.replace(OBJECT, ""), "match_correct"))
                .isEqualTo(Code.PICTURE_MISSING);
        assertThat(refusal(AREAS.replace("<value>B", "<value>C"), "match_correct"))
                .isEqualTo(Code.KEY_UNKNOWN_CHOICE);
        assertThat(refusal(POINT, "match_correct")).isEqualTo(Code.SCORING_UNSUPPORTED);
        assertThat(
                        refusal(
                                POINT.replace("baseType=\"point\"", "baseType=\"string\""),
                                "map_response_point"))
                .isEqualTo(Code.RESPONSE_KIND);
    }
}
