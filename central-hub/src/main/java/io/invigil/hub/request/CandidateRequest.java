package io.invigil.hub.request;

import io.invigil.hub.candidate.CandidateField;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import java.time.Instant;
import java.util.Optional;

/**
 * A request of a candidate.
 *
 * @param school of the candidate
 * @param fileName of the evidence, empty while there is none
 * @param reason why it was refused, else empty
 */
public record CandidateRequest(
        TenantId tenant,
        long id,
        CandidateId candidate,
        OrganisationId school,
        Wish wish,
        String statement,
        Instant at,
        State state,
        Optional<Step> bySchool,
        Optional<Step> byBody,
        String reason,
        String fileName) {
    public static final int STATEMENT_CHARS_MAX = 1_000;
    public static final int WANTED_CHARS_MAX = 200;
    public static final int FILE_BYTES_MAX = 5 * 1024 * 1024;

    /** What is asked for. */
    public sealed interface Wish {
        /**
         * @param wanted the right text; empty for a photo, which is the file
         */
        record Correction(CandidateField field, String wanted) implements Wish {}

        record Accommodation(PlanId plan, int extraMinutes, boolean accessible) implements Wish {}
    }

    /** Who decided, and when. */
    public record Step(String login, Instant at) {}

    /** Names stand in the database. */
    public enum State {
        /** 待学校审核. */
        OPEN,
        /** 待培训评价组织审核: only of accommodations. */
        SCHOOL_APPROVED,
        GRANTED,
        REFUSED,
        WITHDRAWN;

        public boolean isPending() {
            return this == OPEN || this == SCHOOL_APPROVED;
        }
    }

    public boolean hasFile() {
        return !fileName.isEmpty();
    }

    /** Whether nothing is granted without evidence: all but number, pinyin and major. */
    public boolean needsFile() {
        return switch (wish) {
            case Wish.Accommodation any -> true;
            case Wish.Correction correction ->
                    switch (correction.field()) {
                        case NAME, ID_NUMBER, PHOTO -> true;
                        case PINYIN, MOBILE, MAJOR -> false;
                    };
        };
    }

    /** The tag's style. */
    public String style() {
        return switch (state) {
            case OPEN, SCHOOL_APPROVED -> "tag-warn";
            case GRANTED -> "tag-good";
            case REFUSED -> "tag-bad";
            case WITHDRAWN -> "";
        };
    }
}
