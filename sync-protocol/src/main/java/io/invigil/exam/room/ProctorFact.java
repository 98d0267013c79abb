package io.invigil.exam.room;

import io.invigil.protocol.fact.Lane;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What proctors did beyond check-in and time, and what the node measured for them (domain, section
 * 12). All travel in the attendance lane; who did it and when is in the stamp.
 */
public sealed interface ProctorFact extends RoomFact {

    @Override
    default Lane lane() {
        return Lane.ATT;
    }

    /** About one sitting. */
    sealed interface AboutSitting extends ProctorFact {
        long sitting();

        @Override
        default OptionalLong aboutSitting() {
            return OptionalLong.of(sitting());
        }
    }

    /** About an exam at this node, sometimes about one sitting of it. */
    sealed interface AboutExam extends ProctorFact {
        String exam();

        Optional<Long> sitting();

        @Override
        default OptionalLong aboutSitting() {
            return sitting().map(OptionalLong::of).orElseGet(OptionalLong::empty);
        }
    }

    /** Words to one candidate, or to all of the exam when there is no sitting. */
    record Told(String message, String exam, Optional<Long> sitting, MessageKind kind, String text)
            implements AboutExam {}

    /**
     * The node gives up a sitting that was not begun, for good: from here on it starts no attempt
     * of it, so that the centre may give it to another node.
     */
    record SittingReleased(long sitting, String reason) implements AboutSitting {}

    /** A hand-in is taken back; the time between it and this fact does not count. */
    record Readmitted(long sitting, String reason) implements AboutSitting {}

    /** The page of someone who sat did not speak to the node for so long, by the node's clock. */
    record SeatSilent(long sitting, long silentMillis) implements AboutSitting {}

    /**
     * Time given back for a measured outage.
     *
     * @param lostMillis what had been measured in all when this was granted
     */
    record OutageCompensated(long sitting, long millis, long lostMillis, String reason)
            implements AboutSitting {}

    /**
     * From here on pages take snapshots at random about this far apart.
     *
     * @param everySeconds 0 for none
     */
    record SnapshotsSet(String exam, int everySeconds, String reason) implements AboutExam {
        @Override
        public Optional<Long> sitting() {
            return Optional.empty();
        }
    }

    /**
     * A picture of the candidate's camera that the node keeps.
     *
     * @param blob hex SHA-256 of the JPEG
     */
    record SnapshotTaken(long sitting, SnapshotCause cause, String blob, int bytes)
            implements AboutSitting {
        @Override
        public Lane lane() {
            return Lane.IMG;
        }
    }

    /** What a page says of its camera: see {@link CameraState}. */
    record CameraTold(long sitting, CameraState camera) implements AboutSitting {}

    /** Left the room; a test's hand-in counts as leaving by itself (domain, section 9). */
    record CheckedOut(long sitting, String reason, CheckInWay way) implements AboutSitting {
        public CheckedOut {
            // facts of rooms in which only the desk did it
            way = way == null ? CheckInWay.MANUAL : way;
        }
    }

    /** A proctor saw the person whom a phone had checked in. */
    record ClaimSeen(long sitting) implements AboutSitting {}

    /** Answers on paper (已线下作答) that the candidate gave to the desk. */
    record PapersHandedOver(long sitting, int sheets, String note) implements AboutSitting {}

    /** A case of the emergency table, or a call for help, that someone must settle. */
    record CaseOpened(
            String caseId,
            String exam,
            Optional<Long> sitting,
            CaseKind kind,
            CaseKind.Owner owner,
            long dueMillis,
            String statement)
            implements AboutExam {}

    /** Another desk takes the case. */
    record CasePassedOn(
            String caseId, String exam, Optional<Long> sitting, CaseKind.Owner owner, String note)
            implements AboutExam {}

    record CaseSettled(
            String caseId,
            String exam,
            Optional<Long> sitting,
            CaseKind.Outcome outcome,
            String note)
            implements AboutExam {}

    /**
     * Words of the centre to the room's staff have come; no candidate sees them.
     *
     * @param from who speaks
     * @param sentMillis wall clock of the hub
     */
    record CentreTold(String word, String exam, String from, long sentMillis, String text)
            implements AboutExam {
        @Override
        public Optional<Long> sitting() {
            return Optional.empty();
        }
    }

    /** A proctor has read them; who is in the stamp. */
    record CentreRead(String word, String exam) implements AboutExam {
        @Override
        public Optional<Long> sitting() {
            return Optional.empty();
        }
    }

    /**
     * What the room said to a claim of the portal. It belongs to the portal and not to the attempt:
     * a code that was wrong is no attendance.
     *
     * @param request the highest that the sitting's claims had
     * @param room where the candidate sits
     */
    record PortalAnswered(
            String exam, long sitting, long request, PortalAnswer answer, String room, int seat)
            implements ProctorFact {}

    /**
     * What the package does not know yet: recorded in the room, reconciled at the hub.
     *
     * @param details what the centre can act on without reading the words
     */
    record LateChange(
            String change,
            String exam,
            Optional<Long> sitting,
            LateChangeKind kind,
            String detail,
            String reason,
            LateChangeDetails details)
            implements AboutExam {
        public LateChange {
            // facts of rooms that recorded words alone
            details = details == null ? LateChangeDetails.NONE : details;
        }

        public LateChange(
                String change,
                String exam,
                Optional<Long> sitting,
                LateChangeKind kind,
                String detail,
                String reason) {
            this(change, exam, sitting, kind, detail, reason, LateChangeDetails.NONE);
        }
    }

    /**
     * Two officials opened an account at the node for a stand-in proctor, for one room of this exam
     * alone; one of them is in the stamp. The same login again replaces the password.
     *
     * @param change the late change that says who stands in and why
     * @param login under which the stand-in acts from here on
     * @param passwordHash Argon2id in PHC text form, of a password shown once
     * @param witness login of the second official
     */
    record StandInOpened(
            String change,
            String exam,
            String login,
            String room,
            String passwordHash,
            String witness)
            implements AboutExam {
        @Override
        public Optional<Long> sitting() {
            return Optional.empty();
        }
    }
}
