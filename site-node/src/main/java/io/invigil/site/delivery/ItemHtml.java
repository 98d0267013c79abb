package io.invigil.site.delivery;

import io.invigil.exam.paper.BaseType;
import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.ItemBody;
import io.invigil.exam.paper.MediaClip;
import io.invigil.exam.paper.PictureInteraction;
import io.invigil.exam.paper.Xhtml;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An item as controls of a page: plain radio buttons, check boxes, inputs and text areas, so that
 * keyboards and screen readers work as everywhere. Each control carries {@code data-response} with
 * the response identifier; the page's script reads and writes answers by it. Pure, thread-safe.
 */
public final class ItemHtml {
    private static final int EXPECTED_LENGTH_MAX = 60;
    private static final int LINES_DEFAULT = 8;
    private static final int LINES_MAX = 30;

    private final Function<String, String> assetUrl;
    private final Texts texts;
    private final PictureHtml pictures;
    private final FileHtml files;
    private final MediaHtml media;

    /** Words in the candidate's language. */
    public record Texts(
            String answer,
            String chooseAtMost,
            String characters,
            String up,
            String down,
            String keepOrder,
            String onPaper,
            PictureHtml.Words pictures,
            FileHtml.Words files,
            MediaHtml.Words media) {

        /** All words, each by the key of the bundles; those with places are not yet filled. */
        public static Texts of(UnaryOperator<String> text) {
            String answer = text.apply("delivery.answer");
            String most = text.apply("delivery.choose-at-most");
            return new Texts(
                    answer,
                    most,
                    text.apply("delivery.characters"),
                    text.apply("delivery.order.up"),
                    text.apply("delivery.order.down"),
                    text.apply("delivery.order.keep"),
                    text.apply("delivery.on-paper"),
                    new PictureHtml.Words(
                            answer,
                            most,
                            text.apply("delivery.picture.region"),
                            text.apply("delivery.picture.point-help"),
                            text.apply("delivery.picture.draw-help"),
                            text.apply("delivery.picture.undo"),
                            text.apply("delivery.picture.clear"),
                            text.apply("delivery.picture.placed"),
                            text.apply("delivery.picture.position"),
                            text.apply("delivery.picture.pen-down"),
                            text.apply("delivery.picture.pen-up"),
                            text.apply("delivery.picture.full")),
                    new FileHtml.Words(
                            answer,
                            text.apply("delivery.file.choose"),
                            text.apply("delivery.file.limits"),
                            text.apply("delivery.file.remove"),
                            text.apply("delivery.file.too-large"),
                            text.apply("delivery.file.too-many"),
                            text.apply("delivery.file.empty")),
                    new MediaHtml.Words(
                            text.apply("delivery.media.play"),
                            text.apply("delivery.media.stop"),
                            text.apply("delivery.media.left"),
                            text.apply("delivery.media.none"),
                            text.apply("delivery.media.playing"),
                            text.apply("delivery.media.unreachable"),
                            text.apply("delivery.media.broken")));
        }
    }

    /**
     * @param assetUrl address of a picture of the paper by its name
     * @param texts {@code chooseAtMost} holds one {@code {0}}
     */
    public ItemHtml(Function<String, String> assetUrl, Texts texts) {
        this.assetUrl = assetUrl;
        this.texts = texts;
        this.pictures = new PictureHtml(assetUrl, texts.pictures());
        this.files = new FileHtml(assetUrl, texts.files());
        this.media = new MediaHtml(assetUrl, texts.media());
    }

    /** The item's body with its controls and pictures; names of groups are unique in the page. */
    public String body(Item item) {
        return ItemBody.render(item, interaction -> control(item, interaction), assetUrl);
    }

    /** Markup that holds no control, such as a section's instructions. */
    public String rubric(Xhtml rubric) {
        return ItemBody.withAssets(rubric, assetUrl);
    }

    private String control(Item item, Interaction interaction) {
        return switch (interaction) {
            case Interaction.Choice choice -> choice(item, choice);
            case Interaction.TextEntry text -> textEntry(item, text);
            case Interaction.ExtendedText text -> extendedText(item, text);
            case Interaction.Ordering order -> ordering(order);
            case Interaction.Matching match -> matching(item, match);
            case PictureInteraction picture -> pictures.control(item, picture);
            case FileUpload upload -> files.control(item, upload);
            case MediaClip clip -> media.control(item, clip);
        };
    }

    private String choice(Item item, Interaction.Choice choice) {
        String name = item.id() + "/" + choice.responseIdentifier();
        String type = choice.single() ? "radio" : "checkbox";
        StringBuilder html = new StringBuilder("<fieldset class=\"choices\"");
        if (!choice.single() && choice.maxChoices() > 0) {
            html.append(" data-choices-max=\"").append(choice.maxChoices()).append('"');
        }
        html.append("><legend>");
        if (choice.prompt().isEmpty()) {
            html.append("<span class=\"visually-hidden\">")
                    .append(escape(texts.answer()))
                    .append("</span>");
        } else {
            html.append(ItemBody.withAssets(choice.prompt(), assetUrl));
        }
        html.append("</legend>");
        if (!choice.single() && choice.maxChoices() > 0) {
            String most =
                    texts.chooseAtMost().replace("{0}", Integer.toString(choice.maxChoices()));
            html.append("<p class=\"hint\">").append(escape(most)).append("</p>");
        }
        for (Interaction.Option option : choice.options()) {
            html.append("<label class=\"choice\"><input type=\"")
                    .append(type)
                    .append("\" name=\"")
                    .append(escape(name))
                    .append("\" value=\"")
                    .append(escape(option.id()))
                    .append('"')
                    .append(response(choice))
                    .append("><span class=\"choice-text\">")
                    .append(ItemBody.withAssets(option.html(), assetUrl))
                    .append("</span></label>");
        }
        return html.append("</fieldset>").toString();
    }

