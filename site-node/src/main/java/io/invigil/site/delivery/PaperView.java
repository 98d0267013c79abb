package io.invigil.site.delivery;

import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.MediaClip;
import io.invigil.exam.paper.Paper;
import io.invigil.exam.paper.PictureInteraction;
import io.invigil.exam.paper.PresentationOrder;
import io.invigil.exam.paper.Xhtml;
import java.math.BigDecimal;
import java.util.List;

/**
 * A paper in the order in which one sitting sees it; JSON of {@code GET /api/exam/paper}. No key is
 * in it. The markup is that of {@link Xhtml}: sanitised, with a place for each interaction.
 */
public record PaperView(String paper, String titleZh, String titleEn, List<Section> sections) {

    public record Section(
            String id, String titleZh, String titleEn, Xhtml rubric, List<ItemView> items) {}

    /**
     * @param number shown to the candidate, counting items that ask something; 0 for a reading text
     */
    public record ItemView(
            String id,
            int number,
            String title,
            Xhtml body,
            List<Interaction> interactions,
            BigDecimal maximum) {}

    /**
     * @param seed of the fact that started the sitting
     */
    public static PaperView of(Paper paper, long seed) {
        int[] number = {0};
        return new PaperView(
                paper.id(),
                paper.titleZh(),
                paper.titleEn(),
                paper.sections().stream()
                        .map(
                                section ->
                                        new Section(
                                                section.id(),
                                                section.titleZh(),
                                                section.titleEn(),
                                                section.rubric(),
                                                PresentationOrder.items(section, seed).stream()
                                                        .map(item -> item(item, seed, number))
                                                        .toList()))
                        .toList());
    }

    private static ItemView item(Item item, long seed, int[] number) {
        List<Interaction> interactions =
                item.interactions().stream()
                        .map(interaction -> ordered(item, interaction, seed))
                        .toList();
        return new ItemView(
                item.id(),
                item.informational() ? 0 : ++number[0],
                item.title(),
                item.body(),
                interactions,
                item.maximum());
    }

    private static Interaction ordered(Item item, Interaction interaction, long seed) {
        return switch (interaction) {
            case Interaction.Choice choice ->
                    new Interaction.Choice(
                            choice.responseIdentifier(),
                            choice.prompt(),
                            choice.cardinality(),
                            false,
                            choice.minChoices(),
                            choice.maxChoices(),
                            PresentationOrder.options(item, choice, seed));
            case Interaction.TextEntry text -> text;
            case Interaction.ExtendedText text -> text;
            case PictureInteraction picture -> picture;
            case FileUpload upload -> upload;
            case MediaClip clip -> clip;
            case Interaction.Ordering order ->
                    new Interaction.Ordering(
                            order.responseIdentifier(),
                            order.prompt(),
                            false,
                            PresentationOrder.options(item, order, seed));
            case Interaction.Matching match ->
                    new Interaction.Matching(
                            match.responseIdentifier(),
                            match.prompt(),
                            false,
                            PresentationOrder.sources(item, match, seed),
                            PresentationOrder.targets(item, match, seed));
        };
    }
}
