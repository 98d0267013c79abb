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
    public record Stamp(Instant at, CheckInWay way) {}

    static Presence none(CandidateId student) {
        return new Presence(student, Optional.empty(), Optional.empty(), "", "");
    }

    /** Who corrected it, for pages: a teacher's login is a mobile number. */
    public String author() {
        return login.matches("\\d{11}")
                ? login.substring(0, 3) + "****" + login.substring(7)
                : login;
    }

    /** 签到 and 签退: class attendance is both. */
    public boolean present() {
        return arrived.isPresent() && left.isPresent();
    }

    Presence arrivedAt(Instant at, CheckInWay way) {
        return new Presence(student, Optional.of(new Stamp(at, way)), left, reason, login);
    }

    Presence leftAt(Instant at, CheckInWay way) {
        return new Presence(student, arrived, Optional.of(new Stamp(at, way)), reason, login);
    }

    Presence corrected(Optional<Stamp> in, Optional<Stamp> out, String why, String by) {
        return new Presence(student, in, out, why, by);
    }
}
