package io.invigil.hub.session;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.course.Classes;
import io.invigil.hub.course.CourseDecision;
import io.invigil.hub.course.TeachingClass;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Coming to a session and leaving it (domain, section 9; S0 section 5). By phone within the windows
 * and from one phone only; by hand at any time with a reason. Thread-safe.
 */
public final class Attendances {
    public static final int REASON_CHARS_MAX = 500;

    private final Clock clock;
    private final Classes classes;
    private final SessionStore store = new SessionStore();
    private final Audit audit = new Audit();

    public Attendances(Clock clock, Classes classes) {
        this.clock = clock;
        this.classes = classes;
    }

    /** What a correction by hand says. */
    public enum Correction {
        /** Came and left. */
        PRESENT,
        /** Came; did not leave by the rules. */
        CAME,
        ABSENT
    }

    Map<CandidateId, Presence> of(Tx tx, ClassSession session) {
        return store.presences(tx, session);
    }

    /** All students of the class with what is known of them, by name. */
    public Map<Candidate, Presence> roll(Tx tx, Sessions.Placed placed) {
        Map<CandidateId, Presence> known = of(tx, placed.session());
        Map<Candidate, Presence> roll = new LinkedHashMap<>();
        for (Candidate student : classes.students(tx, placed.teachingClass())) {
            roll.put(student, known.getOrDefault(student.id(), Presence.none(student.id())));
        }
        return roll;
    }

    /**
     * Check-in by phone; whoever is in already stays in with the first time.
     *
     * @param phone what identifies the phone; bound to the student from the first time on
     * @return why not, empty when done
     */
    Optional<SessionRefusal> arrive(
            Tx tx, ClassSession session, CandidateId student, String phone) {
        Presence known = presence(tx, session, student);
        if (known.arrived().isPresent()) {
            return phoneRefusal(tx, session, student, phone);
        }
        Instant now = clock.instant();
        return switch (session.at(now)) {
            case NOT_OPEN -> Optional.of(SessionRefusal.PHONE_NOT_OPEN);
            case RUNNING, CHECK_OUT, OVER -> Optional.of(SessionRefusal.PHONE_CHECK_IN_OVER);
            case CHECK_IN ->
                    enter(tx, session, known.arrivedAt(now, Presence.Way.PHONE_CODE), phone, now);
        };
    }

    /** Check-out by phone, likewise. */
    Optional<SessionRefusal> leave(Tx tx, ClassSession session, CandidateId student, String phone) {
        Presence known = presence(tx, session, student);
        if (known.arrived().isEmpty()) {
            return Optional.of(SessionRefusal.PHONE_NOT_CHECKED_IN);
        }
        if (known.left().isPresent()) {
            return phoneRefusal(tx, session, student, phone);
        }
        Instant now = clock.instant();
        return switch (session.at(now)) {
            case NOT_OPEN, CHECK_IN, RUNNING -> Optional.of(SessionRefusal.PHONE_LEAVE_NOT_OPEN);
            case OVER -> Optional.of(SessionRefusal.PHONE_LEAVE_OVER);
            case CHECK_OUT ->
                    enter(tx, session, known.leftAt(now, Presence.Way.PHONE_CODE), phone, now);
        };
    }

    /** Whose admission number this is in the class's plan. */
    Optional<CandidateId> admitted(Tx tx, Sessions.Placed placed, String number) {
        return store.admitted(tx, placed.teachingClass(), number);
    }

    private Presence presence(Tx tx, ClassSession session, CandidateId student) {
        return of(tx, session).getOrDefault(student, Presence.none(student));
    }

    private Optional<SessionRefusal> enter(
            Tx tx, ClassSession session, Presence presence, String phone, Instant now) {
        Optional<SessionRefusal> refusal = phoneRefusal(tx, session, presence.student(), phone);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (store.phone(tx, session.tenant(), presence.student()).isEmpty()) {
            store.bind(tx, session.tenant(), presence.student(), phone, now);
        }
        store.put(tx, session, presence);
        return Optional.empty();
    }

