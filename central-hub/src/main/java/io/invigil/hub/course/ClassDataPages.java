package io.invigil.hub.course;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.EditedForm;
import io.invigil.hub.organisation.EditedForm.Saving;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.RecordVersion;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The form in which a school or a college corrects a class's data. Thread-safe. */
public final class ClassDataPages implements HttpService {
    private final StaffDesk desk;
    private final Classes classes;
    private final ClassData data;
    private final Organisations organisations = new Organisations();

    public ClassDataPages(StaffDesk desk, Classes classes, ClassData data) {
        this.desk = desk;
        this.classes = classes;
        this.data = data;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole[] correctors = {StaffRole.SCHOOL_CLERK, StaffRole.COLLEGE_STAFF};
        rules.get("/classes/{class}/edit", desk.page(this::edit, correctors))
                .post("/classes/{class}/edit", desk.page(this::change, correctors));
    }

    private static String path(TeachingClass one) {
        return "/classes/" + one.id();
    }

    private Reply with(Visit visit, StaffScope scope, Function<TeachingClass, Reply> answer) {
        Optional<TeachingClass> found =
                desk.inTransaction(tx -> classes.findVisible(tx, scope, visit.pathNumber("class")));
        return found.map(answer).orElseGet(Reply::notFound);
    }

    private static Entered stored(TeachingClass one) {
        return new Entered.Builder()
                .with("name", one.name())
                .with("batch", one.batch())
                .with("unit", one.unit().map(OrganisationId::value).orElse(0L))
                .build();
    }

    private List<Organisation> units(StaffScope scope) {
        return desk.inTransaction(
                tx -> organisations.ofKind(tx, scope.tenant(), OrganisationKind.UNIT));
    }

    private Reply edit(Visit visit, StaffScope scope) {
        return with(visit, scope, one -> form(visit, scope, one, EditedForm.opened(stored(one))));
    }

    private Reply form(Visit visit, StaffScope scope, TeachingClass one, EditedForm form) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("path", path(one));
        view.put("units", units(scope));
        view.put("form", form);
        return Reply.page(
                Page.titled(visit.text("course.edit"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("course.nav"), "/classes")
                        .under(one.name(), path(one))
                        .errors(form.errors().list()),
                desk.content("course/edit.jte", view));
    }

    private Reply change(Visit visit, StaffScope scope) {
        return with(visit, scope, one -> change(visit, scope, one));
    }

    private Reply change(Visit visit, StaffScope scope, TeachingClass one) {
        Entered filled = new Entered(visit.form().fields());
        Saving<CourseDecision> saving =
                desk.inTransaction(
                        tx -> {
                            TeachingClass now = data.lock(tx, one);
                            return EditedForm.save(
                                    filled,
                                    stored(now),
                                    sent -> data.change(tx, scope, now, draft(sent)));
                        });
        return switch (saving) {
            case Saving.Decided<CourseDecision> decided -> {
                if (decided.decision() instanceof CourseDecision.Refused refused) {
                    EditedForm form = EditedForm.refused(visit, filled, refused.issues());
                    yield form(visit, scope, one, form).status(422);
                }
                visit.flash(Flash.Kind.SUCCESS, visit.text("course.saved"));
                yield Reply.seeOther(path(one));
            }
            case Saving.Meanwhile<CourseDecision> meanwhile ->
                    form(
                                    visit,
                                    scope,
                                    one,
                                    EditedForm.meanwhile(
                                            visit,
                                            filled,
                                            meanwhile.stored(),
                                            CourseRefusal.CLASS_CHANGED_MEANWHILE,
                                            each -> shown(visit, scope, each)))
                            .status(409);
        };
    }

    private static ClassData.Draft draft(Entered sent) {
        String unit = sent.text("unit");
        // what is no number is no unit, and refused as unknown
        long number = unit.matches("\\d{1,18}") ? Long.parseLong(unit) : -1;
        return new ClassData.Draft(sent.text("name"), sent.text("batch"), number);
    }

    private RecordVersion.Difference shown(
            Visit visit, StaffScope scope, RecordVersion.Difference one) {
        boolean unit = one.field().equals("unit");
        return new RecordVersion.Difference(
                one.field(),
                visit.text("course." + one.field()),
                unit ? unit(visit, scope, one.stored()) : one.stored(),
                unit ? unit(visit, scope, one.sent()) : one.sent(),
                one.touched());
    }

    private String unit(Visit visit, StaffScope scope, String number) {
        return units(scope).stream()
                .filter(one -> one.id().toString().equals(number))
                .map(Organisation::name)
                .findFirst()
                .orElseGet(() -> visit.text("course.unit.none"));
    }
}
