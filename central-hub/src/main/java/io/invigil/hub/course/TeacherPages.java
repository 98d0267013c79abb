package io.invigil.hub.course;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.office.StaffOffice;
import io.invigil.hub.organisation.EditedForm;
import io.invigil.hub.organisation.EditedForm.Saving;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Teachers of a school: list, export, form. Thread-safe. */
public final class TeacherPages implements HttpService {
    private static final String PATH = "/teachers";
    private static final String[] FIELDS = {"q"};

    private final StaffDesk desk;
    private final Teachers teachers;
    private final String publicUrl;

    /**
     * @param publicUrl stands in the message with the first password
     */
    public TeacherPages(StaffDesk desk, Teachers teachers, String publicUrl) {
        this.desk = desk;
        this.teachers = teachers;
        this.publicUrl = publicUrl;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get(PATH, desk.page(this::list, clerk))
                .post(PATH + "/export", desk.page(this::export, clerk))
                .get(PATH + "/new", desk.page(this::blank, clerk))
                .post(PATH + "/new", desk.page(this::add, clerk))
                .get(PATH + "/{teacher}", desk.page(this::show, clerk))
                .post(PATH + "/{teacher}", desk.page(this::change, clerk));
    }

    private List<Teachers.Listed> found(StaffScope scope, ListQuery query) {
        String text = query.text("q").strip();
        return desk.inTransaction(tx -> teachers.visible(tx, scope)).stream()
                .filter(
                        one ->
                                text.isEmpty()
                                        || one.teacher().name().contains(text)
                                        || one.teacher().details().college().contains(text)
                                        || one.teacher().details().mobile().equals(text))
                .filter(one -> !query.hasTicks() || query.ticked().contains(one.teacher().id()))
                .toList();
    }

