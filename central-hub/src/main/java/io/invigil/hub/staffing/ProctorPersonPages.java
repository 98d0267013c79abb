package io.invigil.hub.staffing;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.EditedForm;
import io.invigil.hub.organisation.EditedForm.Saving;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** One proctor: name and mobile, certificates, certification, account. Thread-safe. */
public final class ProctorPersonPages implements HttpService {
    private final StaffDesk desk;
    private final Proctors proctors;
    private final ProctorAccounts accounts;
    private final ProctorLetters letters;
    private final Organisations organisations = new Organisations();

    public ProctorPersonPages(StaffDesk desk, Proctors proctors, ProctorAccounts accounts) {
        this.desk = desk;
        this.proctors = proctors;
        this.accounts = accounts;
        this.letters = new ProctorLetters(desk, accounts);
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        String one = "/proctors/{proctor}";
        rules.get(one, desk.page(this::show))
                .post(one, desk.page(this::change, clerk))
                .post(one + "/apply", desk.page(this::apply, clerk))
                .post(one + "/remove", desk.page(this::removeOne, clerk))
                .post(one + "/certify", desk.page(this::certify, StaffRole.BODY_STAFF))
                .post(one + "/password", desk.page(this::password, clerk))
                .post(one + "/delete", desk.page(this::delete, clerk));
    }

    private Optional<Proctor> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("proctor");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(tx -> proctors.findVisible(tx, scope, new ProctorId(number)));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(one -> show(visit, scope, one, EditedForm.opened(stored(one))))
                .orElseGet(Reply::notFound);
    }

    private static Entered stored(Proctor proctor) {
        return new Entered.Builder()
                .with("name", proctor.name())
                .with("mobile", proctor.mobile())
                .build();
    }

    private Reply show(Visit visit, StaffScope scope, Proctor proctor, EditedForm form) {
        Map<String, Object> view = new HashMap<>();
        boolean own = scope.mayChange(proctor.school());
        desk.inTransaction(
                tx -> {
                    view.put("own", own);
                    view.put("login", accounts.login(tx, proctor).orElse(""));
                    view.put("qualifications", proctors.qualifications(tx, proctor));
                    view.put(
                            "offered", own ? proctors.offered(tx, scope, proctor.id()) : List.of());
                    view.put(
                            "school",
                            organisations
                                    .find(tx, proctor.tenant(), proctor.school())
                                    .orElseThrow()
                                    .name());
                    return view;
                });
        view.put("visit", visit);
        view.put("scope", scope);
        view.put("proctor", proctor);
        view.put("form", form);
        return Reply.page(
                Page.titled(proctor.name())
                        .under(visit.text("staffing.nav"), "/proctors")
                        .errors(form.errors().list()),
                desk.content("staffing/show.jte", view));
    }

    private Reply step(
            Visit visit, StaffScope scope, BiFunction<Tx, Proctor, StaffingDecision> work) {
        Optional<Proctor> proctor = find(visit, scope);
        if (proctor.isEmpty()) {
            return Reply.notFound();
        }
        return switch (desk.inTransaction(tx -> work.apply(tx, proctor.get()))) {
            case StaffingDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("staffing.saved"));
                yield Reply.seeOther("/proctors/" + saved.proctor());
            }
            case StaffingDecision.Refused refused ->
                    refused(visit, scope, proctor.get(), refused).status(422);
        };
    }

    private static Qualification.Need need(Visit visit) {
        String[] parts = visit.form().text("need").split("\\|", 2);
        return new Qualification.Need(parts[0], parts.length > 1 ? parts[1] : "");
    }

    private Reply refused(
            Visit visit, StaffScope scope, Proctor proctor, StaffingDecision.Refused refused) {
        EditedForm form = EditedForm.opened(stored(proctor)).because(visit, refused.issues());
        return show(visit, scope, proctor, form);
    }

    private Reply change(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(proctor -> change(visit, scope, proctor))
                .orElseGet(Reply::notFound);
    }

    private Reply change(Visit visit, StaffScope scope, Proctor proctor) {
        Entered filled = new Entered(visit.form().fields());
        return switch (desk.inTransaction(tx -> change(tx, scope, proctor, filled))) {
            case Saving.Decided<StaffingDecision> decided -> {
                if (decided.decision() instanceof StaffingDecision.Refused refused) {
                    EditedForm form = EditedForm.refused(visit, filled, refused.issues());
                    yield show(visit, scope, proctor, form).status(422);
                }
                visit.flash(Flash.Kind.SUCCESS, visit.text("staffing.saved"));
                yield Reply.seeOther("/proctors/" + proctor.id());
            }
            case Saving.Meanwhile<StaffingDecision> meanwhile ->
                    show(
                                    visit,
                                    scope,
                                    proctor,
                                    EditedForm.meanwhile(
                                            visit,
                                            filled,
                                            meanwhile.stored(),
                                            StaffingRefusal.PROCTOR_CHANGED_MEANWHILE,
                                            one ->
                                                    one.labelled(
                                                            visit.text("staffing." + one.field()))))
                            .status(409);
        };
    }

    private Saving<StaffingDecision> change(
            Tx tx, StaffScope scope, Proctor proctor, Entered filled) {
        Proctor now = proctors.lock(tx, proctor);
        return EditedForm.save(
                filled,
                stored(now),
                sent -> proctors.change(tx, scope, now, sent.text("name"), sent.text("mobile")));
    }

    private Reply apply(Visit visit, StaffScope scope) {
        return step(visit, scope, (tx, one) -> proctors.apply(tx, scope, one, need(visit)));
    }

    private Reply removeOne(Visit visit, StaffScope scope) {
        return step(
                visit,
                scope,
                (tx, one) -> proctors.removeQualification(tx, scope, one, need(visit)));
    }

    private Reply certify(Visit visit, StaffScope scope) {
        Reply reply =
                step(visit, scope, (tx, one) -> proctors.certify(tx, scope, one, need(visit)));
        find(visit, scope).ifPresent(one -> letters.open(visit, scope, one));
        return reply;
    }

    private Reply password(Visit visit, StaffScope scope) {
        InitialPassword password = accounts.newPassword();
        return step(
                visit,
                scope,
                (tx, one) ->
                        accounts.reset(tx, scope, one, password, ProctorLetters.letter(visit)));
    }

    private Reply delete(Visit visit, StaffScope scope) {
        Optional<Proctor> proctor = find(visit, scope);
        if (proctor.isEmpty()) {
            return Reply.notFound();
        }
        return switch (desk.inTransaction(tx -> proctors.remove(tx, scope, proctor.get()))) {
            case StaffingDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("staffing.removed"));
                yield Reply.seeOther("/proctors");
            }
            case StaffingDecision.Refused refused ->
                    refused(visit, scope, proctor.get(), refused).status(422);
        };
    }
}
