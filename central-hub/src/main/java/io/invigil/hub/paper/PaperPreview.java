package io.invigil.hub.paper;

import gg.jte.Content;
import io.invigil.appliance.i18n.Texts;
import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.AnswerKey.ResponseKey;
import io.invigil.exam.paper.Area;
import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.ItemBody;
import io.invigil.exam.paper.MediaClip;
import io.invigil.exam.paper.PictureInteraction;
import io.invigil.exam.paper.PictureMarks;
import io.invigil.exam.paper.Xhtml;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A paper as staff see it before it is sat: every item as candidates will see it, the right answers
 * marked. Markup comes from the paper model alone, which is sanitised; all else is escaped here.
 */
public final class PaperPreview {
    private final Texts texts;
    private final PaperContent content;
    private final UnaryOperator<String> pictures;

    PaperPreview(Texts texts, PaperContent content, UnaryOperator<String> pictures) {
        this.texts = texts;
        this.content = content;
        this.pictures = pictures;
    }

    /** An item's body with its interactions in place. */
    public Content item(Item item) {
        Optional<AnswerKey.ItemKey> key = content.key().item(item.id());
        String html =
                ItemBody.render(
                        item,
                        interaction ->
                                interaction(
                                        interaction,
                                        key.flatMap(
                                                k ->
                                                        Optional.ofNullable(
                                                                k.responses()
                                                                        .get(
                                                                                interaction
                                                                                        .responseIdentifier())))),
                        pictures::apply);
        return output -> output.writeContent(html);
    }

    /** A section's instructions. */
    public Content rubric(Xhtml rubric) {
        String html = ItemBody.withAssets(rubric, pictures::apply);
        return output -> output.writeContent(html);
    }

    private String interaction(Interaction interaction, Optional<ResponseKey> key) {
        return switch (interaction) {
            case Interaction.Choice choice -> choice(choice, key);
            case Interaction.TextEntry entry -> entry(key);
            case Interaction.Ordering order -> ordering(order, key);
            case Interaction.Matching match -> matching(match, key);
            case PictureInteraction picture -> onPicture(picture, key);
            case MediaClip clip ->
                    prompt(clip.prompt())
                            + (clip.video() ? "<video" : "<audio")
                            + " controls preload=\"none\" src=\""
                            + escaped(pictures.apply(clip.asset()))
                            + "\"></"
                            + (clip.video() ? "video" : "audio")
                            + "><p class=\"hint\">"
                            + escaped(texts.text("paper.preview.media", clip.maxPlays()))
                            + "</p>";
            case FileUpload upload ->
                    prompt(upload.prompt())
                            + "<p class=\"preview-written\">"
                            + escaped(
                                    texts.text(
                                            "paper.preview.upload",
                                            upload.filesMax(),
                                            upload.bytesMax() / 1024,
                                            upload.endings().replace(",", " ")))
                            + "</p>";
            case Interaction.ExtendedText text ->
                    prompt(text.prompt())
                            + "<p class=\"preview-written\">"
                            + escaped(texts.text("paper.preview.written"))
                            + "</p>";
        };
    }

    private String choice(Interaction.Choice choice, Optional<ResponseKey> key) {
        StringBuilder html = new StringBuilder(prompt(choice.prompt()));
        html.append("<ol class=\"preview-options\">");
        for (Interaction.Option option : choice.options()) {
            boolean right = key.filter(k -> k.correct().contains(option.id())).isPresent();
            html.append(right ? "<li class=\"preview-right\">" : "<li>")
                    .append("<span class=\"preview-mark\" aria-hidden=\"true\">")
                    .append(choice.single() ? "○" : "□")
                    .append("</span><div>")
                    .append(ItemBody.withAssets(option.html(), pictures::apply));
            points(key, option.id())
                    .ifPresent(
                            value ->
                                    html.append(" <span class=\"tag\">")
                                            .append(escaped(value))
                                            .append("</span>"));
            if (right) {
                html.append(" <span class=\"tag tag-good\">")
                        .append(escaped(texts.text("paper.preview.right")))
                        .append("</span>");
            }
            html.append("</div></li>");
        }
        return html.append("</ol>").toString();
    }

    /** The options in the right order, as the key has it. */
    private String ordering(Interaction.Ordering order, Optional<ResponseKey> key) {
        StringBuilder html = new StringBuilder(prompt(order.prompt()));
        html.append("<ol class=\"preview-options\">");
        List<String> right = key.map(ResponseKey::correct).orElse(List.of());
        for (String id : right) {
            order.options().stream()
                    .filter(option -> option.id().equals(id))
                    .forEach(
                            option ->
                                    html.append("<li class=\"preview-right\">")
                                            .append(shown(option))
                                            .append("</li>"));
        }
        return html.append("</ol>").toString();
    }

