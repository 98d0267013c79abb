package io.invigil.site.delivery;

import java.util.List;
import java.util.Map;

/**
 * Body of {@code POST /api/exam/answers}: the whole answer to one item as it is now.
 *
 * @param op the page's own id of this save, kept over every repeat
 * @param response QTI response identifier to values in order; unanswered ones left out
 * @param rev one more than the last revision of this item the page knows, so 1 at first
 */
public record SaveRequest(
        String item, String op, Map<String, List<String>> response, long lease, long rev) {

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
