package io.invigil.hub.session;

import io.invigil.exam.room.CheckInWay;
import io.invigil.hub.candidate.CandidateId;
import java.time.Instant;
import java.util.Optional;

/**
 * One student at one session.
 *
 * @param reason of a correction by hand, empty text otherwise
 * @param login who corrected it, empty text otherwise
 */
public record Presence(
        CandidateId student,
        Optional<Stamp> arrived,
        Optional<Stamp> left,
        String reason,
        String login) {

    /** When and by what. */
    public record Stamp(Instant at, Way way) {}

    /** How one came or left: as in rooms, or by handing in a test. */
    public enum Way {
        PHONE_CODE,
        DESK_NUMBER,
        DESK_CAMERA,
        MANUAL,
        HAND_IN;

        /** The same way of a room. */
        public static Way of(CheckInWay way) {
            return switch (way) {
                case PHONE_CODE, PHONE_PORTAL -> PHONE_CODE;
                case DESK_NUMBER -> DESK_NUMBER;
                case DESK_CAMERA -> DESK_CAMERA;
                case MANUAL -> MANUAL;
            };
        }
    }

    static Presence none(CandidateId student) {
        return new Presence(student, Optional.empty(), Optional.empty(), "", "");
    }

    /** Who corrected it, for pages: a teacher's login is a mobile number. */
    public String author() {
        return masked(login);
    }

    /** A login as colleagues read it: a teacher's is a mobile number. */
    public static String masked(String login) {
        return login.matches("\\d{11}")
                ? login.substring(0, 3) + "****" + login.substring(7)
                : login;
    }

    /** 签到 and 签退: class attendance is both. */
    public boolean present() {
        return arrived.isPresent() && left.isPresent();
    }

    Presence arrivedAt(Instant at, Way way) {
        return new Presence(student, Optional.of(new Stamp(at, way)), left, reason, login);
    }

    Presence leftAt(Instant at, Way way) {
        return new Presence(student, arrived, Optional.of(new Stamp(at, way)), reason, login);
    }

    /** As a room recorded it. */
    Presence recorded(Optional<Stamp> in, Optional<Stamp> out) {
        return new Presence(student, in, out, reason, login);
    }

    Presence corrected(Optional<Stamp> in, Optional<Stamp> out, String why, String by) {
        return new Presence(student, in, out, why, by);
    }
}
