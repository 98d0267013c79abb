package io.invigil.hub.marking;

import io.invigil.exam.file.FileValue;
import io.invigil.exam.paper.FileUpload;
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
 * @param files what was handed in, each a blob of the room
 * @param maximum the item's maximum less what its key gives
 */
public record WrittenAnswer(
        Item item,
        String text,
        boolean onPaper,
        List<OnPicture> pictures,
        List<FileValue> files,
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
        List<FileValue> files =
                item.interactions().stream()
                        .filter(FileUpload.class::isInstance)
                        .map(i -> response.getOrDefault(i.responseIdentifier(), List.of()))
                        .flatMap(List::stream)
                        .flatMap(value -> FileValue.parse(value).stream())
                        .toList();
        return new WrittenAnswer(item, text, onPaper, pictures, files, maximum, mark);
    }

    public boolean isEmpty() {
        return text.isEmpty() && pictures.isEmpty() && files.isEmpty();
    }
}
