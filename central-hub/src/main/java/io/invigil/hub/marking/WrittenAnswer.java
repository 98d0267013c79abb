package io.invigil.hub.marking;

import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.PictureInteraction;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A part of a handed-in sitting that a person marks.
 *
 * @param text what the candidate wrote, empty when nothing
 * @param onPaper whether a box says that the answer is on paper (source 000, step 7: 已线下作答)
 * @param pictures what was set or drawn, pictures without answer left out
 * @param maximum the item's maximum less what its key gives
 */
public record WrittenAnswer(
        Item item,
        String text,
        boolean onPaper,
        List<OnPicture> pictures,
        BigDecimal maximum,
        Optional<TextMark> mark) {

    /** An answer on a picture of the paper. */
    public record OnPicture(PictureInteraction picture, List<String> values) {}

    /** From a response; its parts that a machine scores are left out. */
    static WrittenAnswer of(
            Item item,
            Map<String, List<String>> response,
            BigDecimal maximum,
            Optional<TextMark> mark) {
        List<List<String>> texts =
                item.interactions().stream()
                        .filter(Interaction.ExtendedText.class::isInstance)
                        .map(i -> response.getOrDefault(i.responseIdentifier(), List.of()))
                        .toList();
        String text =
                texts.stream()
                        .map(values -> String.join("\n", values))
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.joining("\n\n"));
        List<OnPicture> pictures =
                item.interactions().stream()
                        .filter(Interaction::byHand)
                        .filter(PictureInteraction.class::isInstance)
                        .map(PictureInteraction.class::cast)
                        .map(
                                picture ->
                                        new OnPicture(
                                                picture,
                                                response.getOrDefault(
                                                        picture.responseIdentifier(), List.of())))
                        .filter(answer -> !answer.values().isEmpty())
                        .toList();
        boolean onPaper = texts.stream().anyMatch(Interaction::isOnPaper);
        return new WrittenAnswer(item, text, onPaper, pictures, maximum, mark);
    }

    public boolean isEmpty() {
        return text.isEmpty() && pictures.isEmpty();
    }
}
