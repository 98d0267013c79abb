package io.invigil.site.identity;

import io.invigil.appliance.i18n.Texts;
import io.invigil.site.web.PageWords;
import java.util.Locale;

/**
 * The candidate's camera step as its template shows it.
 *
 * @param kind where the check stands
 * @param refused whether the proctor did not confirm
 * @param again whether the candidate may try again alone
 * @param turns whether a head turn is asked for
 * @param asks whether the page tells the proctor that a comparison is wanted and not possible
 */
public record CandidateIdentityView(
        Texts texts,
        String csrf,
        String name,
        int seat,
        FaceStep.Kind kind,
        boolean refused,
        boolean again,
        boolean turns,
        boolean asks) {

    public String text(String key, Object... arguments) {
        return texts.text(key, arguments);
    }

    /** What the candidate reads first: {@code camera}, {@code asked}, {@code eye}, {@code no}. */
    public String state() {
        if (refused) {
            return "no";
        }
        return switch (kind) {
            case ASKED -> "asked";
            case BY_EYE -> "eye";
            case LOOKING, TURNING, BUSY, SETTLED -> "camera";
        };
    }

    public String kindName() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Words of the page's script. */
    public String wordsJson() {
        return PageWords.json(texts, "identity.js.");
    }
}
