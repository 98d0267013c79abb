package io.invigil.hub.session;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.qr.QrCode;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.course.CourseDecision;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Sessions: list, who was there, corrections, the screen with the code. Thread-safe. */
public final class SessionPages implements HttpService {
    static final StaffRole[] READERS = {
        StaffRole.SCHOOL_CLERK,
        StaffRole.UNIT_STAFF,
        StaffRole.COLLEGE_STAFF,
        StaffRole.TEACHER,
        StaffRole.AUTHORITY_READER
    };
    static final StaffRole[] KEEPERS = {
        StaffRole.SCHOOL_CLERK, StaffRole.UNIT_STAFF, StaffRole.COLLEGE_STAFF, StaffRole.TEACHER
    };
    private static final String PATH = "/sessions";
    private static final String[] FIELDS = {"q", "test"};

    private final StaffDesk desk;
    private final Sessions sessions;
    private final Attendances attendances;
    private final PhoneDesk phones;
    private final String publicUrl;
    private final Candidates candidates = new Candidates();

    /**
     * @param publicUrl where phones find the hub
     */
    public SessionPages(
            StaffDesk desk,
            Sessions sessions,
            Attendances attendances,
            PhoneDesk phones,
            String publicUrl) {
        this.desk = desk;
        this.sessions = sessions;
        this.attendances = attendances;
        this.phones = phones;
        this.publicUrl = publicUrl;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::list, READERS))
                .post(PATH + "/export", desk.page(this::export, READERS))
                .get(PATH + "/{session}", desk.page(this::show, READERS))
                // 结课后可将面授学时修改为 0
                .post(
                        PATH + "/{session}/zero",
                        desk.page(this::zero, StaffRole.SCHOOL_CLERK, StaffRole.TEACHER))
                .post(PATH + "/{session}/presence", desk.page(this::correct, KEEPERS))
                .post(
                        PATH + "/{session}/unbind",
                        desk.page(this::unbind, StaffRole.SCHOOL_CLERK, StaffRole.COLLEGE_STAFF))
                // the projector's page; the code itself is fetched every few seconds
                .get(PATH + "/{session}/screen", desk.page(this::screen, KEEPERS))
                .get(PATH + "/{session}/code", desk.page(this::code, KEEPERS));
    }

    /** One session in the list. */
    public record Row(Sessions.Placed placed, int listed, long arrived, long present) {}

    private List<Row> rows(StaffScope scope, ListQuery query) {
        String text = query.text("q").strip();
        return desk.inTransaction(
                tx ->
                        sessions.visible(tx, scope).stream()
                                .filter(
                                        one ->
                                                text.isEmpty()
                                                        || one.teachingClass().name().contains(text)
                                                        || one.place()
                                                                .course()
                                                                .subject()
                                                                .name()
                                                                .contains(text))
                                .filter(one -> query.text("test").isEmpty() || one.session().test())
                                .filter(
                                        one ->
                                                !query.hasTicks()
                                                        || query.ticked()
                                                                .contains(one.session().id()))
                                .map(one -> row(tx, one))
                                .toList());
    }

    private Row row(Tx tx, Sessions.Placed placed) {
        Map<Candidate, Presence> roll = attendances.roll(tx, placed);
        return new Row(
                placed,
                roll.size(),
                roll.values().stream().filter(one -> one.arrived().isPresent()).count(),
                roll.values().stream().filter(Presence::present).count());
    }

    private Reply list(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit, FIELDS);
        List<Row> all = rows(scope, query);
        List<Row> rows = all.stream().skip(query.offset()).limit(ListView.ROWS_PER_PAGE).toList();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("rows", rows);
        view.put("list", new ListView(query, PATH, all.size(), rows.size(), true));
        return Reply.page(
                Page.titled(visit.text("session.nav"))
                        .under(visit.text("course.nav"), "/classes")
                        .module("hub/listing.js"),
                desk.content("session/list.jte", view));
    }

    private Reply export(Visit visit, StaffScope scope) {
        return new ListSheet<Row>("面授课")
                .numbered("序号")
                .column("班级", 24, row -> row.placed().teachingClass().name())
                .column("课程", 24, row -> row.placed().place().course().subject().name())
                .column("开始时间", 24, row -> visit.texts().dateTime(session(row).start()))
                .column("结束时间", 24, row -> visit.texts().dateTime(session(row).end()))
                .column("学时", 8, row -> String.valueOf(session(row).hours()))
                .column("综合测试", 10, row -> session(row).test() ? "是" : "否")
                .column("学员人数", 10, row -> String.valueOf(row.listed()))
                .column("签到人数", 10, row -> String.valueOf(row.arrived()))
                .column("出勤人数", 10, row -> String.valueOf(row.present()))
                .reply(rows(scope, ListQuery.sent(visit, FIELDS)));
    }

    private static ClassSession session(Row row) {
        return row.placed().session();
    }

    /** A student of the session's list. */
    public record Member(Candidate student, Presence presence, boolean bound) {}

    private Optional<Sessions.Placed> find(Visit visit, StaffScope scope) {
        return desk.inTransaction(
                tx -> sessions.findVisible(tx, scope, visit.pathNumber("session")));
    }

    private Reply with(
            Visit visit,
            StaffScope scope,
            java.util.function.Function<Sessions.Placed, Reply> answer) {
        return find(visit, scope).map(answer).orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, StaffScope scope) {
        return with(visit, scope, placed -> show(visit, scope, placed, List.of()));
    }

    private Reply show(
            Visit visit, StaffScope scope, Sessions.Placed placed, List<FieldIssue> issues) {
        FormErrors errors = StaffDesk.errors(visit, issues);
        List<Member> members = new ArrayList<>();
        desk.inTransaction(
                tx -> {
                    attendances
                            .roll(tx, placed)
                            .forEach(
                                    (student, presence) ->
                                            members.add(
                                                    new Member(
                                                            student,
                                                            presence,
                                                            attendances.isBound(tx, student))));
                    return members;
                });
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("placed", placed);
        view.put("members", members);
        view.put("window", placed.session().at(visit.now()));
        view.put("corrects", attendances.mayCorrect(scope));
        view.put("enters", sessions.mayEnter(scope, placed.teachingClass()));
        view.put("unbinds", attendances.mayUnbind(scope, placed.teachingClass()));
        view.put("errors", errors);
        return Reply.page(
                Page.titled(
                                placed.place().course().subject().name()
                                        + " · "
                                        + visit.texts().dateTime(placed.session().start()))
                        .under(
                                visit.text("session.course"),
                                "/courses/" + placed.session().course())
                        .errors(errors.list()),
                desk.content("session/show.jte", view));
    }

    private Reply step(
            Visit visit, StaffScope scope, BiFunction<Tx, Sessions.Placed, CourseDecision> work) {
        return with(
                visit,
                scope,
                placed ->
                        switch (desk.inTransaction(tx -> work.apply(tx, placed))) {
                            case CourseDecision.Saved saved -> {
                                visit.flash(Flash.Kind.SUCCESS, visit.text("course.saved"));
                                yield Reply.seeOther(PATH + "/" + placed.session().id());
                            }
                            case CourseDecision.Refused refused ->
                                    show(visit, scope, placed, refused.issues()).status(422);
                        });
    }

    private Reply zero(Visit visit, StaffScope scope) {
        return step(visit, scope, (tx, placed) -> sessions.zeroHours(tx, scope, placed));
    }

    private static Optional<CandidateId> student(Visit visit) {
        return visit.form().number("student").filter(id -> id > 0).map(CandidateId::new);
    }

    private static CourseDecision unknown() {
        return CourseDecision.refused("student", SessionRefusal.SESSION_STUDENT_UNKNOWN);
    }

    private Reply correct(Visit visit, StaffScope scope) {
        Optional<CandidateId> student = student(visit);
        Optional<Attendances.Correction> what =
                Arrays.stream(Attendances.Correction.values())
                        .filter(one -> one.name().equals(visit.form().text("state")))
                        .findFirst();
        String reason = visit.form().text("reason");
        return step(
                visit,
                scope,
                (tx, placed) ->
                        student.isEmpty() || what.isEmpty()
                                ? unknown()
                                : attendances.correct(
                                        tx, scope, placed, student.get(), what.get(), reason));
    }

    private Reply unbind(Visit visit, StaffScope scope) {
        Optional<CandidateId> student = student(visit);
        return step(
                visit,
                scope,
                (tx, placed) ->
                        student.flatMap(id -> candidates.find(tx, scope.tenant(), id))
                                .map(
                                        one ->
                                                attendances.unbind(
                                                        tx, scope, placed.teachingClass(), one))
                                .orElseGet(SessionPages::unknown));
    }

    private Reply screen(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                placed ->
                        Reply.page(
                                Page.titled(
                                                placed.place().course().subject().name()
                                                        + " · "
                                                        + placed.teachingClass().name())
                                        .style("hub/session.css")
                                        .module("hub/session-screen.js"),
                                desk.content("session/screen.jte", codeView(visit, placed))));
    }

    private Reply code(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                placed ->
                        Reply.html(desk.content("session/code.jte", codeView(visit, placed)))
                                .header("Cache-Control", "no-store"));
    }

    private Map<String, Object> codeView(Visit visit, Sessions.Placed placed) {
        PhoneDesk.Screen screen = phones.screen(placed.session());
        String address = publicUrl + "/s/" + placed.session().id() + "?code=" + screen.code();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("placed", placed);
        view.put("window", placed.session().at(visit.now()));
        view.put("screen", screen.code());
        view.put("seconds", (screen.changesInMillis() + 999) / 1000);
        view.put("qr", QrCode.of(address).orElseThrow().svg(visit.text("session.screen.qr")));
        view.put("row", desk.inTransaction(tx -> row(tx, placed)));
        return view;
    }
}
