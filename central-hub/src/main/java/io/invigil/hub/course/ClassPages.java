package io.invigil.hub.course;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.SubjectId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Classes: list, form, one class with students, courses, teachers and the check. Thread-safe. */
public final class ClassPages implements HttpService {
    private static final String PATH = "/classes";
    private static final String[] FIELDS = {"q", "state"};
    private static final StaffRole[] READERS = {
        StaffRole.SCHOOL_CLERK,
        StaffRole.UNIT_STAFF,
        StaffRole.COLLEGE_STAFF,
        StaffRole.TEACHER,
        StaffRole.AUTHORITY_READER
    };

    private final StaffDesk desk;
    private final Classes classes;
    private final Teachers teachers;
    private final Plans plans = new Plans();
    private final Organisations organisations = new Organisations();

    public ClassPages(StaffDesk desk, Classes classes, Teachers teachers) {
        this.desk = desk;
        this.classes = classes;
        this.teachers = teachers;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        StaffRole unit = StaffRole.UNIT_STAFF;
        StaffRole college = StaffRole.COLLEGE_STAFF;
        rules.get(PATH, desk.page(this::list, READERS))
                .post(PATH + "/export", desk.page(this::export, READERS))
                .get(PATH + "/new", desk.page(this::blank, clerk))
                .post(PATH + "/new", desk.page(this::add, clerk))
                .get(PATH + "/{class}", desk.page(this::show, READERS))
                .post(PATH + "/{class}/students", desk.page(this::addStudents, clerk, college))
                .post(
                        PATH + "/{class}/students/remove",
                        desk.page(this::removeStudent, clerk, college))
                .post(PATH + "/{class}/courses", desk.page(this::addCourse, clerk, college))
                .post(PATH + "/{class}/college", desk.page(this::entrust, clerk))
                // 信息核查 by the unit
                .post(PATH + "/{class}/check", desk.page(this::check, unit))
                // 分配任课老师
                .post("/courses/{course}/teachers", desk.page(this::assign, clerk, unit, college))
                .post(
                        "/courses/{course}/teachers/remove",
                        desk.page(this::release, clerk, unit, college));
    }

    /** One class in the list. */
    public record Row(
            TeachingClass one,
            String school,
            String unit,
            String college,
            String plan,
            int students) {}

    private List<Row> rows(StaffScope scope, ListQuery query) {
        String text = query.text("q").strip();
        String state = query.text("state");
        return desk.inTransaction(
                tx ->
                        classes.visible(tx, scope).stream()
                                .filter(
                                        one ->
                                                text.isEmpty()
                                                        || one.name().contains(text)
                                                        || one.batch().contains(text))
                                .filter(
                                        one ->
                                                state.isEmpty()
                                                        || one.check().state().name().equals(state))
                                .filter(
                                        one ->
                                                !query.hasTicks()
                                                        || query.ticked().contains(one.id()))
                                .map(one -> row(tx, one))
                                .toList());
    }

    private Row row(Tx tx, TeachingClass one) {
        return new Row(
                one,
                organisations.find(tx, one.tenant(), one.school()).orElseThrow().name(),
                name(tx, one, one.unit()),
                name(tx, one, one.college()),
                plans.find(tx, one.tenant(), one.plan()).map(Plan::name).orElse(""),
                classes.students(tx, one).size());
    }

    private String name(Tx tx, TeachingClass one, Optional<OrganisationId> organisation) {
        return organisation
                .flatMap(id -> organisations.find(tx, one.tenant(), id))
                .map(Organisation::name)
                .orElse("");
    }

