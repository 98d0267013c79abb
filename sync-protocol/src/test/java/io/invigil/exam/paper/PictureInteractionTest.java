package io.invigil.exam.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.exam.paper.AnswerKey.MapEntry;
import io.invigil.exam.paper.AnswerKey.Mapping;
import io.invigil.exam.paper.AnswerKey.ResponseKey;
import io.invigil.exam.paper.PictureInteraction.Drawing;
import io.invigil.exam.paper.PictureInteraction.Hotspots;
import io.invigil.exam.paper.PictureInteraction.SelectPoint;
import io.invigil.exam.paper.PictureInteraction.Spot;
import io.invigil.exam.paper.PictureInteraction.Surface;
import io.invigil.exam.paper.ResponseCheck.Reason;
import io.invigil.protocol.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Answers on a picture: areas, limits, scores (issue 3, part 4; QTI 2.2 map_response_point). */
class PictureInteractionTest {
    private static final Surface PICTURE = new Surface("p", "电路图", 200, 100);
    private static final Hotspots SPOTS =
            new Hotspots(
                    "R",
                    Xhtml.EMPTY,
                    PICTURE,
                    Cardinality.MULTIPLE,
                    0,
                    2,
                    List.of(spot("A", "rect 0,0,10,10"), spot("B", "circle 50,50,9")),
                    false);

    private static Spot spot(String id, String area) {
        return new Spot(id, Area.parse(area), "");
    }

    private static SelectPoint points(int most) {
        Cardinality cardinality = most == 1 ? Cardinality.SINGLE : Cardinality.MULTIPLE;
        return new SelectPoint("R", Xhtml.EMPTY, PICTURE, cardinality, 0, most, false);
    }

    private static Item item(Interaction interaction) {
        return new Item(
                "Q",
                "",
                Xhtml.sanitised(Xhtml.placeholder("R", true)).orElseThrow(),
                List.of(interaction),
                BigDecimal.TEN,
                !interaction.byHand());
    }

    private static Optional<Reason> refusal(Interaction interaction, String... values) {
        return ResponseCheck.of(item(interaction), Map.of("R", List.of(values)))
                        instanceof ResponseCheck.Refused refused
                ? Optional.of(refused.reason())
                : Optional.empty();
    }

    private static BigDecimal score(SelectPoint interaction, Mapping mapping, String... values) {
        ResponseKey key =
                ResponseKey.mapResponse(
                        BaseType.POINT, interaction.cardinality(), List.of(), mapping);
        return ObjectiveScoring.outcome(key, List.of(values), TextMatching.WIDTH_FOLDED);
    }

    @Test
    void theBorderBelongsToEveryKindOfArea() {
        assertThat(Area.parse("rect 1,2,3,4").contains(3, 4)).isTrue();
        assertThat(Area.parse("rect 1,2,3,4").contains(4, 4)).isFalse();
        assertThat(Area.parse("circle 10,10,5").contains(13, 14)).isTrue();
        assertThat(Area.parse("circle 10,10,5").contains(14, 14)).isFalse();
        assertThat(Area.parse("ellipse 10,10,6,2").contains(16, 10)).isTrue();
        assertThat(Area.parse("ellipse 10,10,6,2").contains(16, 11)).isFalse();
        Area triangle = Area.parse("poly 0,0,10,0,0,10");
        assertThat(triangle.contains(5, 5)).isTrue();
        assertThat(triangle.contains(6, 5)).isFalse();
        assertThat(triangle.contains(0, 10)).isTrue();
        assertThat(Area.parse("whole").contains(20_000, 0)).isTrue();
    }

