package io.invigil.hub.marking;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A teacher's mark for the written part of one item.
 *
 * @param number from 1; a later mark replaces, nothing is edited
 * @param maximum most that this part gives
 */
public record TextMark(
        long sitting,
        String item,
        int number,
        BigDecimal mark,
        BigDecimal maximum,
        String login,
        Instant at) {}