    /** A list whose entries move up and down by buttons; the script keeps the hidden values. */
    private String ordering(Interaction.Ordering order) {
        StringBuilder html = new StringBuilder("<fieldset class=\"ordering\"");
        html.append(attribute("data-order", order.responseIdentifier())).append("><legend>");
        html.append(
                order.prompt().isEmpty()
                        ? "<span class=\"visually-hidden\">" + escape(texts.answer()) + "</span>"
                        : ItemBody.withAssets(order.prompt(), assetUrl));
        html.append("</legend><ol>");
        for (Interaction.Option option : order.options()) {
            html.append("<li")
                    .append(attribute("data-value", option.id()))
                    .append("><span class=\"order-text\">")
                    .append(ItemBody.withAssets(option.html(), assetUrl))
                    .append("</span><span class=\"order-moves\">")
                    .append(move("up", "↑", texts.up()))
                    .append(move("down", "↓", texts.down()))
                    .append("</span></li>");
        }
        return html.append("</ol><button type=\"button\" class=\"button button-small")
                .append(" button-second\" data-order-keep>")
                .append(escape(texts.keepOrder()))
                .append("</button></fieldset>")
                .toString();
    }

    private static String move(String way, String sign, String label) {
        return "<button type=\"button\" class=\"button button-small button-second\""
                + attribute("data-move", way)
                + attribute("aria-label", label)
                + ">"
                + sign
                + "</button>";
    }

    /** A table of sources, each with a list of the targets to choose from. */
    private String matching(Item item, Interaction.Matching match) {
        StringBuilder html = new StringBuilder("<fieldset class=\"matching\"><legend>");
        html.append(
                match.prompt().isEmpty()
                        ? "<span class=\"visually-hidden\">" + escape(texts.answer()) + "</span>"
                        : ItemBody.withAssets(match.prompt(), assetUrl));
        html.append("</legend><ol class=\"match-targets\" type=\"A\">");
        match.targets()
                .forEach(
                        target ->
                                html.append("<li>")
                                        .append(ItemBody.withAssets(target.html(), assetUrl))
                                        .append("</li>"));
        html.append("</ol>");
        for (Interaction.Option source : match.sources()) {
            String id = item.id() + "/" + match.responseIdentifier() + "/" + source.id();
            html.append("<div class=\"match-row\"><label")
                    .append(attribute("for", id))
                    .append(">")
                    .append(ItemBody.withAssets(source.html(), assetUrl))
                    .append("</label><select")
                    .append(attribute("id", id))
                    .append(attribute("data-source", source.id()))
                    .append(response(match))
                    .append("><option value=\"\">–</option>");
            int at = 0;
            for (Interaction.Option target : match.targets()) {
                html.append("<option")
                        .append(attribute("value", source.id() + " " + target.id()))
                        .append(">")
                        .append(letter(at++))
                        .append("</option>");
            }
            html.append("</select></div>");
        }
        return html.append("</fieldset>").toString();
    }

    /** As an ordered list of type A counts: A … Z, AA … */
    private static String letter(int at) {
        String last = String.valueOf((char) ('A' + at % 26));
        return at < 26 ? last : letter(at / 26 - 1) + last;
    }

    private String textEntry(Item item, Interaction.TextEntry text) {
        int width = Math.clamp(text.expectedLength(), 0, EXPECTED_LENGTH_MAX);
        String keyboard =
                text.baseType() == BaseType.INTEGER
                        ? " inputmode=\"numeric\""
                        : text.baseType() == BaseType.FLOAT ? " inputmode=\"decimal\"" : "";
        return "<input class=\"text-entry\" type=\"text\" autocomplete=\"off\""
                + " autocapitalize=\"off\" spellcheck=\"false\""
                + keyboard
                + attribute("name", item.id() + "/" + text.responseIdentifier())
                + attribute("aria-label", texts.answer())
                + attribute("maxlength", Integer.toString(text.maxChars()))
                + (width > 0 ? attribute("size", Integer.toString(width)) : "")
                + (text.placeholder().isEmpty() ? "" : attribute("placeholder", text.placeholder()))
                + response(text)
                + ">";
    }

    private String extendedText(Item item, Interaction.ExtendedText text) {
        String id = item.id() + "/" + text.responseIdentifier();
        int lines =
                text.expectedLines() > 0
                        ? Math.min(text.expectedLines(), LINES_MAX)
                        : LINES_DEFAULT;
        String label =
                text.prompt().isEmpty()
                        ? escape(texts.answer())
                        : ItemBody.withAssets(text.prompt(), assetUrl);
        return "<div class=\"extended-text\"><label"
                + attribute("for", id)
                + ">"
                + label
                + "</label><textarea spellcheck=\"false\" autocomplete=\"off\""
                + attribute("id", id)
                + attribute("name", id)
                + attribute("rows", Integer.toString(lines))
                + attribute("maxlength", Integer.toString(text.maxChars()))
                + response(text)
                + "></textarea><p class=\"hint row row-apart\"><button type=\"button\""
                + " class=\"button button-small button-second\""
                + attribute("data-on-paper", id)
                + attribute("data-text", Interaction.ON_PAPER)
                + ">"
                + escape(texts.onPaper())
                + "</button><span><output data-count-for=\""
                + escape(id)
                + "\">0</output> / "
                + text.maxChars()
                + " "
                + escape(texts.characters())
                + "</span></p></div>";
    }

    private static String response(Interaction interaction) {
        return attribute("data-response", interaction.responseIdentifier());
    }

    static String attribute(String name, String value) {
        return " " + name + "=\"" + escape(value) + "\"";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