    /** One phone for one student: nobody checks in for a friend. */
    private Optional<SessionRefusal> phoneRefusal(
            Tx tx, ClassSession session, CandidateId student, String phone) {
        Optional<String> bound = store.phone(tx, session.tenant(), student);
        if (bound.isPresent()) {
            return bound.get().equals(phone)
                    ? Optional.empty()
                    : Optional.of(SessionRefusal.PHONE_OTHER);
        }
        return store.owner(tx, session.tenant(), phone).isPresent()
                ? Optional.of(SessionRefusal.PHONE_TAKEN)
                : Optional.empty();
    }

    /** Whether the student's phone is bound. */
    public boolean isBound(Tx tx, Candidate student) {
        return store.phone(tx, student.tenant(), student.id()).isPresent();
    }

    /** Whether the member of staff unbinds phones of the class's students. */
    public boolean mayUnbind(StaffScope scope, TeachingClass one) {
        return classes.mayCorrect(scope, one);
    }

    /** 若出现无法绑定的情况，请联系学院教学管理人员处理: staff of the class's school or college unbind. */
    public CourseDecision unbind(Tx tx, StaffScope scope, TeachingClass of, Candidate student) {
        if (!mayUnbind(scope, of) || !classes.students(tx, of).contains(student)) {
            return CourseDecision.refused("", SessionRefusal.SESSION_NOT_ALLOWED);
        }
        if (store.unbind(tx, student.tenant(), student.id())) {
            audit.deleted(
                    tx, scope.actor(), "student-phone", student.id(), Map.of("phone", "bound"));
        }
        return new CourseDecision.Saved(student.id().value());
    }

    /** Whether the member of staff corrects by hand: college, unit and teacher of the class. */
    public boolean mayCorrect(StaffScope scope) {
        return scope.role() == StaffRole.SCHOOL_CLERK
                || scope.role() == StaffRole.UNIT_STAFF
                || scope.role() == StaffRole.COLLEGE_STAFF
                || scope.role() == StaffRole.TEACHER;
    }

    /** By hand, with a reason; times that are known already stay. */
    public CourseDecision correct(
            Tx tx,
            StaffScope scope,
            Sessions.Placed placed,
            CandidateId student,
            Correction correction,
            String reason) {
        if (!mayCorrect(scope)) {
            return CourseDecision.refused("", SessionRefusal.SESSION_NOT_ALLOWED);
        }
        boolean listed =
                classes.students(tx, placed.teachingClass()).stream()
                        .anyMatch(one -> one.id().equals(student));
        if (!listed) {
            return CourseDecision.refused("student", SessionRefusal.SESSION_STUDENT_UNKNOWN);
        }
        String why = reason.strip();
        if (why.isEmpty() || why.length() > REASON_CHARS_MAX) {
            return CourseDecision.refused("reason", SessionRefusal.SESSION_REASON_MISSING);
        }
        ClassSession session = placed.session();
        Presence before = presence(tx, session, student);
        Optional<Presence.Stamp> in = before.arrived().or(() -> byHand(session.start()));
        Optional<Presence.Stamp> out = before.left().or(() -> byHand(session.end()));
        Presence after =
                switch (correction) {
                    case PRESENT -> before.corrected(in, out, why, scope.login());
                    case CAME -> before.corrected(in, Optional.empty(), why, scope.login());
                    case ABSENT ->
                            before.corrected(
                                    Optional.empty(), Optional.empty(), why, scope.login());
                };
        store.put(tx, session, after);
        String key = session.id() + "/" + student;
        audit.changed(tx, scope.actor(), "session-presence", key, before, after);
        return new CourseDecision.Saved(session.id());
    }

    private static Optional<Presence.Stamp> byHand(Instant at) {
        return Optional.of(new Presence.Stamp(at, Presence.Way.MANUAL));
    }
}
