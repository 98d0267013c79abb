package io.invigil.site.delivery;

import gg.jte.Content;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.qr.QrCode;
import io.invigil.exam.code.ReceiptCode;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.exam.pack.PageRules;
import io.invigil.exam.paper.Xhtml;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.ledger.Durability;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The own sitting as the candidate's pages show it. Immutable.
 *
 * @param centre address of the centre's pages, without a slash at the end
 */
public record ExamView(
        Texts texts,
        String csrf,
        CandidateState state,
        Outbox outbox,
        List<SubjectLine> subjects,
        String centre) {

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
     * @param fileKey of emergency files, base64url; empty when only this node opens them
     */
    public record Outbox(EmergencyFile.Scope scope, String key, Optional<String> fileKey) {
        public String json() {
            return new String(Json.write(values()), StandardCharsets.UTF_8);
        }

        Map<String, Object> values() {
            return Map.of(
                    "key", key,
                    "fileKey", fileKey,
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

    /** What the candidate notes down of the attempt shown. */
    public String receiptCode() {
        var receipt = state.handIn().orElseThrow();
        return ReceiptCode.of(state.sitting(), receipt.answersDigest()).text();
    }

    /** What the candidate notes down of an earlier attempt. */
    public String receiptCode(int attempt, CandidateState.Receipt receipt) {
        long key = new AttemptKey(AttemptKey.sittingOf(state.sitting()), attempt).value();
        return ReceiptCode.of(key, receipt.answersDigest()).text();
    }

    /** The receipt's code as QR: the centre's page that checks it. */
    public Content receiptQr() {
        return QrCode.of(centre + "/receipt?code=" + receiptCode())
                .map(code -> code.svg(text("delivery.done.qr")))
                .orElseGet(() -> output -> {});
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
