package io.invigil.site.delivery;

import io.invigil.appliance.i18n.Texts;
import java.util.List;

/**
 * The candidate's login page.
 *
 * @param number as typed before, so that only the PIN is typed anew
 * @param exams what this room holds, for a candidate who wonders
 */
public record LoginView(
        Texts texts, String csrf, String number, boolean failed, List<ListedExam> exams) {

    public record ListedExam(String name, String when) {}

    public String text(String key, Object... arguments) {
        return texts.text(key, arguments);
    }
}
