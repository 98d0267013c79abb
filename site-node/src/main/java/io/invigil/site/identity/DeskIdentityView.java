package io.invigil.site.identity;

import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.vision.opencv.InstalledFaces;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.site.room.core.IdentityState;
import io.invigil.site.web.PageWords;
import java.util.List;

/**
 * The proctor's view of identities.
 *
 * @param exam name of the exam
 * @param plan its plan's name
 * @param check what the exam asks for
 * @param faces whether faces can be compared on this node, and why not
 * @param lines one per sitting, trouble first; the one shown on its own page
 */
public record DeskIdentityView(
        Texts texts,
        String csrf,
        String exam,
        String plan,
        IdentityCheck check,
        InstalledFaces.State faces,
        List<Line> lines) {

    /**
     * One sitting.
     *
     * @param question why the proctor is asked, as message key's end; empty text when not asked so
     * @param found what the machine found in words; empty text without a comparison
     * @param hasPhoto whether there is a photo to compare with
     * @param hasPicture whether there is a picture of today
     * @param during whether it is about a check of the running test
     * @param version changes with the pictures, for their addresses
     */
    public record Line(
            long sitting,
            int seat,
            String room,
            String name,
            String admission,
            IdentityState.Standing standing,
            String question,
            String found,
            boolean hasPhoto,
            boolean photoTakenHere,
            boolean hasPicture,
            boolean during,
            boolean comparable,
            String version) {

        /** Class of the tag. */
        public String tone() {
            return switch (standing) {
                case ASKED -> "tag-warn";
                case REFUSED -> "tag-bad";
                case OPEN -> "";
                case ACCEPTED, CONFIRMED -> "tag-good";
            };
        }
    }

    public String text(String key, Object... arguments) {
        return texts.text(key, arguments);
    }

    public Line line() {
        return lines.getFirst();
    }

    public String path() {
        return "/room/" + exam + "/identity";
    }

    public String api() {
        return "/api/room/" + exam + "/identity/" + line().sitting();
    }

    /** How many wait for the proctor. */
    public long waiting() {
        return lines.stream()
                .filter(line -> line.standing() == IdentityState.Standing.ASKED)
                .count();
    }

    /** What to tell about this exam and node in one sentence, as message key. */
    public String mode() {
        if (check == IdentityCheck.OFF) {
            return "identity.desk.mode.off";
        }
        if (check == IdentityCheck.BY_EYE) {
            return "identity.desk.mode.eye";
        }
        return switch (faces) {
            case READY -> "identity.desk.mode.face";
            case NO_MODELS -> "identity.desk.mode.no-models";
            case MODELS_DAMAGED -> "identity.desk.mode.damaged";
            case NO_LIBRARY -> "identity.desk.mode.no-library";
        };
    }

    public boolean byEyeForWant() {
        return check.compares() && faces != InstalledFaces.State.READY;
    }

    /** Words of the page's script. */
    public String wordsJson() {
        return PageWords.json(texts, "identity.js.");
    }
}
