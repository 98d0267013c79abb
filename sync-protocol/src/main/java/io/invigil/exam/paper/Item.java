package io.invigil.exam.paper;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One item of a paper as the candidate sees it; no key inside.
 *
 * @param id QTI item identifier, unique in the paper
 * @param title may be empty
 * @param body holds exactly one placeholder for each interaction, see {@link Xhtml#placeholder}
 * @param maximum most that the item can give
 * @param objective whether a machine scores all of it
 */
public record Item(
        String id,
        String title,
        Xhtml body,
        List<Interaction> interactions,
        BigDecimal maximum,
        boolean objective) {
    public static final int INTERACTIONS_MAX = 30;
    public static final int TITLE_CHARS_MAX = 200;

    public Item {
        Identifier.checked("item", id);
        interactions = List.copyOf(interactions);
        if (title.length() > TITLE_CHARS_MAX) {
            throw new IllegalArgumentException("item title too long: " + id);
        }
        if (interactions.size() > INTERACTIONS_MAX) {
            throw new IllegalArgumentException("too many interactions: " + id);
        }
        if (Numbers.amount("item maximum", maximum).signum() < 0) {
            throw new IllegalArgumentException("item maximum out of range: " + id);
        }
        if (!ItemBody.placesExactly(
                body,
                interactions.stream()
                        .map(Interaction::responseIdentifier)
                        .collect(Collectors.toList()))) {
            throw new IllegalArgumentException("each interaction needs one place: " + id);
        }
        if (objective && interactions.stream().anyMatch(Interaction::byHand)) {
            throw new IllegalArgumentException("what a person marks is not objective: " + id);
        }
    }

    /** The interaction bound to a response identifier. */
    public Optional<Interaction> interaction(String responseIdentifier) {
        return interactions.stream()
                .filter(i -> i.responseIdentifier().equals(responseIdentifier))
                .findFirst();
    }

    /** Whether a person marks a part of it. */
    public boolean marksByHand() {
        return interactions.stream().anyMatch(Interaction::byHand);
    }

    /** Whether nothing is to be answered, such as a reading text. */
    public boolean informational() {
        return interactions.stream().noneMatch(Interaction::asks);
    }
}
