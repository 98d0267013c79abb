package io.invigil.hub.session;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.course.Classes;
import io.invigil.hub.course.CourseDecision;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A class course: its sessions, a new one, and every student's mark with its source. */
public final class CourseSessionPages implements HttpService {
    private static final StaffRole[] TEACHING = {StaffRole.SCHOOL_CLERK, StaffRole.TEACHER};

    private final StaffDesk desk;
    private final Classes classes;
    private final Sessions sessions;
    private final Attendances attendances;
    private final TestMarks tests;
    private final Plans plans = new Plans();
    private final Audit audit = new Audit();

    public CourseSessionPages(
            StaffDesk desk,
            Classes classes,
            Sessions sessions,
            Attendances attendances,
            TestMarks tests) {
        this.desk = desk;
        this.classes = classes;
        this.sessions = sessions;
        this.attendances = attendances;
        this.tests = tests;
    }

    /** Marks of the course's comprehensive test, by student. */
    private Map<CandidateId, String> tests(Tx tx, Classes.Place place) {
        TenantId tenant = place.teachingClass().tenant();
        return sessions.ofCourse(tx, tenant, place.course().course().id()).stream()
                .filter(ClassSession::test)
                .findFirst()
                .map(test -> tests.of(tx, tenant, test.id()))
                .orElse(Map.of());
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/courses/{course}", desk.page(this::show, SessionPages.READERS))
                .post("/courses/{course}/sessions", desk.page(this::add, TEACHING))
                .post("/courses/{course}/export", desk.page(this::export, SessionPages.READERS))
                .get(
                        "/courses/{course}/students/{student}",
                        desk.page(this::student, SessionPages.READERS));
    }

    private Reply with(Visit visit, StaffScope scope, Function<Classes.Place, Reply> answer) {
        Optional<Classes.Place> place =
                desk.inTransaction(tx -> classes.findCourse(tx, scope, visit.pathNumber("course")));
        return place.map(answer).orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, StaffScope scope) {
        Entered fresh = new Entered.Builder().with("hours", 4).build();
        return with(visit, scope, place -> show(visit, scope, place, fresh, new FormErrors()));
    }

    private Reply show(
            Visit visit,
            StaffScope scope,
            Classes.Place place,
            Entered entered,
            FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put(
                            "sessions",
                            sessions.ofCourse(tx, scope.tenant(), place.course().course().id()));
                    view.put("marks", sessions.marks(tx, place, attendances));
                    view.put("tests", tests(tx, place));
                    return view;
                });
        view.put("visit", visit);
        view.put("place", place);
        view.put("enters", sessions.mayEnter(scope, place.teachingClass()));
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(place.course().subject().name() + " · " + place.teachingClass().name())
                        .under(
                                place.teachingClass().name(),
                                "/classes/" + place.teachingClass().id())
                        .errors(errors.list()),
                desk.content("session/course.jte", view));
    }

    private Reply add(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                place -> {
                    Sessions.Draft draft = draft(visit, place);
                    return switch (desk.inTransaction(
                            tx -> sessions.add(tx, scope, place, draft))) {
                        case CourseDecision.Saved saved -> {
                            visit.flash(Flash.Kind.SUCCESS, visit.text("session.added"));
                            yield Reply.seeOther("/sessions/" + saved.id());
                        }
                        case CourseDecision.Refused refused ->
                                show(
                                                visit,
                                                scope,
                                                place,
                                                new Entered(visit.form().fields()),
                                                StaffDesk.errors(visit, refused.issues()))
                                        .status(422);
                    };
                });
    }

    private Sessions.Draft draft(Visit visit, Classes.Place place) {
        ZoneId zone =
                desk.inTransaction(
                                tx ->
                                        plans.find(
                                                tx,
                                                place.teachingClass().tenant(),
                                                place.teachingClass().plan()))
                        .map(Plan::zone)
                        .orElseThrow();
        Optional<LocalDate> day = visit.form().date("date");
        return new Sessions.Draft(
                moment(day, visit.form().text("from"), zone),
                moment(day, visit.form().text("to"), zone),
                visit.form()
                        .number("hours")
                        .filter(hours -> hours >= 0 && hours <= Sessions.HOURS_MAX)
                        .orElse(0L)
                        .intValue(),
                visit.form().ticked("test"));
    }

    private static Optional<Instant> moment(Optional<LocalDate> day, String time, ZoneId zone) {
        try {
            LocalTime at = LocalTime.parse(time.strip());
            return day.map(date -> date.atTime(at).atZone(zone).toInstant());
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    private Reply export(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                place -> {
                    ListQuery query = ListQuery.sent(visit, new String[0]);
                    Map<CandidateId, String> tested = desk.inTransaction(tx -> tests(tx, place));
                    List<AttendanceMark> marks =
                            desk
                                    .inTransaction(tx -> sessions.marks(tx, place, attendances))
                                    .stream()
                                    .filter(
                                            one ->
                                                    !query.hasTicks()
                                                            || query.ticked()
                                                                    .contains(
                                                                            one.student()
                                                                                    .id()
                                                                                    .value()))
                                    .toList();
                    desk.inTransaction(
                            tx -> {
                                audit.exported(
                                        tx,
                                        scope.actor(),
                                        "session-presence",
                                        "course-" + visit.pathNumber("course"),
                                        Map.of("rows", marks.size()));
                                return Boolean.TRUE;
                            });
                    return new ListSheet<AttendanceMark>("面授考勤")
                            .numbered("序号")
                            .column("姓名", 14, one -> one.student().name())
                            .column("考生编号", 20, one -> one.student().number())
                            .column("出勤学时", 10, one -> "" + one.hoursPresent())
                            .column("总学时", 10, one -> "" + one.hoursOfAll())
                            .column(
                                    "考勤成绩",
                                    10,
                                    one -> one.mark().map(BigDecimal::toPlainString).orElse(""))
                            .column("综合测试", 10, one -> tested.getOrDefault(one.student().id(), ""))
                            .reply(marks);
                });
    }

    private Reply student(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                place -> {
                    long id = visit.pathNumber("student");
                    Optional<AttendanceMark> mark =
                            desk
                                    .inTransaction(tx -> sessions.marks(tx, place, attendances))
                                    .stream()
                                    .filter(one -> one.student().id().value() == id)
                                    .findFirst();
                    return mark.map(one -> student(visit, place, one)).orElseGet(Reply::notFound);
                });
    }

    private Reply student(Visit visit, Classes.Place place, AttendanceMark mark) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("mark", mark);
        return Reply.page(
                Page.titled(mark.student().name())
                        .under(
                                place.course().subject().name(),
                                "/courses/" + place.course().course().id()),
                desk.content("session/student.jte", view));
    }
}
