package io.invigil.site.proctoring;

import io.invigil.appliance.i18n.Texts;
import io.invigil.site.web.PageWords;
import java.util.List;

/**
 * What the proctor's templates show.
 *
 * @param exam name of the exam shown, empty text on lists
 * @param exams exams of this node, or the one shown
 * @param roomNames rooms of the exam shown
 * @param phone address that a phone without a camera types
 */
public record ProctorView(
        Texts texts, String exam, List<Line> exams, List<String> roomNames, String phone) {

    /** One exam in short; {@code tone} is the tag's class for the phase. */
    public record Line(
            String exam,
            String plan,
            String when,
            String rooms,
            int sittings,
            String phase,
            String tone) {}

    public String text(String key, Object... arguments) {
        return texts.text(key, arguments);
    }

    /** Words of the page's script. */
    public String wordsJson() {
        return PageWords.json(texts, "proctoring.js.");
    }
}
