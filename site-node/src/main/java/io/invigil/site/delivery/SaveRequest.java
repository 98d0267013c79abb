package io.invigil.site.delivery;

import io.invigil.site.apart.HeldKeys;
import io.invigil.site.room.core.RoomCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Body of {@code POST /api/exam/answers}: the whole answer to one item as it is now.
 *
 * @param op the page's own id of this save, kept over every repeat
 * @param response QTI response identifier to values in order; unanswered ones left out
 * @param rev one more than the last revision of this item the page knows, so 1 at first
 * @param held left out unless the page could not send for a while
 */
public record SaveRequest(
        String item,
        String op,
        Map<String, List<String>> response,
        long lease,
        long rev,
        Held held) {

    /**
     * The page's account of the time in which it held the save.
     *
     * @param contact the node's statement that the page held when the answer was written
     */
    public record Held(String contact, long heldMillis, long afterContactMillis, boolean unbroken) {

        Optional<RoomCommand.Held> verified(long sitting, HeldKeys keys) {
            OptionalLong at =
                    contact == null ? OptionalLong.empty() : keys.contactMillis(sitting, contact);
            return at.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new RoomCommand.Held(
                                    heldMillis, at.getAsLong(), afterContactMillis, unbroken));
        }
    }

    Optional<RoomCommand.Held> held(long sitting, HeldKeys keys) {
        return Optional.ofNullable(held).flatMap(h -> h.verified(sitting, keys));
    }

    /** Whether nothing is missing anywhere in it. */
    boolean complete() {
        return item != null
                && op != null
                && response != null
                && response.entrySet().stream()
                        .allMatch(
                                variable ->
                                        variable.getValue() != null
                                                && variable.getValue().stream()
                                                        .allMatch(value -> value != null));
    }
}