    @Test
    void aPolygonHoldsWhatItsTrianglesHoldWhateverItsDirection() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int round = 0; round < 300; round++) {
            List<Integer> c = random.ints(6, 0, 40).boxed().toList();
            Area one = new Area(Area.Shape.POLY, c);
            Area other =
                    new Area(
                            Area.Shape.POLY,
                            List.of(c.get(4), c.get(5), c.get(2), c.get(3), c.get(0), c.get(1)));
            int x = random.nextInt(40);
            int y = random.nextInt(40);
            assertThat(one.contains(x, y)).isEqualTo(other.contains(x, y));
            assertThat(one.contains(x, y)).as(c + " " + x + " " + y).isEqualTo(sides(c, x, y));
        }
    }

    /** On the same side of all three borders, or on one of them. */
    private static boolean sides(List<Integer> c, int x, int y) {
        boolean left = true;
        boolean right = true;
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            long side =
                    (long) (c.get(2 * j) - c.get(2 * i)) * (y - c.get(2 * i + 1))
                            - (long) (c.get(2 * j + 1) - c.get(2 * i + 1)) * (x - c.get(2 * i));
            left &= side >= 0;
            right &= side <= 0;
        }
        boolean flat = left && right;
        return flat ? new Area(Area.Shape.POLY, c).contains(x, y) : left || right;
    }

    @Test
    void shapesThatAreNoneAreRefused() {
        assertThat(Area.of("rect", "5,5,1,9")).isEmpty();
        assertThat(Area.of("circle", "5,5")).isEmpty();
        assertThat(Area.of("poly", "1,1,2,2")).isEmpty();
        assertThat(Area.of("star", "1,1,2,2")).isEmpty();
        assertThat(Area.of("rect", "1,1,2,99999")).isEmpty();
        assertThat(Area.of("poly", "0,0,9,0,9,9,0,0").orElseThrow().coords()).hasSize(6);
        String corners = String.join(",", Collections.nCopies(Area.CORNERS_MAX, "1,2"));
        assertThat(Area.of("poly", corners)).isPresent();
        assertThat(Area.of("poly", corners + ",3,4")).isEmpty();
    }

    @Test
    void anAreaCountsOnceAndAPointInNoneGivesTheDefault() {
        Mapping mapping =
                Mapping.of(
                        new BigDecimal("-1"),
                        Optional.of(BigDecimal.ZERO),
                        Optional.empty(),
                        List.of(
                                new MapEntry("rect 0,0,10,10", new BigDecimal("2"), true),
                                new MapEntry("circle 50,50,9", new BigDecimal("3"), true)));
        SelectPoint many = points(0);
        assertThat(score(many, mapping, "1 1", "2 2")).isEqualByComparingTo("2");
        assertThat(score(many, mapping, "1 1", "50 41")).isEqualByComparingTo("5");
        assertThat(score(many, mapping, "1 1", "50 41", "99 99")).isEqualByComparingTo("4");
        assertThat(score(many, mapping, "99 99")).as("the lower bound").isEqualByComparingTo("0");
        assertThat(score(points(1), mapping, "1 1")).isEqualByComparingTo("2");
        assertThat(score(points(1), mapping, "1 1", "50 41")).isEqualByComparingTo("0");
    }

    @Test
    void areasAreScoredByTheirIdentifiersLikeAChoice() {
        ResponseKey key =
                ResponseKey.matchCorrect(
                        BaseType.IDENTIFIER, Cardinality.MULTIPLE, List.of("B", "A"));
        assertThat(ObjectiveScoring.outcome(key, List.of("A", "B"), TextMatching.WIDTH_FOLDED))
                .isEqualByComparingTo("1");
        AnswerKey unknown = key("C", false);
        assertThat(unknown.problemsWith(paper(SPOTS))).hasSize(1);
        assertThat(key("B", false).problemsWith(paper(SPOTS))).isEmpty();
    }

    private static AnswerKey key(String correct, boolean none) {
        ResponseKey response =
                ResponseKey.matchCorrect(
                        BaseType.IDENTIFIER, Cardinality.MULTIPLE, List.of(correct));
        return new AnswerKey(
                "P",
                Map.of(
                        "Q",
                        new AnswerKey.ItemKey(
                                BigDecimal.ONE, none ? Map.of() : Map.of("R", response))));
    }

    private static Paper paper(Interaction interaction) {
        String digest = "0".repeat(64);
        return new Paper(
                "P",
                "",
                "",
                List.of(
                        new Paper.Section(
                                "S", "", "", Xhtml.EMPTY, false, List.of(item(interaction)))),
                List.of(new Paper.Asset("p", digest, "image/png", 10)));
    }

    @Test
    void whatOnlyAForgedPageSendsIsRefusedByName() {
        assertThat(refusal(SPOTS, "A", "B")).isEmpty();
        assertThat(refusal(SPOTS, "C")).contains(Reason.RESPONSE_UNKNOWN_CHOICE);
        assertThat(refusal(SPOTS, "A", "A")).contains(Reason.RESPONSE_CHOICE_TWICE);
        assertThat(refusal(points(1), "200 100")).isEmpty();
        assertThat(refusal(points(1), "201 100")).contains(Reason.RESPONSE_OFF_PICTURE);
        assertThat(refusal(points(1), "1 1", "2 2")).contains(Reason.RESPONSE_TOO_MANY_VALUES);
        assertThat(refusal(points(1), "1.5 2")).contains(Reason.RESPONSE_OFF_PICTURE);
        String[] most =
                Collections.nCopies(PictureInteraction.POINTS_MAX, "1 1").toArray(String[]::new);
        assertThat(refusal(points(0), most)).isEmpty();
        String[] more =
                Collections.nCopies(PictureInteraction.POINTS_MAX + 1, "1 1")
                        .toArray(String[]::new);
        assertThat(refusal(points(0), more)).contains(Reason.RESPONSE_TOO_MANY_VALUES);
        Drawing drawing = new Drawing("R", Xhtml.EMPTY, PICTURE);
        assertThat(refusal(drawing, "1,1 2,2 3,3", "9,9")).isEmpty();
        assertThat(refusal(drawing, "1,1 2;2")).contains(Reason.RESPONSE_OFF_PICTURE);
        assertThat(refusal(drawing, "1,1 2,101")).contains(Reason.RESPONSE_OFF_PICTURE);
    }

    @Test
    void aDrawingIsMarkedByHandAndAPointHasAreasForAKey() {
        Drawing drawing = new Drawing("R", Xhtml.EMPTY, PICTURE);
        assertThat(drawing.byHand()).isTrue();
        assertThat(item(drawing).marksByHand()).isTrue();
        assertThatThrownBy(
                        () ->
                                ResponseKey.matchCorrect(
                                        BaseType.POINT, Cardinality.SINGLE, List.of("1 1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theKindsTravelInThePaperAndItsPictureMustBeThere() {
        for (Interaction each : List.of(SPOTS, points(1), new Drawing("R", Xhtml.EMPTY, PICTURE))) {
            Paper paper = paper(each);
            assertThat(PaperCodec.decode(PaperCodec.encode(paper))).contains(paper);
        }
        assertThat(new String(Json.write(SPOTS.spots().getFirst().area()), StandardCharsets.UTF_8))
                .isEqualTo("\"rect 0,0,10,10\"");
        Paper paper = paper(SPOTS);
        assertThatThrownBy(() -> new Paper("P", "", "", paper.sections(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void marksAreDrawnFromNumbersAlone() {
        String html = PictureMarks.answer(points(0), "/p", List.of("10 20", "\"><script>"));
        assertThat(html).contains("cx=\"10\" cy=\"20\"").doesNotContain("script");
        assertThat(PictureMarks.answer(SPOTS, "/p", List.of("B"))).contains("<circle cx=\"50\"");
        assertThat(PictureMarks.answer(SPOTS, "/p", List.of())).doesNotContain("circle");
    }
}
