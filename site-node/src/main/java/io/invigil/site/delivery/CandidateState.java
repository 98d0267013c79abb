package io.invigil.site.delivery;

import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.exam.pack.PageRules;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.ledger.Durability;
import io.invigil.site.apart.HeldKeys;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a candidate's page shows of the own sitting; JSON of {@code GET /api/exam/state}. Instants
 * are the node's wall clock and for reading only; {@code remainingMillis} is what counts.
 *
 * @param sitting the attempt shown, as later requests name it in {@code X-Attempt}
 * @param writerElsewhere whether another device holds the right to write
 * @param lease the caller's right to write, 0 when it has none
 * @param remainingMillis from the node's monotonic clock; empty before the start
 * @param apart answers of this sitting that came too late or from elsewhere and wait for a person
 * @param contact the node's signed statement of this moment, see {@link HeldKeys#contact}
 * @param receivedByCentre whether the centre has receipted the last save or hand-in
 */
public record CandidateState(
        String exam,
        String plan,
        String zone,
        Instant slotStart,
        Instant slotEnd,
        long sitting,
        Person person,
        Place place,
        Subject subject,
        RoomPhase phase,
        boolean checkedIn,
        boolean absent,
        boolean paperOpen,
        boolean started,
        boolean paused,
        Optional<Instant> startedAt,
        Optional<Long> remainingMillis,
        long grantedMillis,
        long lease,
        boolean writerElsewhere,
        int answered,
        Optional<Instant> lastSavedAt,
        Durability durability,
        boolean receivedByCentre,
        int apart,
        String contact,
        Optional<Receipt> handIn,
        Optional<Result> result,
        Attempts attempts,
        Rules rules) {

    /** As the candidate confirms it; the ID number is masked. */
    public record Person(
            String name,
            String gender,
            String school,
            String candidateNumber,
            String admissionNumber,
            String idNumberMasked,
            boolean photo) {}

    public record Place(String room, String address, int seat) {}

    public record Subject(
            String number, String name, String certificate, int minutes, int extraMinutes) {}

    /** What the candidate may note down: it proves what was handed in. */
    public record Receipt(HandInCause cause, int answered, String answersDigest, Instant at) {}

    /** The node's own objective score: provisional, not reviewed. */
    public record Result(BigDecimal score, BigDecimal maximum) {}

    /**
     * @param page what this page watches
     * @param results when a result is shown
     * @param faceChecks whether faces are checked while the test is on
     */
    public record Rules(
            String html,
            boolean openBook,
            boolean recordFocusLoss,
            PageRules page,
            boolean faceChecks,
            ResultVisibility results) {}

    /**
     * @param number of the attempt shown, from 1
     * @param another whether one more may be opened now
     * @param taken those handed in so far, in order
     */
    public record Attempts(int number, AttemptRules rules, boolean another, List<Taken> taken) {}

    /** An attempt that is handed in; nothing changes it any more. */
    public record Taken(int number, Receipt receipt, Optional<Result> result) {}
}
