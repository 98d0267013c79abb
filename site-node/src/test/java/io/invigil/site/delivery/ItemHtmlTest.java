package io.invigil.site.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.paper.BaseType;
import io.invigil.exam.paper.Cardinality;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.Xhtml;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemHtmlTest {
    private final ItemHtml html =
            new ItemHtml(
                    name -> "/exam/assets/" + name + "?a=1&b=2",
                    ItemHtml.Texts.of(ItemHtmlTest::word));

    private static String word(String key) {
        return switch (key) {
            case "delivery.answer" -> "作答 <1>";
            case "delivery.choose-at-most" -> "最多选 {0} 项";
            case "delivery.characters" -> "字";
            case "delivery.order.up" -> "上移";
            case "delivery.order.keep" -> "就按这个顺序作答";
            case "delivery.on-paper" -> "在纸上作答";
            default -> key;
        };
    }

    @Test
    void singleChoiceBecomesRadioButtonsOfOneGroup() {
        String body = html.body(item(choice(Cardinality.SINGLE, 1)));

        assertThat(body)
                .contains("type=\"radio\" name=\"Q1/R\" value=\"A\" data-response=\"R\"")
                .contains("type=\"radio\" name=\"Q1/R\" value=\"B\" data-response=\"R\"")
                .doesNotContain("data-choices-max");
    }

    @Test
    void multipleChoiceSaysHowManyMayBeTicked() {
        String body = html.body(item(choice(Cardinality.MULTIPLE, 2)));

        assertThat(body)
                .contains("type=\"checkbox\"")
                .contains("data-choices-max=\"2\"")
                .contains("最多选 2 项");
    }

    @Test
    void textEntryTakesTheLengthAndTheNumericKeyboardFromThePaper() {
        var entry = new Interaction.TextEntry("R", BaseType.INTEGER, 4, 10, "", "如 \"12\"");

        assertThat(html.body(item(entry)))
                .contains("inputmode=\"numeric\"")
                .contains("maxlength=\"10\"")
                .contains("size=\"4\"")
                .contains("placeholder=\"如 &quot;12&quot;\"");
    }

    @Test
    void extendedTextCountsCharactersBesideItsLimit() {
        var text = new Interaction.ExtendedText("R", Xhtml.ofText("说明"), 6, 500);

        assertThat(html.body(item(text)))
                .contains("<label for=\"Q1/R\">说明</label>")
                .contains("rows=\"6\"")
                .contains("data-count-for=\"Q1/R\"")
                .contains("/ 500 字");
    }

    @Test
    void orderingAndMatchingCarryTheirIdentifiersAndNoKey() {
        List<Interaction.Option> options = choice(Cardinality.MULTIPLE, 2).options();
        var order = new Interaction.Ordering("R", Xhtml.EMPTY, false, options);
        assertThat(html.body(item(order)))
                .contains("data-order=\"R\"", "data-value=\"A\"", "data-move=\"up\"")
                .contains("aria-label=\"上移\"");
        var match = new Interaction.Matching("R", Xhtml.EMPTY, false, options, options);
        assertThat(html.body(item(match)))
                .contains("data-source=\"A\"", "value=\"A B\"")
                .contains("<label for=\"Q1/R/A\">");
    }

    @Test
    void wordsAndAddressesAreEscaped() {
        Interaction.Choice choice =
                new Interaction.Choice(
                        "R",
                        Xhtml.EMPTY,
                        Cardinality.SINGLE,
                        false,
                        0,
                        1,
                        List.of(
                                new Interaction.Option(
                                        "A",
                                        Xhtml.sanitised("<img src=\"asset:p.png\" alt=\"\"/>")
                                                .orElseThrow(),
                                        false)));

        assertThat(html.body(item(choice)))
                .contains("作答 &lt;1&gt;")
                .contains("src=\"/exam/assets/p.png?a=1&amp;b=2\"");
    }

    private static Interaction.Choice choice(Cardinality cardinality, int most) {
        return new Interaction.Choice(
                "R",
                Xhtml.ofText("选"),
                cardinality,
                false,
                0,
                most,
                List.of(
                        new Interaction.Option("A", Xhtml.ofText("甲"), false),
                        new Interaction.Option("B", Xhtml.ofText("乙"), false)));
    }

    private static Item item(Interaction interaction) {
        String body = "<p>题</p>" + Xhtml.placeholder("R", true);
        return new Item(
                "Q1",
                "",
                Xhtml.sanitised(body).orElseThrow(),
                List.of(interaction),
                BigDecimal.ONE,
                !(interaction instanceof Interaction.ExtendedText));
    }
}
