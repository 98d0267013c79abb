package io.invigil.hub.sessionroom;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.ExamPackage;
import io.invigil.hub.pack.KeyReleases;
import io.invigil.hub.pack.PackRefusal;
import io.invigil.hub.paper.PaperVersion;
import io.invigil.hub.plan.SessionPlans;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.score.ComputedScore;
import io.invigil.hub.session.Attendances;
import io.invigil.hub.session.ClassSession;
import io.invigil.hub.session.Presence;
import io.invigil.hub.session.Sessions;
import io.invigil.hub.site.Room;
import io.invigil.protocol.paper.ReleaseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A session's page about its room server: server, room, paper; the package and its release; who
 * came, what each has. Thread-safe.
 */
public final class SessionRoomPages implements HttpService {
    private static final StaffRole[] HOLDERS = {StaffRole.SCHOOL_CLERK, StaffRole.TEACHER};
    private static final StaffRole[] READERS = {
        StaffRole.SCHOOL_CLERK,
        StaffRole.UNIT_STAFF,
        StaffRole.COLLEGE_STAFF,
        StaffRole.TEACHER,
        StaffRole.AUTHORITY_READER
    };

    private final StaffDesk desk;
    private final Sessions sessions;
    private final Attendances attendances;
    private final SessionRooms rooms;
    private final SessionGrades grades;
    private final KeyReleases releases;
    private final TeacherAccounts accounts;

    public SessionRoomPages(
            StaffDesk desk,
            Sessions sessions,
            Attendances attendances,
            SessionRooms rooms,
            SessionGrades grades,
            KeyReleases releases,
            TeacherAccounts accounts) {
        this.desk = desk;
        this.sessions = sessions;
        this.attendances = attendances;
        this.rooms = rooms;
        this.grades = grades;
        this.releases = releases;
        this.accounts = accounts;
    }

    @Override
    public void routing(HttpRules rules) {
        String path = "/sessions/{session}/room";
        rules.get(path, desk.page(this::show, READERS))
                .post(path, desk.page(this::hold, HOLDERS))
                // two people release the paper, as of any exam
                .post(path + "/approve", desk.page(this::approve, HOLDERS))
                .post(path + "/release", desk.page(this::release, HOLDERS))
                .post(path + "/code", desk.page(this::code, HOLDERS));
    }

    /** One student of the list, with all that is known. */
    public record Row(
            Candidate student,
            Optional<Sitting> sitting,
            Presence presence,
            Optional<ComputedScore> score) {}

    /** What the page shows of a session that was given to a server. */
    public record Held(
            HeldSession session,
            Room room,
            Optional<ExamPackage> published,
            List<KeyReleases.Approval> approvals,
            boolean begun) {}

    /** A login as colleagues read it: a teacher's is a mobile number. */
    public static String shown(String login) {
        return Presence.masked(login);
    }

    /** The score of a student who has one. */
    public static Optional<String> grade(Row row) {
        return row.score().flatMap(SessionGrades::shown);
    }

    private Reply with(Visit visit, StaffScope scope, Function<Sessions.Placed, Reply> answer) {
        return desk.inTransaction(
                        tx -> sessions.findVisible(tx, scope, visit.pathNumber("session")))
                .map(answer)
                .orElseGet(Reply::notFound);
    }

    private static String path(Sessions.Placed placed) {
        return "/sessions/" + placed.session().id() + "/room";
    }

