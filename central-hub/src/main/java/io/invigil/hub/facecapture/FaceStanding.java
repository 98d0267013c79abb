package io.invigil.hub.facecapture;

import io.invigil.hub.candidate.CandidateId;
import java.time.Instant;

/**
 * How it stands with a candidate's own capture.
 *
 * @param version of the privacy notice that was decided on; empty when nothing was
 * @param sha256 hex digest of the picture; empty when there is none
 * @param model that checked the picture; empty when none was installed
 */
public record FaceStanding(
        CandidateId candidate,
        Decision decision,
        String version,
        Instant decidedAt,
        String sha256,
        String model,
        Instant capturedAt) {

    /** What the candidate decided; the names stand in the database. */
    public enum Decision {
        NONE,
        AGREED,
        DECLINED
    }

    /** What it comes to; names are choices of texts. */
    public enum State {
        NOT_ASKED,
        AGREED,
        DECLINED,
        CAPTURED
    }

    static FaceStanding none(CandidateId candidate) {
        return new FaceStanding(candidate, Decision.NONE, "", Instant.EPOCH, "", "", Instant.EPOCH);
    }

    public State state() {
        if (hasPicture()) {
            return State.CAPTURED;
        }
        return switch (decision) {
            case NONE -> State.NOT_ASKED;
            case AGREED -> State.AGREED;
            case DECLINED -> State.DECLINED;
        };
    }

    public boolean hasPicture() {
        return !sha256.isEmpty();
    }

    public boolean checkedByMachine() {
        return !model.isEmpty();
    }
}
