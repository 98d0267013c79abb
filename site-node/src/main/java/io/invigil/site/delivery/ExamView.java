package io.invigil.site.delivery;

import io.invigil.appliance.i18n.Texts;
import io.invigil.exam.pack.PageRules;
import io.invigil.exam.paper.Xhtml;
import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.ledger.Durability;
import io.invigil.site.apart.HeldKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The own sitting as the candidate's pages show it. Immutable. */
public record ExamView(
        Texts texts, String csrf, CandidateState state, Outbox outbox, List<SubjectLine> subjects) {
    private static final int CODE_GROUP = 4;
    private static final int CODE_DIGITS = 16;

    /**
     * A subject of this candidate at this node, yellow while not taken and grey once taken (source
     * 000, step 4).
     *
     * @param here whether it is the one of this page
     */
    public record SubjectLine(String name, String when, boolean taken, boolean here) {}

    /**
     * Under what the page keeps answers that the node has not confirmed.
     *
     * @param key base64url
     */
    public record Outbox(HeldKeys.Scope scope, String key) {
        public String json() {
            return new String(Json.write(values()), StandardCharsets.UTF_8);
        }

        Map<String, Object> values() {
            return Map.of(
                    "key", key,
                    "exam", scope.exam(),
                    "sitting", scope.sitting(),
                    "paper", scope.paper());
        }
    }

    /** Where the sitting stands, in the order in which a candidate passes them. */
    public enum Stage {
        ABSENT,
        CHECK_IN,
        WAITING,
        START,
        TAKEOVER,
        TEST,
        CLOSED,
        DONE
    }

    public String text(String key, Object... arguments) {
        return texts.text(key, arguments);
    }

    /** Whether the policy ends the attempt of who leaves the page. */
    public boolean leavingUsesAttempt() {
        return state.rules().page().leaving() == PageRules.Leaving.USES_ATTEMPT;
    }

    public Stage stageNow() {
        if (state.handIn().isPresent()) {
            return Stage.DONE;
        }
        if (state.absent()) {
            return Stage.ABSENT;
        }
        if (state.phase() == RoomPhase.CLOSED) {
            return Stage.CLOSED;
        }
        if (!state.checkedIn()) {
            return Stage.CHECK_IN;
        }
        if (state.started()) {
            return state.lease() > 0 ? Stage.TEST : Stage.TAKEOVER;
        }
        return state.phase() == RoomPhase.RUNNING && state.paperOpen()
                ? Stage.START
                : Stage.WAITING;
    }

    /**
     * The policy's rules; filtered here too, so that a package can only ever bring plain markup.
     */
    public String rulesHtml() {
        return Xhtml.sanitised(state.rules().html()).map(Xhtml::markup).orElse("");
    }

    /** The stage as the templates and the message keys name it. */
    public String stage() {
        return stageNow().name().toLowerCase(Locale.ROOT);
    }

    public String slot() {
        return texts.dateTime(state.slotStart()) + " – " + texts.time(state.slotEnd());
    }

    public String handedInAt() {
        return texts.dateTime(state.handIn().orElseThrow().at());
    }

    /** How many attempts there are and which counts. */
    public String attemptsRule() {
        var rules = state.attempts().rules();
        return text("delivery.attempts.rule." + rules.counting().name(), rules.allowed());
    }

    /** The first 16 hexadecimal digits of the answers' digest in groups of four. */
    public static String receiptCode(CandidateState.Receipt receipt) {
        String digest = receipt.answersDigest();
        StringBuilder code = new StringBuilder();
        for (int at = 0; at < CODE_DIGITS; at += CODE_GROUP) {
            code.append(at == 0 ? "" : " ").append(digest, at, at + CODE_GROUP);
        }
        return code.toString().toUpperCase(Locale.ROOT);
    }

    /** On one or two devices, received by the centre or not yet. */
    public String whereKept() {
        String devices =
                text(
                        state.durability() == Durability.TWO_DEVICES
                                ? "delivery.kept.two"
                                : "delivery.kept.one");
        String centre =
                text(state.receivedByCentre() ? "delivery.centre.yes" : "delivery.centre.not-yet");
        return devices + " · " + centre;
    }
}