    private Reply show(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                placed -> show(visit, scope, placed, Optional.empty(), new FormErrors(), ""));
    }

    private Reply show(
            Visit visit,
            StaffScope scope,
            Sessions.Placed placed,
            Optional<Entered> sent,
            FormErrors errors,
            String code) {
        return desk.inTransaction(
                tx -> {
                    Optional<Held> held =
                            rooms.find(tx, scope.tenant(), placed.session().id())
                                    .map(one -> held(tx, one));
                    List<PaperVersion> papers = rooms.papers(tx, placed);
                    List<SessionRooms.Server> servers = rooms.servers(tx, placed.teachingClass());
                    List<Row> rows = rows(tx, placed, held);
                    Map<String, Object> view = new HashMap<>();
                    view.put("visit", visit);
                    view.put("placed", placed);
                    view.put("held", held);
                    view.put("rows", rows);
                    view.put("servers", servers);
                    view.put("papers", papers);
                    view.put("holds", rooms.mayHold(scope, placed));
                    view.put("login", scope.login());
                    view.put("account", accounts.state(tx, scope));
                    view.put("code", code);
                    view.put(
                            "entered",
                            sent.orElseGet(() -> entered(placed, held, servers, rows.size())));
                    view.put("errors", errors);
                    return Reply.page(
                            Page.titled(visit.text("sessionroom.title"))
                                    .width(Page.Width.FULL)
                                    .under(
                                            placed.place().course().subject().name()
                                                    + " · "
                                                    + visit.texts()
                                                            .dateTime(placed.session().start()),
                                            "/sessions/" + placed.session().id())
                                    .errors(errors.list()),
                            desk.content("sessionroom/show.jte", view));
                });
    }

    private Held held(Tx tx, HeldSession one) {
        Optional<ExamPackage> published = rooms.published(tx, one);
        return new Held(
                one,
                rooms.room(tx, one).orElseThrow(),
                published,
                published.map(exam -> releases.approvals(tx, exam.exam())).orElse(List.of()),
                rooms.hasBegun(tx, one));
    }

    private List<Row> rows(Tx tx, Sessions.Placed placed, Optional<Held> held) {
        Map<CandidateId, Sitting> sittings =
                held.map(one -> rooms.sittings(tx, one.session())).orElse(Map.of());
        Map<CandidateId, ComputedScore> scores =
                grades.of(tx, placed.session().tenant(), placed.session().id());
        List<Row> rows = new ArrayList<>();
        attendances
                .roll(tx, placed)
                .forEach(
                        (student, presence) ->
                                rows.add(
                                        new Row(
                                                student,
                                                Optional.ofNullable(sittings.get(student.id())),
                                                presence,
                                                Optional.ofNullable(scores.get(student.id())))));
        return rows;
    }

    private static Entered entered(
            Sessions.Placed placed,
            Optional<Held> held,
            List<SessionRooms.Server> servers,
            int students) {
        ClassSession session = placed.session();
        long most = Duration.between(session.start(), session.end()).toMinutes();
        String room =
                servers.stream()
                        .flatMap(one -> one.node().rooms().stream())
                        .findFirst()
                        .orElse(placed.teachingClass().name());
        return new Entered.Builder()
                .with("node", held.map(one -> one.session().node().value()).orElse(""))
                .with("room", held.map(one -> one.room().name()).orElse(room))
                .with("seats", held.map(one -> one.room().seats()).orElse(students))
                .with(
                        "paper",
                        held.flatMap(one -> one.session().paper())
                                .map(one -> "" + one.value())
                                .orElse(""))
                .with("minutes", Math.min(SessionPlans.TEST_MINUTES, most))
                .build();
    }

    private Reply hold(Visit visit, StaffScope scope) {
        Form form = visit.form();
        SessionRooms.Draft draft =
                new SessionRooms.Draft(
                        form.text("node"),
                        form.text("room"),
                        number(form, "seats"),
                        form.number("paper").orElse(0L),
                        number(form, "minutes"),
                        form.text("results"));
        return with(
                visit,
                scope,
                placed ->
                        switch (rooms.hold(scope, placed, draft)) {
                            case HoldDecision.Published done -> {
                                visit.flash(
                                        Flash.Kind.SUCCESS,
                                        visit.text(
                                                "sessionroom.published",
                                                done.published().sittings()));
                                yield Reply.seeOther(path(placed));
                            }
                            case HoldDecision.Refused refused ->
                                    refused(
                                            visit,
                                            scope,
                                            placed,
                                            StaffDesk.errors(visit, refused.issues()));
                            case HoldDecision.NotPublished no ->
                                    refused(
                                            visit,
                                            scope,
                                            placed,
                                            new FormErrors()
                                                    .add(
                                                            "form",
                                                            packText(
                                                                    visit,
                                                                    no.refusal().reason(),
                                                                    no.refusal().detail())));
                        });
    }

    private Reply refused(
            Visit visit, StaffScope scope, Sessions.Placed placed, FormErrors errors) {
        Entered sent = new Entered(visit.form().fields());
        return show(visit, scope, placed, Optional.of(sent), errors, "").status(422);
    }

    private static String packText(Visit visit, PackRefusal reason, String detail) {
        String text = visit.texts().of("pack.refused", reason);
        return detail.isEmpty() ? text : text + "：" + detail;
    }

    private static int number(Form form, String field) {
        return form.number(field)
                .filter(value -> value >= 0 && value <= Integer.MAX_VALUE)
                .orElse(0L)
                .intValue();
    }

    private Reply approve(Visit visit, StaffScope scope) {
        return step(visit, scope, "pack.approved", (tx, exam) -> releases.approve(tx, scope, exam));
    }

    private Reply release(Visit visit, StaffScope scope) {
        return step(
                visit, scope, "pack.released", (tx, exam) -> releases.releaseNow(tx, scope, exam));
    }

    private Optional<String> exam(Tx tx, StaffScope scope, Sessions.Placed placed) {
        return rooms.find(tx, scope.tenant(), placed.session().id())
                .flatMap(held -> rooms.published(tx, held))
                .map(ExamPackage::exam);
    }

    private Reply step(
            Visit visit,
            StaffScope scope,
            String done,
            BiFunction<Tx, String, Optional<PackRefusal>> work) {
        return with(
                visit,
                scope,
                placed -> {
                    Optional<PackRefusal> refusal =
                            desk.inTransaction(
                                    tx ->
                                            exam(tx, scope, placed)
                                                    .map(exam -> work.apply(tx, exam))
                                                    .orElse(Optional.of(PackRefusal.PACK_UNKNOWN)));
                    visit.flash(
                            refusal.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                            refusal.map(reason -> packText(visit, reason, ""))
                                    .orElseGet(() -> visit.text(done)));
                    return Reply.seeOther(path(placed));
                });
    }

    private Reply code(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                placed -> {
                    Optional<ReleaseCode> code =
                            desk.inTransaction(
                                    tx ->
                                            exam(tx, scope, placed)
                                                    .flatMap(
                                                            exam ->
                                                                    releases.code(
                                                                            tx, scope, exam)));
                    return code.map(
                                    shown ->
                                            show(
                                                            visit,
                                                            scope,
                                                            placed,
                                                            Optional.empty(),
                                                            new FormErrors(),
                                                            shown.text())
                                                    .header("Cache-Control", "no-store"))
                            .orElseGet(Reply::notFound);
                });
    }
}