    private Reply list(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit, FIELDS);
        List<Row> all = rows(scope, query);
        List<Row> rows = all.stream().skip(query.offset()).limit(ListView.ROWS_PER_PAGE).toList();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("scope", scope);
        view.put("rows", rows);
        view.put("query", query);
        view.put("list", new ListView(query, PATH, all.size(), rows.size(), true));
        return Reply.page(
                Page.titled(visit.text("course.nav")).module("hub/listing.js"),
                desk.content("course/list.jte", view));
    }

    private Reply export(Visit visit, StaffScope scope) {
        return new ListSheet<Row>("班级")
                .numbered("序号")
                .column("班级", 24, row -> row.one().name())
                .column("批次", 16, row -> row.one().batch())
                .column("考试计划", 40, Row::plan)
                .column("所属院校", 30, Row::school)
                .column("所属学院", 24, Row::college)
                .column("助学单位", 30, Row::unit)
                .column("学员人数", 10, row -> String.valueOf(row.students()))
                .column(
                        "信息核查",
                        12,
                        row -> visit.texts().of("course.check", row.one().check().state()))
                .column("问题说明", 40, row -> row.one().check().statement())
                .reply(rows(scope, ListQuery.sent(visit, FIELDS)));
    }

    private Reply blank(Visit visit, StaffScope scope) {
        return form(visit, scope, Entered.empty(), new FormErrors());
    }

    private Reply form(Visit visit, StaffScope scope, Entered entered, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("plans", plans.visible(tx, scope));
                    view.put(
                            "units",
                            organisations.ofKind(tx, scope.tenant(), OrganisationKind.UNIT));
                    view.put("colleges", colleges(tx, scope));
                    return view;
                });
        view.put("visit", visit);
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("course.new"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("course.nav"), PATH)
                        .errors(errors.list()),
                desk.content("course/form.jte", view));
    }

    private List<Organisation> colleges(Tx tx, StaffScope scope) {
        return organisations.colleges(tx, scope.tenant(), scope.organisation().id());
    }

    private Reply add(Visit visit, StaffScope scope) {
        Classes.Draft draft =
                new Classes.Draft(
                        visit.form().text("name").strip(),
                        visit.form().text("batch").strip(),
                        visit.form().number("plan").orElse(0L),
                        visit.form().number("unit").orElse(0L),
                        visit.form().number("college").orElse(0L));
        return switch (desk.inTransaction(tx -> classes.add(tx, scope, draft))) {
            case CourseDecision.Saved saved -> Reply.seeOther(PATH + "/" + saved.id());
            case CourseDecision.Refused refused ->
                    form(
                                    visit,
                                    scope,
                                    new Entered(visit.form().fields()),
                                    StaffDesk.errors(visit, refused.issues()))
                            .status(422);
        };
    }

    private Reply show(Visit visit, StaffScope scope) {
        Optional<TeachingClass> found =
                desk.inTransaction(tx -> classes.findVisible(tx, scope, visit.pathNumber("class")));
        return found.map(one -> show(visit, scope, one, List.of())).orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, StaffScope scope, TeachingClass one, List<FieldIssue> issues) {
        FormErrors errors = StaffDesk.errors(visit, issues);
        boolean own = classes.mayCorrect(scope, one);
        boolean assigns = classes.mayAssign(scope, one);
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("row", row(tx, one));
                    view.put("colleges", colleges(tx, scope));
                    view.put("students", classes.students(tx, one));
                    view.put("courses", classes.courses(tx, scope, one));
                    view.put("offered", own ? classes.offered(tx, one) : List.of());
                    view.put(
                            "teachers",
                            assigns
                                    ? teachers.ofSchool(tx, one.tenant(), one.school())
                                    : List.of());
                    return view;
                });
        view.put("visit", visit);
        view.put("own", own);
        view.put("entrusts", scope.mayChange(one.school()));
        view.put("assigns", assigns);
        view.put("checks", scope.role() == StaffRole.UNIT_STAFF);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(one.name()).under(visit.text("course.nav"), PATH).errors(errors.list()),
                desk.content("course/show.jte", view));
    }

    private Reply step(
            Visit visit, StaffScope scope, BiFunction<Tx, TeachingClass, CourseDecision> work) {
        Optional<TeachingClass> found =
                desk.inTransaction(tx -> classes.findVisible(tx, scope, visit.pathNumber("class")));
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        CourseDecision decision = desk.inTransaction(tx -> work.apply(tx, found.get()));
        return after(visit, scope, found.get(), decision);
    }

    private Reply after(Visit visit, StaffScope scope, TeachingClass one, CourseDecision decision) {
        return switch (decision) {
            case CourseDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("course.saved"));
                yield Reply.seeOther(PATH + "/" + one.id());
            }
            case CourseDecision.Refused refused ->
                    show(visit, scope, one, refused.issues()).status(422);
        };
    }

    private Reply addStudents(Visit visit, StaffScope scope) {
        List<String> typed =
                Arrays.stream(visit.form().text("students").split("[\\s,，、;；]+"))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .limit(Classes.STUDENTS_MAX + 1L)
                        .toList();
        return step(visit, scope, (tx, one) -> classes.addStudents(tx, scope, one, typed));
    }

    private Reply removeStudent(Visit visit, StaffScope scope) {
        Optional<CandidateId> student =
                visit.form().number("candidate").filter(id -> id > 0).map(CandidateId::new);
        return step(
                visit,
                scope,
                (tx, one) ->
                        student.map(id -> classes.removeStudent(tx, scope, one, id))
                                .orElseGet(
                                        () ->
                                                CourseDecision.refused(
                                                        "students",
                                                        CourseRefusal.CLASS_STUDENTS_MISSING)));
    }

    private Reply addCourse(Visit visit, StaffScope scope) {
        Optional<SubjectId> subject =
                visit.form().number("subject").filter(id -> id > 0).map(SubjectId::new);
        return step(
                visit,
                scope,
                (tx, one) ->
                        subject.map(id -> classes.addCourse(tx, scope, one, id))
                                .orElseGet(
                                        () ->
                                                CourseDecision.refused(
                                                        "subject",
                                                        CourseRefusal.CLASS_SUBJECT_UNKNOWN)));
    }

    private Reply entrust(Visit visit, StaffScope scope) {
        long college = visit.form().number("college").orElse(0L);
        return step(visit, scope, (tx, one) -> classes.entrust(tx, scope, one, college));
    }

    private Reply check(Visit visit, StaffScope scope) {
        boolean right = visit.form().text("verdict").equals("right");
        String statement = visit.form().text("statement");
        return step(visit, scope, (tx, one) -> classes.check(tx, scope, one, right, statement));
    }

    private Reply assign(Visit visit, StaffScope scope) {
        return teacher(visit, scope, (tx, p) -> classes.assign(tx, scope, p, teacher(visit)));
    }

    private Reply release(Visit visit, StaffScope scope) {
        return teacher(visit, scope, (tx, p) -> classes.release(tx, scope, p, teacher(visit)));
    }

    private static long teacher(Visit visit) {
        return visit.form().number("teacher").orElse(0L);
    }

    private Reply teacher(
            Visit visit, StaffScope scope, BiFunction<Tx, Classes.Place, CourseDecision> work) {
        Optional<Classes.Place> place =
                desk.inTransaction(tx -> classes.findCourse(tx, scope, visit.pathNumber("course")));
        if (place.isEmpty()) {
            return Reply.notFound();
        }
        CourseDecision decision = desk.inTransaction(tx -> work.apply(tx, place.get()));
        return after(visit, scope, place.get().teachingClass(), decision);
    }
}
