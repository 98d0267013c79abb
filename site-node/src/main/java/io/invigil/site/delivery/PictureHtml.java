package io.invigil.site.delivery;

import static io.invigil.site.delivery.ItemHtml.attribute;
import static io.invigil.site.delivery.ItemHtml.escape;

import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.ItemBody;
import io.invigil.exam.paper.PictureInteraction;
import io.invigil.exam.paper.PictureInteraction.Surface;
import io.invigil.exam.paper.PictureMarks;
import java.util.function.Function;

/**
 * Answers on a picture as controls of a page. Areas are ordinary boxes beside the picture, which
 * answers to the mouse as well; points and strokes are set on a picture that takes the keyboard:
 * arrows move a cross, space sets or lifts. Pure, thread-safe.
 */
final class PictureHtml {
    private final Function<String, String> assetUrl;
    private final Words words;

    /**
     * Words in the candidate's language.
     *
     * @param region with {@code {0}} for its number
     * @param placed with {@code {0}} for how many points or strokes there are
     * @param position with {@code {0}} and {@code {1}} for x and y
     */
    record Words(
            String answer,
            String chooseAtMost,
            String region,
            String pointHelp,
            String drawHelp,
            String undo,
            String clear,
            String placed,
            String position,
            String penDown,
            String penUp,
            String full) {}

    PictureHtml(Function<String, String> assetUrl, Words words) {
        this.assetUrl = assetUrl;
        this.words = words;
    }

    String control(Item item, PictureInteraction interaction) {
        return switch (interaction) {
            case PictureInteraction.Hotspots spots -> hotspots(item, spots);
            case PictureInteraction.SelectPoint points ->
                    surface(item, points, "points", points.maxChoices(), words.pointHelp());
            case PictureInteraction.Drawing drawing ->
                    surface(
                            item,
                            drawing,
                            "strokes",
                            PictureInteraction.STROKES_MAX,
                            words.drawHelp());
        };
    }

    private String hotspots(Item item, PictureInteraction.Hotspots spots) {
        String name = item.id() + "/" + spots.responseIdentifier();
        boolean single = spots.maxChoices() == 1;
        StringBuilder areas = new StringBuilder();
        StringBuilder boxes = new StringBuilder();
        int number = 1;
        for (PictureInteraction.Spot spot : spots.spots()) {
            String id = name + "/" + spot.id();
            areas.append(
                    PictureMarks.area(spot.area(), spots.surface(), attribute("data-spot", id)));
            areas.append(PictureMarks.number(number, spot.area(), spots.surface()));
            String said = words.region().replace("{0}", Integer.toString(number++));
            boxes.append("<label class=\"choice\"><input type=\"")
                    .append(single ? "radio" : "checkbox")
                    .append('"')
                    .append(attribute("id", id))
                    .append(attribute("name", name))
                    .append(attribute("value", spot.id()))
                    .append(response(spots))
                    .append("><span class=\"choice-text\">")
                    .append(escape(spot.label().isEmpty() ? said : said + " · " + spot.label()))
                    .append("</span></label>");
        }
        StringBuilder html = new StringBuilder("<fieldset class=\"choices hotspots\"");
        if (!single && spots.maxChoices() > 0) {
            html.append(attribute("data-choices-max", Integer.toString(spots.maxChoices())));
        }
        html.append("><legend>").append(prompt(spots)).append("</legend>");
        if (!single && spots.maxChoices() > 0) {
            String most = words.chooseAtMost().replace("{0}", "" + spots.maxChoices());
            html.append("<p class=\"hint\">").append(escape(most)).append("</p>");
        }
        return html.append(picture(spots.surface(), " aria-hidden=\"true\"", areas.toString()))
                .append("<div class=\"spot-list\">")
                .append(boxes)
                .append("</div></fieldset>")
                .toString();
    }

    private String surface(
            Item item, PictureInteraction interaction, String kind, int most, String help) {
        String id = item.id() + "/" + interaction.responseIdentifier();
        String svg =
                " tabindex=\"0\" role=\"application\""
                        + attribute("aria-labelledby", id + "/prompt")
                        + attribute("aria-describedby", id + "/help");
        return "<div class=\"picture-answer\""
                + attribute("data-surface", interaction.responseIdentifier())
                + attribute("data-kind", kind)
                + attribute("data-most", Integer.toString(most))
                + attribute("data-radius", "" + PictureMarks.radius(interaction.surface()))
                + attribute("data-placed", words.placed())
                + attribute("data-position", words.position())
                + attribute("data-pen-down", words.penDown())
                + attribute("data-pen-up", words.penUp())
                + attribute("data-full", words.full())
                + "><div"
                + attribute("id", id + "/prompt")
                + ">"
                + prompt(interaction)
                + "</div>"
                + picture(interaction.surface(), svg, "")
                + "<p class=\"hint\""
                + attribute("id", id + "/help")
                + ">"
                + escape(help)
                + "</p><p class=\"row row-apart\"><span class=\"buttons\">"
                + button("undo", words.undo())
                + button("clear", words.clear())
                + "</span><output class=\"surface-said hint\" aria-live=\"polite\"></output></p>"
                + "</div>";
    }

    private static String button(String action, String label) {
        return "<button type=\"button\" class=\"button button-small button-second\""
                + attribute("data-surface-do", action)
                + ">"
                + escape(label)
                + "</button>";
    }

    private String picture(Surface surface, String attributes, String inside) {
        return PictureMarks.surface(surface, assetUrl.apply(surface.asset()), attributes, inside);
    }

    private String prompt(PictureInteraction interaction) {
        return interaction.prompt().isEmpty()
                ? "<span class=\"visually-hidden\">" + escape(words.answer()) + "</span>"
                : ItemBody.withAssets(interaction.prompt(), assetUrl);
    }

    private static String response(Interaction interaction) {
        return attribute("data-response", interaction.responseIdentifier());
    }
}