    private Reply list(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit, FIELDS);
        List<Teachers.Listed> all = found(scope, query);
        List<Teachers.Listed> rows =
                all.stream().skip(query.offset()).limit(ListView.ROWS_PER_PAGE).toList();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("rows", rows);
        view.put("list", new ListView(query, PATH, all.size(), rows.size(), true));
        return Reply.page(
                Page.titled(visit.text("course.teachers")).module("hub/listing.js"),
                desk.content("course/teachers.jte", view));
    }

    private Reply export(Visit visit, StaffScope scope) {
        List<Teachers.Listed> rows = found(scope, ListQuery.sent(visit, FIELDS));
        return new ListSheet<Teachers.Listed>("教师")
                .numbered("序号")
                .column("姓名", 14, row -> row.teacher().name())
                .column("身份证号", 22, row -> IdNumber.masked(details(row).idNumber()))
                .column("性别", 8, row -> gender(details(row).idNumber()))
                .column("学历", 12, row -> details(row).education())
                .column("所属学院", 24, row -> details(row).college())
                .column("职称", 14, row -> details(row).title())
                .column("职务", 14, row -> details(row).post())
                .column("手机号码", 16, row -> row.teacher().maskedMobile())
                .column("邮箱", 24, row -> details(row).mail())
                .column("状态", 10, row -> row.active() ? "已激活" : "未激活")
                .reply(rows);
    }

    private static Teacher.Details details(Teachers.Listed row) {
        return row.teacher().details();
    }

    private static String gender(String idNumber) {
        return IdNumber.read(idNumber) instanceof IdNumber.Reading.Valid valid
                ? valid.number().gender().chinese()
                : "";
    }

    private Reply blank(Visit visit, StaffScope scope) {
        return form(visit, Optional.empty(), EditedForm.blank(Entered.empty()));
    }

    private Reply form(Visit visit, Optional<Teacher> known, EditedForm form) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("path", known.map(one -> PATH + "/" + one.id()).orElse(PATH + "/new"));
        view.put("login", known.map(Teacher::login).orElse(""));
        view.put("form", form);
        return Reply.page(
                Page.titled(known.map(Teacher::name).orElse(visit.text("course.teacher.new")))
                        .width(Page.Width.NARROW)
                        .under(visit.text("course.teachers"), PATH)
                        .errors(form.errors().list()),
                desk.content("course/teacher.jte", view));
    }

    private static Teacher.Details details(Entered sent) {
        return new Teacher.Details(
                sent.text("name").strip(),
                sent.text("idNumber").strip().toUpperCase(java.util.Locale.ROOT),
                sent.text("education").strip(),
                sent.text("college").strip(),
                sent.text("title").strip(),
                sent.text("post").strip(),
                sent.text("mobile").strip(),
                sent.text("mail").strip(),
                sent.text("research").strip(),
                sent.text("results").strip(),
                sent.text("address").strip());
    }

    private static Entered entered(Teacher.Details details) {
        return new Entered.Builder()
                .with("name", details.name())
                .with("idNumber", details.idNumber())
                .with("education", details.education())
                .with("college", details.college())
                .with("title", details.title())
                .with("post", details.post())
                .with("mobile", details.mobile())
                .with("mail", details.mail())
                .with("research", details.research())
                .with("results", details.results())
                .with("address", details.address())
                .build();
    }

    private StaffOffice.Letter letter(Visit visit) {
        return new StaffOffice.Letter() {
            @Override
            public String subject() {
                return visit.text("course.letter.subject");
            }

            @Override
            public String text(String login, String password) {
                return visit.text("course.letter.text", login, password, publicUrl);
            }
        };
    }

    private Reply add(Visit visit, StaffScope scope) {
        InitialPassword password = teachers.newPassword();
        Entered sent = new Entered(visit.form().fields());
        CourseDecision decision =
                desk.inTransaction(
                        tx -> teachers.add(tx, scope, details(sent), password, letter(visit)));
        return answer(visit, Optional.empty(), sent, decision, "course.teacher.added");
    }

    private Reply answer(
            Visit visit,
            Optional<Teacher> known,
            Entered sent,
            CourseDecision decision,
            String done) {
        return switch (decision) {
            case CourseDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text(done));
                yield Reply.seeOther(PATH);
            }
            case CourseDecision.Refused refused ->
                    form(visit, known, EditedForm.refused(visit, sent, refused.issues()))
                            .status(422);
        };
    }

    private Optional<Teacher> find(Visit visit, StaffScope scope) {
        return desk.inTransaction(
                tx -> teachers.findVisible(tx, scope, visit.pathNumber("teacher")));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(one -> form(visit, Optional.of(one), EditedForm.opened(stored(one))))
                .orElseGet(Reply::notFound);
    }

    private static Entered stored(Teacher teacher) {
        return entered(teacher.details());
    }

    private Reply change(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(teacher -> change(visit, scope, teacher))
                .orElseGet(Reply::notFound);
    }

    private Reply change(Visit visit, StaffScope scope, Teacher teacher) {
        Entered filled = new Entered(visit.form().fields());
        Saving<CourseDecision> saving =
                desk.inTransaction(
                        tx -> {
                            Teacher now = teachers.lock(tx, teacher);
                            return EditedForm.save(
                                    filled,
                                    stored(now),
                                    sent -> teachers.change(tx, scope, now, details(sent)));
                        });
        return switch (saving) {
            case Saving.Decided<CourseDecision> decided ->
                    answer(visit, Optional.of(teacher), filled, decided.decision(), "course.saved");
            case Saving.Meanwhile<CourseDecision> meanwhile ->
                    form(
                                    visit,
                                    Optional.of(teacher),
                                    EditedForm.meanwhile(
                                            visit,
                                            filled,
                                            meanwhile.stored(),
                                            CourseRefusal.TEACHER_CHANGED_MEANWHILE,
                                            one -> one.labelled(label(visit, one.field()))))
                            .status(409);
        };
    }

    private static String label(Visit visit, String field) {
        return visit.text("course.teacher." + (field.equals("idNumber") ? "id-number" : field));
    }
}
