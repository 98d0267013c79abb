package io.invigil.exam.paper;

import io.invigil.exam.file.FileValue;
import io.invigil.protocol.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Whether a response may be saved. What a candidate can produce by using the page passes, also half
 * done (too few choices, a word where a number belongs): nothing typed is lost. What only a broken
 * or forged page sends is refused with a reason. Pure.
 */
public sealed interface ResponseCheck {
    /** A response as JSON is at most this long, so that its fact fits a record. */
    int RESPONSE_BYTES_MAX = 40 * 1024;

    record Accepted() implements ResponseCheck {}

    /**
     * @param responseIdentifier the variable concerned, empty text when the whole response is
     */
    record Refused(Reason reason, String responseIdentifier) implements ResponseCheck {}

    /** Stable codes. */
    enum Reason {
        RESPONSE_UNKNOWN_ITEM,
        RESPONSE_UNKNOWN_IDENTIFIER,
        RESPONSE_UNKNOWN_CHOICE,
        RESPONSE_CHOICE_TWICE,
        RESPONSE_TOO_MANY_VALUES,
        RESPONSE_TEXT_TOO_LONG,
        RESPONSE_BAD_CHARACTERS,
        RESPONSE_OFF_PICTURE,
        RESPONSE_FILE_MALFORMED,
        RESPONSE_TOO_LARGE
    }

    /** Checks a response to the item of that id in the paper. */
    static ResponseCheck of(Paper paper, String itemId, Map<String, List<String>> response) {
        Optional<Item> item = paper.item(itemId);
        return item.isPresent()
                ? of(item.get(), response)
                : new Refused(Reason.RESPONSE_UNKNOWN_ITEM, "");
    }

    /** Checks a response to an item. */
    static ResponseCheck of(Item item, Map<String, List<String>> response) {
        for (var entry : response.entrySet()) {
            Optional<Interaction> interaction = item.interaction(entry.getKey());
            if (interaction.isEmpty()) {
                return new Refused(Reason.RESPONSE_UNKNOWN_IDENTIFIER, "");
            }
            Optional<Reason> reason =
                    switch (interaction.get()) {
                        case Interaction.Choice choice -> choice(choice, entry.getValue());
                        case Interaction.TextEntry text -> text(text.maxChars(), entry.getValue());
                        case Interaction.ExtendedText text ->
                                text(text.maxChars(), entry.getValue());
                        case Interaction.Ordering order ->
                                among(
                                        order.options().size(),
                                        order.options().stream()
                                                        .map(Interaction.Option::id)
                                                        .collect(Collectors.toSet())
                                                ::contains,
                                        value -> value,
                                        entry.getValue());
                        case Interaction.Matching match ->
                                among(
                                        match.sources().size(),
                                        match::isPair,
                                        Interaction.Matching::source,
                                        entry.getValue());
                        case PictureInteraction picture ->
                                PictureCheck.of(picture, entry.getValue());
                        case FileUpload upload -> files(upload, entry.getValue());
                        case MediaClip clip -> Optional.of(Reason.RESPONSE_UNKNOWN_IDENTIFIER);
                    };
            if (reason.isPresent()) {
                return new Refused(reason.get(), entry.getKey());
            }
        }
        if (Json.write(response).length > RESPONSE_BYTES_MAX) {
            return new Refused(Reason.RESPONSE_TOO_LARGE, "");
        }
        return new Accepted();
    }

    /** Whether the page should point at the response as not complete or not of the form asked. */
    static boolean looksIncomplete(Item item, Map<String, List<String>> response) {
        return item.interactions().stream()
                .filter(Interaction::asks)
                .anyMatch(
                        interaction -> {
                            List<String> values =
                                    response
                                            .getOrDefault(
                                                    interaction.responseIdentifier(), List.of())
                                            .stream()
                                            .filter(value -> !value.isBlank())
                                            .toList();
                            return values.isEmpty()
                                    || interaction instanceof Interaction.Choice choice
                                            && values.size() < choice.minChoices()
                                    || interaction instanceof PictureInteraction.Hotspots spots
                                            && values.size() < spots.minChoices()
                                    || interaction instanceof PictureInteraction.SelectPoint point
                                            && values.size() < point.minChoices()
                                    || interaction instanceof Interaction.Matching match
                                            && values.size() < match.sources().size()
                                    || Numbers.isNumeric(interaction.baseType())
                                            && Numbers.parse(
                                                            interaction.baseType(),
                                                            TextMatching.WIDTH_FOLDED.comparable(
                                                                    values.getFirst()))
                                                    .isEmpty();
                        });
    }

    private static Optional<Reason> choice(Interaction.Choice choice, List<String> values) {
        int most = choice.maxChoices() == 0 ? choice.options().size() : choice.maxChoices();
        if (values.size() > most) {
            return Optional.of(Reason.RESPONSE_TOO_MANY_VALUES);
        }
        var seen = new HashSet<String>();
        for (String value : values) {
            if (choice.options().stream().noneMatch(option -> option.id().equals(value))) {
                return Optional.of(Reason.RESPONSE_UNKNOWN_CHOICE);
            }
            if (!seen.add(value)) {
                return Optional.of(Reason.RESPONSE_CHOICE_TWICE);
            }
        }
        return Optional.empty();
    }

    /** Known values only, and no two that say something of the same thing. */
    static Optional<Reason> among(
            int most, Predicate<String> known, UnaryOperator<String> about, List<String> values) {
        if (values.size() > most) {
            return Optional.of(Reason.RESPONSE_TOO_MANY_VALUES);
        }
        var seen = new HashSet<String>();
        for (String value : values) {
            if (!known.test(value)) {
                return Optional.of(Reason.RESPONSE_UNKNOWN_CHOICE);
            }
            if (!seen.add(about.apply(value))) {
                return Optional.of(Reason.RESPONSE_CHOICE_TWICE);
            }
        }
        return Optional.empty();
    }

    private static Optional<Reason> files(FileUpload upload, List<String> values) {
        return values.stream().allMatch(upload::takes)
                ? among(upload.filesMax(), value -> true, FileUpload::digest, values)
                : Optional.of(Reason.RESPONSE_FILE_MALFORMED);
    }

    private static Optional<Reason> text(int maxChars, List<String> values) {
        if (values.size() > 1) {
            return Optional.of(Reason.RESPONSE_TOO_MANY_VALUES);
        }
        for (String value : values) {
            if (value.length() > maxChars) {
                return Optional.of(Reason.RESPONSE_TEXT_TOO_LONG);
            }
            if (value.codePoints().anyMatch(ResponseCheck::isBad)
                    || FileValue.looksLikeOne(value)) {
                return Optional.of(Reason.RESPONSE_BAD_CHARACTERS);
            }
        }
        return Optional.empty();
    }

    /** Lone surrogates have no UTF-8 form; control characters are never typed. */
    private static boolean isBad(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                || Character.isISOControl(point) && point != '\n' && point != '\r' && point != '\t';
    }
}
