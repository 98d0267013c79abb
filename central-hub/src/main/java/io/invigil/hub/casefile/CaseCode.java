package io.invigil.hub.casefile;

import static io.invigil.hub.casefile.CaseTopic.ACCOUNT;
import static io.invigil.hub.casefile.CaseTopic.ARRANGEMENT;
import static io.invigil.hub.casefile.CaseTopic.ATTENDANCE;
import static io.invigil.hub.casefile.CaseTopic.BAN;
import static io.invigil.hub.casefile.CaseTopic.CERTIFICATE;
import static io.invigil.hub.casefile.CaseTopic.FEE;
import static io.invigil.hub.casefile.CaseTopic.MARKING;
import static io.invigil.hub.casefile.CaseTopic.PACKAGE;
import static io.invigil.hub.casefile.CaseTopic.PHOTO;
import static io.invigil.hub.casefile.CaseTopic.PUBLICITY;
import static io.invigil.hub.casefile.CaseTopic.REGISTRATION;
import static io.invigil.hub.casefile.CaseTopic.REVIEW;
import static io.invigil.hub.casefile.CaseTopic.SCORE;
import static io.invigil.hub.casefile.CaseTopic.SEAT;
import static io.invigil.hub.casefile.CaseTopic.SITTING;
import static io.invigil.hub.casefile.CaseTopic.TICKET;

/** What a line can say. Names are stable codes; the bundle has state, reason and next step. */
public enum CaseCode {
    PHOTO_PRESENT(PHOTO, Tone.DONE),
    PHOTO_MISSING(PHOTO, Tone.OBSTACLE),
    ACCOUNT_ACTIVE(ACCOUNT, Tone.DONE),
    ACCOUNT_NONE(ACCOUNT, Tone.INFO),
    ACCOUNT_FRESH(ACCOUNT, Tone.INFO),
    ACCOUNT_LOCKED(ACCOUNT, Tone.OBSTACLE),
    ACCOUNT_DISABLED(ACCOUNT, Tone.OBSTACLE),
    BAN_NONE(BAN, Tone.DONE),
    BAN_IN_FORCE(BAN, Tone.OBSTACLE),
    REGISTRATION_DONE(REGISTRATION, Tone.DONE),
    REGISTRATION_NOT_OPEN(REGISTRATION, Tone.WAITING),
    REGISTRATION_MISSING(REGISTRATION, Tone.OBSTACLE),
    REGISTRATION_OVER(REGISTRATION, Tone.OBSTACLE),
    REGISTRATION_MAJOR(REGISTRATION, Tone.OBSTACLE),
    FEE_NOT_USED(FEE, Tone.INFO),
    FEE_PAID(FEE, Tone.DONE),
    FEE_REQUESTED(FEE, Tone.WAITING),
    FEE_UNPAID(FEE, Tone.OBSTACLE),
    ARRANGEMENT_USUAL(ARRANGEMENT, Tone.INFO),
    ARRANGEMENT_SPECIAL(ARRANGEMENT, Tone.INFO),
    SEAT_GIVEN(SEAT, Tone.DONE),
    SEAT_AFTER_FEE(SEAT, Tone.WAITING),
    SEAT_NOT_OPEN(SEAT, Tone.WAITING),
    SEAT_NOT_ARRANGED(SEAT, Tone.OBSTACLE),
    SEAT_OVER(SEAT, Tone.OBSTACLE),
    TICKET_READY(TICKET, Tone.DONE),
    TICKET_AFTER_SEAT(TICKET, Tone.WAITING),
    TICKET_OTHERS_WITHOUT_SEAT(TICKET, Tone.OBSTACLE),
    PACKAGE_ACTIVE(PACKAGE, Tone.DONE),
    PACKAGE_PUBLISHED(PACKAGE, Tone.DONE),
    PACKAGE_MISSING(PACKAGE, Tone.OBSTACLE),
    ATTENDANCE_NOT_YET(ATTENDANCE, Tone.WAITING),
    ATTENDANCE_ARRIVED(ATTENDANCE, Tone.DONE),
    ATTENDANCE_ABSENT(ATTENDANCE, Tone.OBSTACLE),
    ATTENDANCE_NO_RECORD(ATTENDANCE, Tone.OBSTACLE),
    SITTING_NOT_BEGUN(SITTING, Tone.WAITING),
    SITTING_NEVER_BEGUN(SITTING, Tone.OBSTACLE),
    SITTING_IN_PROGRESS(SITTING, Tone.WAITING),
    SITTING_NO_HAND_IN(SITTING, Tone.OBSTACLE),
    SITTING_HANDED_IN(SITTING, Tone.DONE),
    REVIEW_PASSED(REVIEW, Tone.DONE),
    REVIEW_PENDING(REVIEW, Tone.WAITING),
    REVIEW_REJECTED(REVIEW, Tone.OBSTACLE),
    MARKING_DONE(MARKING, Tone.DONE),
    /** Does not hold the score: ungraded, only the objective part counts (domain, section 13). */
    MARKING_OPEN(MARKING, Tone.INFO),
    MARKING_ALARM(MARKING, Tone.OBSTACLE),
    MARKING_NONE(MARKING, Tone.OBSTACLE),
    SCORE_ENTERED(SCORE, Tone.DONE),
    SCORE_NOT_OPEN(SCORE, Tone.WAITING),
    SCORE_NOT_ENTERED(SCORE, Tone.OBSTACLE),
    PUBLICITY_NEVER(PUBLICITY, Tone.INFO),
    PUBLICITY_NOT_YET(PUBLICITY, Tone.WAITING),
    PUBLICITY_OPEN(PUBLICITY, Tone.DONE),
    PUBLICITY_FINAL(PUBLICITY, Tone.DONE),
    CERTIFICATE_ISSUED(CERTIFICATE, Tone.DONE),
    CERTIFICATE_REVOKED(CERTIFICATE, Tone.OBSTACLE),
    CERTIFICATE_BODY_OPEN(CERTIFICATE, Tone.WAITING),
    CERTIFICATE_SITE_OPEN(CERTIFICATE, Tone.WAITING),
    CERTIFICATE_NOT_RECORDED(CERTIFICATE, Tone.OBSTACLE),
    CERTIFICATE_NOT_FINAL(CERTIFICATE, Tone.WAITING),
    CERTIFICATE_NOT_PASSED(CERTIFICATE, Tone.OBSTACLE),
    CERTIFICATE_AFTER_SCORES(CERTIFICATE, Tone.WAITING);

    private final CaseTopic topic;
    private final Tone tone;

    CaseCode(CaseTopic topic, Tone tone) {
        this.topic = topic;
        this.tone = tone;
    }

    /** How a line weighs. */
    public enum Tone {
        DONE,
        /** Says something, hinders nothing. */
        INFO,
        /** Comes by itself or by somebody else's next step. */
        WAITING,
        /** Somebody has to do something. */
        OBSTACLE
    }

    public CaseTopic topic() {
        return topic;
    }

    public Tone tone() {
        return tone;
    }

    /** Whether everything after this line waits for it. */
    public boolean holds() {
        return tone == Tone.WAITING || tone == Tone.OBSTACLE;
    }
}
