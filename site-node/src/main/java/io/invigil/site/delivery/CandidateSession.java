package io.invigil.site.delivery;

import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.room.AttemptKey;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.core.RoomState;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a candidate's session holds: the sitting, and the browser's own name for its machine. */
public final class CandidateSession {
    public static final String ROLE = "candidate";

    private static final String SITTING = "sitting";
    private static final String DEVICE = "device";
    private static final Pattern DEVICE_FORM = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final Pattern ATTEMPT_FORM = Pattern.compile("[0-9]{1,16}");
    private static final int DEVICE_BYTES = 8;

    private CandidateSession() {}

    /**
     * Signs the candidate in.
     *
     * @param device the browser's own name, kept over logins so that the machine keeps its right to
     *     write; anything malformed is replaced by a random one
     * @return the name now in force
     */
    static String open(
            Visit visit, ActivePackages.Listed listed, Optional<String> device, Entropy entropy) {
        String name =
                device.filter(token -> DEVICE_FORM.matcher(token).matches())
                        .orElseGet(() -> HexFormat.of().formatHex(entropy.bytes(DEVICE_BYTES)));
        visit.signIn(
                new SignedIn(
                        0,
                        listed.entry().sitting(),
                        listed.entry().admissionNumber(),
                        listed.entry().name(),
                        Set.of(ROLE),
                        Optional.empty(),
                        Map.of(SITTING, String.valueOf(listed.entry().sitting()), DEVICE, name)));
        return name;
    }

    /** The signed-in candidate's sitting. */
    public static long sitting(Visit visit) {
        return Long.parseLong(visit.person().attributes().get(SITTING));
    }

    /**
     * The attempt that the page speaks of in its header {@code X-Attempt}; a page that names none
     * speaks of the first. So nothing that an old page still sends can reach a later attempt.
     */
    public static long attempt(Visit visit) {
        return named(visit).orElseGet(() -> sitting(visit));
    }

    /** The attempt to show: the one that the page names, else the latest. */
    static long shown(Visit visit, RoomState state) {
        return named(visit).orElseGet(() -> state.latest(sitting(visit)));
    }

    /** Another sitting's attempt is not taken: the session decides whose it is. */
    private static Optional<Long> named(Visit visit) {
        return visit.header("X-Attempt")
                .filter(value -> ATTEMPT_FORM.matcher(value).matches())
                .map(Long::parseLong)
                .filter(value -> AttemptKey.sittingOf(value) == sitting(visit));
    }

    public static String device(Visit visit) {
        return visit.person().attributes().get(DEVICE);
    }

    /** The author of what this candidate does, as facts name it. */
    public static String by(long sitting) {
        return "candidate:" + sitting;
    }
}
