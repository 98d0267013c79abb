package io.invigil.hub.session;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.course.Classes;
import io.invigil.hub.course.CourseDecision;
import io.invigil.hub.course.TeachingClass;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entering sessions and what their attendance amounts to (domain, section 9; S0 section 4: 建议一般 4
 * 个学时配置一条面授记录，不要随意新增无效记录). Thread-safe.
 */
public final class Sessions {
    public static final int SESSIONS_MAX = 500;
    public static final int HOURS_MAX = 12;
    public static final Duration LENGTH_MAX = Duration.ofHours(14);

    /** S0 section 5, verbatim: 上课前 15 分钟内完成签到，下课后 15 分钟内完成签退. */
    public static final int WINDOW_MINUTES = 15;

    private final Clock clock;
    private final Classes classes;
    private final SessionStore store = new SessionStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public Sessions(Clock clock, Classes classes) {
        this.clock = clock;
        this.classes = classes;
    }

    /** What a new session says. */
    public record Draft(Optional<Instant> start, Optional<Instant> end, int hours, boolean test) {}

    /** A session with its class and course. */
    public record Placed(ClassSession session, Classes.Place place) {
        public TeachingClass teachingClass() {
            return place.teachingClass();
        }
    }

    /** Sessions of all courses that the member of staff sees, newest first. */
    public List<Placed> visible(Tx tx, StaffScope scope) {
        List<Placed> found = new ArrayList<>();
        for (TeachingClass one : classes.visible(tx, scope)) {
            for (Classes.Course course : classes.courses(tx, scope, one)) {
                for (ClassSession session : ofCourse(tx, scope.tenant(), course.course().id())) {
                    found.add(new Placed(session, new Classes.Place(one, course)));
                }
            }
        }
        found.sort(Comparator.comparing((Placed one) -> one.session().start()).reversed());
        return List.copyOf(found);
    }

    public List<ClassSession> ofCourse(Tx tx, TenantId tenant, long course) {
        return store.ofCourse(tx, tenant, course, SESSIONS_MAX);
    }

    /** The session when the member of staff sees its course. */
    public Optional<Placed> findVisible(Tx tx, StaffScope scope, long id) {
        return store.find(tx, scope.tenant(), id)
                .flatMap(
                        session ->
                                classes.findCourse(tx, scope, session.course())
                                        .map(place -> new Placed(session, place)));
    }

    /** The session by its number, for phones in front of its code. */
    public Optional<Placed> find(Tx tx, TenantId tenant, long id) {
        return store.find(tx, tenant, id)
                .flatMap(
                        session ->
                                classes.place(tx, tenant, session.course())
                                        .map(place -> new Placed(session, place)));
    }

    /** Whether the member of staff enters sessions of a course that is visible to it. */
    public boolean mayEnter(StaffScope scope, TeachingClass one) {
        return scope.role() == StaffRole.TEACHER || scope.mayChange(one.school());
    }

    /** Enters a session of a course that the member of staff sees. */
    public CourseDecision add(Tx tx, StaffScope scope, Classes.Place place, Draft draft) {
        if (!mayEnter(scope, place.teachingClass())) {
            return CourseDecision.refused("", SessionRefusal.SESSION_NOT_ALLOWED);
        }
        Optional<CourseDecision.Refused> refused = refusal(tx, scope, place, draft);
        if (refused.isPresent()) {
            return refused.get();
        }
        long id = numbers.take(tx, scope.tenant(), NumberSeries.CLASS_SESSION, 1);
        ClassSession added =
                new ClassSession(
                        scope.tenant(),
                        id,
                        place.course().course().id(),
                        draft.start().orElseThrow(),
                        draft.end().orElseThrow(),
                        draft.hours(),
                        draft.test(),
                        WINDOW_MINUTES,
                        WINDOW_MINUTES,
                        scope.login());
        store.add(tx, added);
        audit.created(tx, scope.actor(), "class-session", id, added);
        return new CourseDecision.Saved(id);
    }

    private Optional<CourseDecision.Refused> refusal(
            Tx tx, StaffScope scope, Classes.Place place, Draft draft) {
        if (draft.start().isEmpty() || draft.end().isEmpty()) {
            return no("date", SessionRefusal.SESSION_TIME_MISSING);
        }
        Instant start = draft.start().get();
        Instant end = draft.end().get();
        if (!start.isBefore(end) || Duration.between(start, end).compareTo(LENGTH_MAX) > 0) {
            return no("to", SessionRefusal.SESSION_TIME_ORDER);
        }
        if (!clock.instant().isBefore(end)) {
            return no("date", SessionRefusal.SESSION_OVER);
        }
        if (draft.hours() < 1 || draft.hours() > HOURS_MAX) {
            return no("hours", SessionRefusal.SESSION_HOURS);
        }
        List<ClassSession> own = ofCourse(tx, scope.tenant(), place.course().course().id());
        if (draft.test() && own.stream().anyMatch(ClassSession::test)) {
            return no("test", SessionRefusal.SESSION_TEST_TWICE);
        }
        boolean overlaps =
                ofClass(tx, place.teachingClass()).stream()
                        .anyMatch(s -> start.isBefore(s.end()) && s.start().isBefore(end));
        return overlaps ? no("date", SessionRefusal.SESSION_OVERLAPS) : Optional.empty();
    }

    private static Optional<CourseDecision.Refused> no(String field, SessionRefusal code) {
        return Optional.of(CourseDecision.refused(field, code));
    }

    /** A class is in one place at a time, whatever the course. */
    private List<ClassSession> ofClass(Tx tx, TeachingClass one) {
        return classes.courseNumbers(tx, one).stream()
                .flatMap(course -> ofCourse(tx, one.tenant(), course).stream())
                .toList();
    }

    /** Sets the hours to 0, once the session is over (结课). */
    public CourseDecision zeroHours(Tx tx, StaffScope scope, Placed placed) {
        if (!mayEnter(scope, placed.teachingClass())) {
            return CourseDecision.refused("", SessionRefusal.SESSION_NOT_ALLOWED);
        }
        ClassSession session = placed.session();
        if (!session.isOver(clock.instant())) {
            return CourseDecision.refused("hours", SessionRefusal.SESSION_NOT_OVER);
        }
        ClassSession changed = session.withHours(0);
        store.setHours(tx, changed);
        audit.changed(tx, scope.actor(), "class-session", session.id(), session, changed);
        return new CourseDecision.Saved(session.id());
    }

    /** Marks of all students of a course's class, by name. */
    public List<AttendanceMark> marks(Tx tx, Classes.Place place, Attendances attendances) {
        Instant now = clock.instant();
        List<ClassSession> over =
                ofCourse(tx, place.teachingClass().tenant(), place.course().course().id()).stream()
                        .filter(session -> session.isOver(now))
                        .toList();
        List<Map<CandidateId, Presence>> presences =
                over.stream().map(session -> attendances.of(tx, session)).toList();
        List<AttendanceMark> marks = new ArrayList<>();
        for (Candidate student : classes.students(tx, place.teachingClass())) {
            List<AttendanceMark.Line> lines = new ArrayList<>();
            for (int i = 0; i < over.size(); i++) {
                Presence presence =
                        presences.get(i).getOrDefault(student.id(), Presence.none(student.id()));
                lines.add(new AttendanceMark.Line(over.get(i), presence));
            }
            marks.add(new AttendanceMark(student, lines));
        }
        return List.copyOf(marks);
    }
}
