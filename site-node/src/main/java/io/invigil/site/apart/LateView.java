package io.invigil.site.apart;

import io.invigil.appliance.i18n.Texts;
import java.util.List;

/**
 * The proctor's list of answers kept apart.
 *
 * @param lines undecided first
 */
public record LateView(Texts texts, String csrf, String exam, List<Line> lines) {
    public LateView {
        lines = List.copyOf(lines);
    }

    /**
     * @param account what the page said of the time in which it held the answer, empty for a file
     * @param word the proctor's decision so far, empty text before
     */
    public record Line(
            long sitting,
            String op,
            String candidate,
            String seat,
            String item,
            String answer,
            String why,
            String arrived,
            List<String> account,
            String word,
            boolean accepted) {
        public boolean decided() {
            return !word.isEmpty();
        }
    }

    public String text(String key, Object... arguments) {
        return texts.text(key, arguments);
    }
}
