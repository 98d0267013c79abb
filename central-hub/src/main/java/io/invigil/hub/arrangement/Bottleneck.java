package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.SubjectId;
import java.util.List;

/**
 * One reason why no arrangement exists, or why none was found.
 *
 * @param subjects whom it concerns; may be empty
 * @param schools whom it concerns; may be empty
 * @param needed sittings or candidates concerned
 * @param available seats there are for them, where seats are the matter, else 0
 */
public record Bottleneck(
        Kind kind,
        List<SubjectId> subjects,
        List<OrganisationId> schools,
        long needed,
        long available) {

    public Bottleneck {
        subjects = List.copyOf(subjects);
        schools = List.copyOf(schools);
    }

    /** Names are stable codes. */
    public enum Kind {
        /** The subject has no slot. */
        SUBJECT_WITHOUT_SLOT,
        /** Every slot of the subject is shorter than the subject. */
        SLOTS_TOO_SHORT,
        /** The school has no approved site with a room in this plan. */
        SCHOOL_WITHOUT_ROOM,
        /** No room at the school's sites is fit for the subject's mode. */
        NO_ROOM_OF_TYPE,
        /** No fit room at the school's sites hosts the certificate. */
        CERTIFICATE_NOT_HOSTED,
        /** The subjects' slots overlap, so one candidate cannot sit all of them. */
        CANDIDATE_SLOTS_OVERLAP,
        /** More sittings than seats over all fitting rooms and slots. */
        SEATS_SHORT,
        /**
         * The slots are long enough for the subject, but not for the extra time that was granted.
         */
        EXTRA_TIME_TOO_LONG,
        /** Fewer wheelchair seats than candidates who need one. */
        ACCESSIBLE_SEATS_SHORT,
        /** Possible only when several subjects share a room, which the plan does not allow. */
        SUBJECTS_MAY_NOT_SHARE,
        /** Not proved impossible, but none of the tries placed everyone. */
        NOT_FOUND
    }
}
