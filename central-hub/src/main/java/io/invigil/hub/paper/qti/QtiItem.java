package io.invigil.hub.paper.qti;

import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.Xhtml;
import java.math.BigDecimal;
import java.util.List;

/**
 * An item as its file has it, before the test gives it a weight.
 *
 * @param maximum most it can give at weight 1
 * @param key its weight is the points of one match
 */
record QtiItem(
        String file,
        String id,
        String title,
        Xhtml body,
        List<Interaction> interactions,
        BigDecimal maximum,
        boolean objective,
        AnswerKey.ItemKey key) {
    static final int TITLE_CHARS_MAX = Item.TITLE_CHARS_MAX;

    Item weighted(BigDecimal weight) {
        return new Item(id, title, body, interactions, plain(maximum.multiply(weight)), objective);
    }

    AnswerKey.ItemKey weightedKey(BigDecimal weight) {
        return new AnswerKey.ItemKey(plain(key.weight().multiply(weight)), key.responses());
    }

    /** Without trailing zeros, but never in exponent form. */
    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
