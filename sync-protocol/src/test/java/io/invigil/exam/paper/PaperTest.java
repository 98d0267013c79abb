package io.invigil.exam.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaperTest {
    private final Paper paper = SamplePaper.paper();

    @Test
    void aPaperSurvivesItsJson() {
        byte[] json = PaperCodec.encode(paper);

        assertThat(PaperCodec.decode(json)).contains(paper);
        assertThat(PaperCodec.encode(PaperCodec.decode(json).orElseThrow())).isEqualTo(json);
    }

    @Test
    void aKeySurvivesItsJson() {
        AnswerKey key = SamplePaper.key();

        assertThat(PaperCodec.decodeKey(PaperCodec.encodeKey(key))).contains(key);
    }

    // XSP-331
    @Test
    void thePapersJsonHoldsNoKey() {
        String json = new String(PaperCodec.encode(paper), StandardCharsets.UTF_8);

        assertThat(json).doesNotContain("correct", "mapping", "Firewall", "防火墙");
    }

    // XSP-380
    @Test
    void refusesAPaperWithUnsafeMarkup() {
        String json =
                new String(PaperCodec.encode(paper), StandardCharsets.UTF_8)
                        .replace("论述零信任。", "<script>alert(1)</script>");

        assertThat(PaperCodec.decode(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    // XSP-380
    @Test
    void refusesAnInteractionOfAnUnknownKind() {
        String json =
                new String(PaperCodec.encode(paper), StandardCharsets.UTF_8)
                        .replace("\"extended-text\"", "\"hologram\"");

        assertThat(PaperCodec.decode(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void refusesAnItemWhoseInteractionHasNoPlace() {
        Item item = SamplePaper.single();

        assertThatThrownBy(
                        () ->
                                new Item(
                                        "X",
                                        "",
                                        Xhtml.ofText("no place"),
                                        item.interactions(),
                                        BigDecimal.ONE,
                                        true))
                .hasMessageContaining("place");
    }

    @Test
    void textThatLooksLikeAPlaceholderIsNone() {
        Xhtml text = Xhtml.ofText("<div data-interaction=\"RESPONSE\"></div>");

        assertThat(ItemBody.placesExactly(text, List.of())).isTrue();
    }

    @Test
    void refusesAnItemThatShowsAMissingPicture() {
        assertThatThrownBy(
                        () ->
                                new Paper(
                                        "P",
                                        "",
                                        "",
                                        List.of(
                                                new Paper.Section(
                                                        "S",
                                                        "",
                                                        "",
                                                        Xhtml.EMPTY,
                                                        false,
                                                        List.of(SamplePaper.single()))),
                                        List.of()))
                .hasMessageContaining("asset");
    }

    @Test
    void refusesMoreThanTheMostItems() {
        assertThat(paperOf(Paper.ITEMS_MAX).items()).hasSize(Paper.ITEMS_MAX);
        assertThatThrownBy(() -> paperOf(Paper.ITEMS_MAX + 1)).hasMessageContaining("items");
    }

    @Test
    void rendersInteractionsAndPicturesInTheirPlaces() {
        String html =
                ItemBody.render(
                        SamplePaper.single(),
                        interaction -> "[" + interaction.responseIdentifier() + " $1]",
                        name -> "/a?n=" + name + "&x=\"");

        assertThat(html)
                .contains("[RESPONSE $1]")
                .contains("src=\"/a?n=topology.png&amp;x=&quot;\"")
                .doesNotContain("data-interaction", "asset:");
    }

    // XSP-383
    @Test
    void theSameSeedGivesTheSameOrderAndEachSittingItsOwn() {
        Paper.Section section = paper.sections().getFirst();
        long orders =
                IntStream.range(0, 50)
                        .mapToObj(seed -> PresentationOrder.items(section, seed))
                        .distinct()
                        .count();

        assertThat(orders).isEqualTo(6);
        assertThat(PresentationOrder.items(section, 7))
                .isEqualTo(PresentationOrder.items(section, 7))
                .containsExactlyInAnyOrderElementsOf(section.items());
        assertThat(PresentationOrder.items(paper.sections().getLast(), 7))
                .isEqualTo(paper.sections().getLast().items());
    }

    // XSP-383
    @Test
    void fixedOptionsKeepTheirPlace() {
        var choice =
                new Interaction.Choice(
                        "RESPONSE",
                        Xhtml.EMPTY,
                        Cardinality.SINGLE,
                        true,
                        0,
                        1,
                        List.of(
                                new Interaction.Option("A", Xhtml.ofText("a"), false),
                                new Interaction.Option("B", Xhtml.ofText("b"), false),
                                new Interaction.Option("N", Xhtml.ofText("以上都不对"), true)));
        Item item = SamplePaper.item("Q", "<p>?</p>", choice, "1", true);

        for (long seed = 0; seed < 20; seed++) {
            assertThat(PresentationOrder.options(item, choice, seed).getLast().id()).isEqualTo("N");
        }
    }

    @Test
    void sumsTheMaxima() {
        assertThat(paper.maximum()).isEqualByComparingTo("19");
    }

    private static Paper paperOf(int items) {
        return new Paper(
                "P",
                "",
                "",
                List.of(
                        new Paper.Section(
                                "S",
                                "",
                                "",
                                Xhtml.EMPTY,
                                false,
                                IntStream.range(0, items)
                                        .mapToObj(
                                                i ->
                                                        SamplePaper.item(
                                                                "Q" + i,
                                                                "<p>?</p>",
                                                                SamplePaper.choice(
                                                                        Cardinality.SINGLE,
                                                                        false,
                                                                        1,
                                                                        "A",
                                                                        "B"),
                                                                "1",
                                                                true))
                                        .toList())),
                List.of());
    }
}