    /** The picture with its areas, the right ones marked, each with what it gives. */
    private String onPicture(PictureInteraction picture, Optional<ResponseKey> key) {
        StringBuilder areas = new StringBuilder();
        List<String> lines = new ArrayList<>();
        if (picture instanceof PictureInteraction.Hotspots spots) {
            for (PictureInteraction.Spot spot : spots.spots()) {
                boolean right = key.filter(k -> k.correct().contains(spot.id())).isPresent();
                String gives = points(key, spot.id()).orElse("");
                area(areas, lines, picture, spot.area(), spot.label(), right, gives);
            }
        } else {
            for (AnswerKey.MapEntry entry : key.map(k -> k.mapping().entries()).orElse(List.of())) {
                boolean right = entry.value().signum() > 0;
                String gives = (right ? "+" : "") + entry.value().toPlainString();
                area(areas, lines, picture, Area.parse(entry.key()), "", right, gives);
            }
        }
        String url = pictures.apply(picture.surface().asset());
        return prompt(picture.prompt())
                + PictureMarks.surface(
                        picture.surface(), url, " aria-hidden=\"true\"", areas.toString())
                + "<ol class=\"preview-options\">"
                + String.join("", lines)
                + "</ol>"
                + (picture.byHand()
                        ? "<p class=\"preview-written\">"
                                + escaped(texts.text("paper.preview.written"))
                                + "</p>"
                        : "");
    }

    private void area(
            StringBuilder areas,
            List<String> lines,
            PictureInteraction picture,
            Area area,
            String label,
            boolean right,
            String gives) {
        int number = lines.size() + 1;
        areas.append(PictureMarks.area(area, picture.surface(), ""))
                .append(PictureMarks.number(number, area, picture.surface()));
        String line = texts.text("paper.preview.area", number) + " " + label + " " + gives;
        lines.add(
                (right ? "<li class=\"preview-right\">" : "<li>")
                        + escaped(line.strip())
                        + (right
                                ? " <span class=\"tag tag-good\">"
                                        + escaped(texts.text("paper.preview.right"))
                                        + "</span>"
                                : "")
                        + "</li>");
    }

    /** Each source with the targets that the key gives it. */
    private String matching(Interaction.Matching match, Optional<ResponseKey> key) {
        StringBuilder html = new StringBuilder(prompt(match.prompt()));
        html.append("<ul class=\"preview-options\">");
        List<String> right =
                key.map(
                                k ->
                                        k.template() == AnswerKey.Template.MAP_RESPONSE
                                                ? k.mapping().entries().stream()
                                                        .map(AnswerKey.MapEntry::key)
                                                        .toList()
                                                : k.correct())
                        .orElse(List.of());
        for (Interaction.Option source : match.sources()) {
            html.append("<li>").append(shown(source));
            for (Interaction.Option target : match.targets()) {
                if (right.contains(source.id() + " " + target.id())) {
                    html.append(" → ").append(shown(target));
                }
            }
            html.append("</li>");
        }
        return html.append("</ul>").toString();
    }

    private String shown(Interaction.Option option) {
        return "<div>" + ItemBody.withAssets(option.html(), pictures::apply) + "</div>";
    }

    private static Optional<String> points(Optional<ResponseKey> key, String option) {
        return key.filter(k -> k.template() == AnswerKey.Template.MAP_RESPONSE)
                .flatMap(
                        k ->
                                k.mapping().entries().stream()
                                        .filter(entry -> entry.key().equals(option))
                                        .findFirst())
                .map(
                        entry ->
                                (entry.value().signum() > 0 ? "+" : "")
                                        + entry.value().toPlainString());
    }

    private String entry(Optional<ResponseKey> key) {
        List<String> accepted =
                key.map(
                                k ->
                                        k.template() == AnswerKey.Template.MAP_RESPONSE
                                                ? k.mapping().entries().stream()
                                                        .map(AnswerKey.MapEntry::key)
                                                        .toList()
                                                : k.correct())
                        .orElse(List.of());
        return "<span class=\"preview-entry\">"
                + escaped(accepted.stream().collect(Collectors.joining(" / ")))
                + "</span>";
    }

    private String prompt(Xhtml prompt) {
        return prompt.isEmpty()
                ? ""
                : "<div class=\"preview-prompt\">"
                        + ItemBody.withAssets(prompt, pictures::apply)
                        + "</div>";
    }

    private static String escaped(String text) {
        return Xhtml.ofText(text).markup();
    }

    /** Kind of an item for its tag: the first interaction's, or reading text. */
    public String kind(Item item) {
        if (item.interactions().isEmpty()) {
            return texts.text("paper.kind.reading");
        }
        Interaction first =
                item.interactions().stream()
                        .filter(Interaction::asks)
                        .findFirst()
                        .orElse(item.interactions().getFirst());
        return switch (first) {
            case Interaction.Choice choice ->
                    texts.text(choice.single() ? "paper.kind.single" : "paper.kind.multiple");
            case Interaction.TextEntry entry -> texts.text("paper.kind.entry");
            case Interaction.ExtendedText text -> texts.text("paper.kind.written");
            case Interaction.Ordering order -> texts.text("paper.kind.ordering");
            case Interaction.Matching match -> texts.text("paper.kind.matching");
            case PictureInteraction.Hotspots spots -> texts.text("paper.kind.hotspots");
            case PictureInteraction.SelectPoint points -> texts.text("paper.kind.select-point");
            case PictureInteraction.Drawing drawing -> texts.text("paper.kind.drawing");
            case FileUpload upload -> texts.text("paper.kind.upload");
            case MediaClip clip -> texts.text("paper.kind.media");
        };
    }

    /** A mark without trailing zeros. */
    public static String mark(BigDecimal mark) {
        return mark.signum() == 0 ? "0" : mark.stripTrailingZeros().toPlainString();
    }
}
