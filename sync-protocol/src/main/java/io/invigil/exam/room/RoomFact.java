package io.invigil.exam.room;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.invigil.protocol.fact.Lane;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One thing that happened in a room. {@code sitting} is the hub's number of one candidate's sitting
 * of one subject, of a later attempt its {@link AttemptKey}; {@code exam} names the package (one
 * exam and node).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RoomFact.PackageActivated.class, name = "package-activated"),
    @JsonSubTypes.Type(value = RoomFact.PaperOpened.class, name = "paper-opened"),
    @JsonSubTypes.Type(value = RoomFact.PhaseChanged.class, name = "phase-changed"),
    @JsonSubTypes.Type(value = RoomFact.Tick.class, name = "tick"),
    @JsonSubTypes.Type(value = RoomFact.CheckedIn.class, name = "checked-in"),
    @JsonSubTypes.Type(value = RoomFact.CheckInUndone.class, name = "check-in-undone"),
    @JsonSubTypes.Type(value = RoomFact.MarkedAbsent.class, name = "marked-absent"),
    @JsonSubTypes.Type(value = RoomFact.SeatChanged.class, name = "seat-changed"),
    @JsonSubTypes.Type(value = RoomFact.PinReset.class, name = "pin-reset"),
    @JsonSubTypes.Type(value = RoomFact.WriterChanged.class, name = "writer-changed"),
    @JsonSubTypes.Type(value = RoomFact.IncidentReported.class, name = "incident-reported"),
    @JsonSubTypes.Type(value = RoomFact.TimeGranted.class, name = "time-granted"),
    @JsonSubTypes.Type(value = RoomFact.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = RoomFact.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = RoomFact.SittingStarted.class, name = "sitting-started"),
    @JsonSubTypes.Type(value = RoomFact.AttemptOpened.class, name = "attempt-opened"),
    @JsonSubTypes.Type(value = RoomFact.AnswerSaved.class, name = "answer-saved"),
    @JsonSubTypes.Type(value = RoomFact.AnswerKeptApart.class, name = "answer-kept-apart"),
    @JsonSubTypes.Type(value = RoomFact.ApartDecided.class, name = "apart-decided"),
    @JsonSubTypes.Type(value = RoomFact.PageSignalled.class, name = "page-signalled"),
    @JsonSubTypes.Type(value = RoomFact.MediaPlayed.class, name = "media-played"),
    @JsonSubTypes.Type(value = RoomFact.HandedIn.class, name = "handed-in"),
    @JsonSubTypes.Type(value = RoomFact.BlobLost.class, name = "blob-lost"),
    @JsonSubTypes.Type(value = RoomFact.ScoredProvisionally.class, name = "scored-provisionally"),
    @JsonSubTypes.Type(value = IdentityFact.FaceCompared.class, name = "face-compared"),
    @JsonSubTypes.Type(value = IdentityFact.IdentityAsked.class, name = "identity-asked"),
    @JsonSubTypes.Type(value = IdentityFact.IdentityDecided.class, name = "identity-decided"),
    @JsonSubTypes.Type(value = IdentityFact.PhotoTaken.class, name = "photo-taken"),
    @JsonSubTypes.Type(value = IdentityFact.PhotoUnbound.class, name = "photo-unbound"),
    @JsonSubTypes.Type(value = IdentityFact.RecheckAsked.class, name = "recheck-asked"),
    @JsonSubTypes.Type(
            value = IdentityFact.RecheckNotCompared.class,
            name = "recheck-not-compared"),
    @JsonSubTypes.Type(value = ProctorFact.Told.class, name = "told"),
    @JsonSubTypes.Type(value = ProctorFact.SittingReleased.class, name = "sitting-released"),
    @JsonSubTypes.Type(value = ProctorFact.Readmitted.class, name = "readmitted"),
    @JsonSubTypes.Type(value = ProctorFact.SeatSilent.class, name = "seat-silent"),
    @JsonSubTypes.Type(value = ProctorFact.OutageCompensated.class, name = "outage-compensated"),
    @JsonSubTypes.Type(value = ProctorFact.CaseOpened.class, name = "case-opened"),
    @JsonSubTypes.Type(value = ProctorFact.CasePassedOn.class, name = "case-passed-on"),
    @JsonSubTypes.Type(value = ProctorFact.CaseSettled.class, name = "case-settled"),
    @JsonSubTypes.Type(value = ProctorFact.LateChange.class, name = "late-change"),
    @JsonSubTypes.Type(value = ProctorFact.StandInOpened.class, name = "stand-in-opened"),
    @JsonSubTypes.Type(value = ProctorFact.CheckedOut.class, name = "checked-out"),
    @JsonSubTypes.Type(value = ProctorFact.SnapshotsSet.class, name = "snapshots-set"),
    @JsonSubTypes.Type(value = ProctorFact.SnapshotTaken.class, name = "snapshot-taken"),
    @JsonSubTypes.Type(value = ProctorFact.CameraTold.class, name = "camera-told"),
    @JsonSubTypes.Type(value = ProctorFact.ClaimSeen.class, name = "claim-seen"),
    @JsonSubTypes.Type(value = ProctorFact.PapersHandedOver.class, name = "papers-handed-over"),
    @JsonSubTypes.Type(value = ProctorFact.CentreTold.class, name = "centre-told"),
    @JsonSubTypes.Type(value = ProctorFact.CentreRead.class, name = "centre-read"),
    @JsonSubTypes.Type(value = ProctorFact.PortalAnswered.class, name = "portal-answered"),
})
public sealed interface RoomFact
        permits RoomFact.OfSitting,
                RoomFact.PackageActivated,
                RoomFact.PaperOpened,
                RoomFact.PhaseChanged,
                RoomFact.Tick,
                RoomFact.IncidentReported,
                RoomFact.BlobLost,
                IdentityFact,
                ProctorFact {

    /** The lane this kind of fact travels in. */
    Lane lane();

    /** The sitting this fact is about; empty when it is about an exam or the whole room. */
    default OptionalLong aboutSitting() {
        return OptionalLong.empty();
    }

    /** A fact about one sitting. */
    sealed interface OfSitting extends RoomFact {
        long sitting();

        @Override
        default OptionalLong aboutSitting() {
            return OptionalLong.of(sitting());
        }
    }

    /** The signed manifest of this version now governs the exam. */
    record PackageActivated(String exam, long version, String manifestDigest) implements RoomFact {
        @Override
        public Lane lane() {
            return Lane.CTL;
        }
    }

    /** A sealed paper was opened: {@code how} is {@code key-release} or {@code release-code}. */
    record PaperOpened(String exam, String paper, String how, boolean early, String reason)
            implements RoomFact {
        @Override
        public Lane lane() {
            return Lane.CTL;
        }
    }

    record PhaseChanged(String exam, RoomPhase from, RoomPhase to) implements RoomFact {
        @Override
        public Lane lane() {
            return Lane.CTL;
        }
    }

    /** Every 5 s while anyone sits, so that a new boot knows when the old one ended. */
    record Tick(String exam) implements RoomFact {
        @Override
        public Lane lane() {
            return Lane.CTL;
        }
    }

    /**
     * @param reason when it was entered by hand out of its window
     */
    record CheckedIn(long sitting, CheckInWay way, Optional<String> reason) implements OfSitting {
        public CheckedIn {
            // facts of rooms that did not ask for one
            reason = reason == null ? Optional.empty() : reason;
        }

        public CheckedIn(long sitting, CheckInWay way) {
            this(sitting, way, Optional.empty());
        }

        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    record CheckInUndone(long sitting, String reason) implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    /** Absent when the room closed, or marked so by the proctor before. */
    record MarkedAbsent(long sitting, String reason) implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    record SeatChanged(long sitting, int fromSeat, int toSeat, String reason) implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    /** A new PIN was given at the desk; only its number travels. */
    record PinReset(long sitting, int pinNumber) implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    /** From here on only this device may write to the sitting. {@code lease} rises by one. */
    record WriterChanged(long sitting, String device, long lease) implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    /**
     * Sitting is empty for an incident of the whole room.
     *
     * @param category see {@link IncidentCategory}
     * @param article article of the rules it falls under, such as {@code 5-1}
     * @param blob hex SHA-256 of a picture that the room kept
     */
    record IncidentReported(
            String incident,
            String exam,
            Optional<Long> sitting,
            String category,
            String statement,
            Optional<String> article,
            Optional<String> blob)
            implements RoomFact {
        public IncidentReported {
            // facts of rooms that knew neither
            article = article == null ? Optional.empty() : article;
            blob = blob == null ? Optional.empty() : blob;
        }

        public IncidentReported(
                String incident,
                String exam,
                Optional<Long> sitting,
                String category,
                String statement) {
            this(incident, exam, sitting, category, statement, Optional.empty(), Optional.empty());
        }

        @Override
        public OptionalLong aboutSitting() {
            return sitting.map(OptionalLong::of).orElseGet(OptionalLong::empty);
        }

        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    record TimeGranted(long sitting, long millis, String reason) implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    record Paused(long sitting, String reason) implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    record Resumed(long sitting, String reason) implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    /**
     * @param seed decides the order of items and options where the paper shuffles
     * @param allowedMillis minutes of the paper plus granted extra time at the start
     */
    record SittingStarted(long sitting, String paper, long seed, long allowedMillis)
            implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.RES;
        }
    }

    /** The candidate takes a further attempt: {@code sitting} is its {@link AttemptKey}. */
    record AttemptOpened(long sitting) implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.RES;
        }
    }

    /**
     * The whole answer to one item as it is now.
     *
     * @param op the page's own id of this save: the same op twice is one save
     * @param revision number of this answer within item and sitting, from 1
     * @param response QTI response variables: identifier to its values in order
     */
    record AnswerSaved(
            long sitting, String item, String op, long revision, Map<String, List<String>> response)
            implements OfSitting {
        public AnswerSaved {
            // order kept: the centre holds the answer byte for byte
            response = Collections.unmodifiableMap(new LinkedHashMap<>(response));
        }

        @Override
        public Lane lane() {
            return Lane.RES;
        }
    }

    /**
     * An answer that did not count when it came and is lost neither: it stands beside the answers
     * until a person decides (XSP/1 section 11, LATE_UNPROVEN).
     *
     * @param op the page's own id of this save: the same op twice is one answer
     * @param base revision of the item that the page knew when this was written, 0 for none
     * @param held what is known of the time in which the page held it; empty for a file's
     */
    record AnswerKeptApart(
            long sitting,
            String item,
            String op,
            long base,
            Map<String, List<String>> response,
            ApartReason why,
            Optional<HeldEvidence> held)
            implements OfSitting {
        public AnswerKeptApart {
            response = Collections.unmodifiableMap(new LinkedHashMap<>(response));
        }

        @Override
        public Lane lane() {
            return Lane.RES;
        }
    }

    /**
     * A candidate's page noticed something (domain, section 11).
     *
     * @param signal the page's own id of this signal: the same twice is one
     * @param lastedMillis how long it lasted by the page's monotonic clock, 0 for a moment
     * @param ownCause whether the page could reach the node and the sitting was not paused: what a
     *     node, a room or a network caused is never the candidate's
     */
    record PageSignalled(
            long sitting, String signal, PageSignal kind, long lastedMillis, boolean ownCause)
            implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    /**
     * A play of audio or video began.
     *
     * @param clip item and clip, see {@link io.invigil.exam.paper.MediaClip#place}
     * @param play number of the play, from 1
     */
    record MediaPlayed(long sitting, String clip, int play) implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    /** What the proctor says of an answer kept apart; the centre's reviewer has the last word. */
    record ApartDecided(long sitting, String op, boolean accepted, String reason)
            implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.ATT;
        }
    }

    /**
     * @param answersDigest hex SHA-256 of the final answers, see {@link AnswersDigest}
     */
    record HandedIn(long sitting, HandInCause cause, int answered, String answersDigest)
            implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.RES;
        }
    }

    /**
     * A blob that a fact names can never be sent: its file is damaged or missing (fault row 70).
     *
     * @param sha256 hexadecimal; not named {@code blob}, or it would be offered again
     */
    record BlobLost(String exam, String sha256) implements RoomFact {
        @Override
        public Lane lane() {
            return Lane.IMG;
        }
    }

    /** The node's own objective score; the hub's is the one that counts. */
    record ScoredProvisionally(long sitting, BigDecimal score, BigDecimal maximum)
            implements OfSitting {
        @Override
        public Lane lane() {
            return Lane.RES;
        }
    }
}
