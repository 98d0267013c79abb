package io.invigil.exam.paper;

import java.math.BigDecimal;
import java.util.List;

/**
 * Objective result of one sitting.
 *
 * @param items one line per item of the paper, in the paper's order; exact, not rounded
 * @param score sum of the objective outcomes, rounded by the policy
 * @param maximum most that the objective responses could give, rounded likewise
 * @param paperMaximum sum of all items' maxima, with those that a person marks
 */
public record ScoreSheet(
        List<ItemScore> items, BigDecimal score, BigDecimal maximum, BigDecimal paperMaximum) {

    public ScoreSheet {
        items = List.copyOf(items);
    }

    /**
     * @param score objective outcome
     * @param maximum objective maximum; the rest of the item's maximum is for a person
     * @param needsMarking whether a person must mark it, in part or whole
     * @param answered whether any response of the item has a value
     */
    public record ItemScore(
            String item,
            BigDecimal score,
            BigDecimal maximum,
            boolean needsMarking,
            boolean answered) {}

    /** Whether any item waits for a person. */
    public boolean needsMarking() {
        return items.stream().anyMatch(ItemScore::needsMarking);
    }
}
