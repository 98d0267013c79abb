package io.invigil.hub.office;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.EditedForm;
import io.invigil.hub.organisation.EditedForm.Saving;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.RecordVersion;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.secondfactor.SecondFactors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One staff account: its data, its sessions and what can be done with it. Thread-safe. */
public final class StaffAccountPages implements HttpService {
    private static final StaffRole[] KEEPERS = StaffRole.administrators();

    private final StaffDesk desk;
    private final StaffOffice office;
    private final StaffAccounts accounts;
    private final SecondFactors factors;
    private final String publicUrl;

    /**
     * @param publicUrl stands in the message with a new password
     */
    public StaffAccountPages(
            StaffDesk desk,
            StaffOffice office,
            StaffAccounts accounts,
            SecondFactors factors,
            String publicUrl) {
        this.desk = desk;
        this.office = office;
        this.accounts = accounts;
        this.factors = factors;
        this.publicUrl = publicUrl;
    }

    @Override
    public void routing(HttpRules rules) {
        String one = StaffPages.PATH + "/{account}";
        rules.get(one, desk.page(this::show, KEEPERS))
                .post(one, desk.page(this::change, KEEPERS))
                .post(one + "/reset", desk.page(this::reset, KEEPERS))
                .post(one + "/unlock", desk.page(this::unlock, KEEPERS))
                .post(one + "/disable", desk.page(this::disable, KEEPERS))
                .post(one + "/enable", desk.page(this::enable, KEEPERS))
                .post(one + "/sessions", desk.page(this::endSessions, KEEPERS))
                .post(one + "/second-factor", desk.page(this::resetFactor, KEEPERS));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                account -> show(visit, scope, account, EditedForm.opened(form(scope, account))));
    }

    private Reply with(Visit visit, StaffScope scope, Function<StaffAccount, Reply> answer) {
        Optional<StaffAccount> account =
                desk.inTransaction(tx -> office.find(tx, scope, visit.pathNumber("account")));
        return account.map(answer).orElseGet(Reply::notFound);
    }

    private Entered form(StaffScope scope, StaffAccount account) {
        return desk.inTransaction(tx -> form(tx, scope, account));
    }

    private Entered form(Tx tx, StaffScope scope, StaffAccount account) {
        Organisation of = office.managed(tx, scope).get(account.organisation().orElseThrow());
        StaffOffice.Profile profile = office.profile(tx, account, of);
        return new Entered.Builder()
                .with("name", profile.name())
                .withAll("duty", profile.duties().stream().sorted().toList())
                .with("mail", profile.contact().mail())
                .with("mobile", profile.contact().mobile())
                .build();
    }

    private Reply show(Visit visit, StaffScope scope, StaffAccount account, EditedForm form) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("secondFactor", factors.isEnrolled(tx, account));
                    view.put("row", StaffPages.row(account, office.managed(tx, scope)));
                    return view;
                });
        view.put("visit", visit);
        view.put("sessions", accounts.sessions(account.tenant(), account.id()));
        view.put("self", account.login().equals(scope.login()));
        view.put("form", form);
        return Reply.page(
                Page.titled(account.name())
                        .under(visit.text("staff.nav"), StaffPages.PATH)
                        .errors(form.errors().list()),
                desk.content("office/staff-show.jte", view));
    }

    private Reply change(Visit visit, StaffScope scope) {
        return with(visit, scope, account -> change(visit, scope, account));
    }

    private Reply change(Visit visit, StaffScope scope, StaffAccount account) {
        Entered filled = new Entered(visit.form().fields());
        return switch (desk.inTransaction(tx -> change(tx, scope, account, filled))) {
            case Saving.Decided<StaffOffice.Outcome> decided -> {
                if (decided.decision() instanceof StaffOffice.Outcome.Refused refused) {
                    EditedForm form = EditedForm.refused(visit, filled, refused.issues());
                    yield show(visit, scope, account, form).status(422);
                }
                visit.flash(Flash.Kind.SUCCESS, visit.text("staff.saved"));
                yield Reply.seeOther(StaffPages.PATH + "/" + account.id());
            }
            case Saving.Meanwhile<StaffOffice.Outcome> meanwhile ->
                    show(
                                    visit,
                                    scope,
                                    account,
                                    EditedForm.meanwhile(
                                            visit,
                                            filled,
                                            meanwhile.stored(),
                                            StaffRefusal.STAFF_CHANGED_MEANWHILE,
                                            one -> shown(visit, one)))
                            .status(409);
        };
    }

    private Saving<StaffOffice.Outcome> change(
            Tx tx, StaffScope scope, StaffAccount account, Entered filled) {
        StaffAccount now = office.lock(tx, scope, account.id()).orElse(account);
        return EditedForm.save(
                filled,
                form(tx, scope, now),
                sent ->
                        office.change(
                                tx,
                                scope,
                                now,
                                new StaffOffice.Profile(
                                        sent.text("name"),
                                        StaffPages.duties(sent),
                                        new StaffContact(sent.text("mail"), sent.text("mobile")))));
    }

    private static RecordVersion.Difference shown(Visit visit, RecordVersion.Difference one) {
        boolean duty = one.field().equals("duty");
        return new RecordVersion.Difference(
                one.field(),
                visit.text("staff." + one.field()),
                duty ? words(visit, one.stored()) : one.stored(),
                duty ? words(visit, one.sent()) : one.sent(),
                one.touched());
    }

    private static String words(Visit visit, String duties) {
        return EditedForm.words(
                duties,
                visit.text("staff.duty.and"),
                code -> visit.texts().of("staff.duty", StaffDuty.valueOf(code)));
    }

    private Reply reset(Visit visit, StaffScope scope) {
        InitialPassword password = office.newPassword();
        StaffOffice.Letter letter = new StaffLetter(visit.texts(), publicUrl);
        return act(
                visit,
                scope,
                "staff.reset.done",
                (tx, account) -> office.reset(tx, scope, account, password, letter));
    }

    private Reply unlock(Visit visit, StaffScope scope) {
        return act(
                visit,
                scope,
                "staff.unlock.done",
                (tx, account) -> office.unlock(tx, scope, account));
    }

    private Reply disable(Visit visit, StaffScope scope) {
        return act(
                visit,
                scope,
                "staff.disable.done",
                (tx, account) -> office.disable(tx, scope, account, true));
    }

    private Reply enable(Visit visit, StaffScope scope) {
        return act(
                visit,
                scope,
                "staff.enable.done",
                (tx, account) -> office.disable(tx, scope, account, false));
    }

    private Reply endSessions(Visit visit, StaffScope scope) {
        return act(
                visit,
                scope,
                "staff.sessions.done",
                (tx, account) -> office.endSessions(tx, scope, account));
    }

    /** For somebody who lost the phone and the recovery codes. */
    private Reply resetFactor(Visit visit, StaffScope scope) {
        return act(
                visit,
                scope,
                "second-factor.reset.done",
                (tx, account) ->
                        factors.reset(tx, scope, account)
                                ? new StaffOffice.Outcome.Done(account.id())
                                : new StaffOffice.Outcome.Refused(
                                        List.of(
                                                FieldIssue.of(
                                                        "", StaffRefusal.STAFF_NO_SECOND_FACTOR))));
    }

    private Reply act(
            Visit visit,
            StaffScope scope,
            String done,
            BiFunction<Tx, StaffAccount, StaffOffice.Outcome> work) {
        return with(
                visit,
                scope,
                account -> {
                    StaffOffice.Outcome outcome = desk.inTransaction(tx -> work.apply(tx, account));
                    if (outcome instanceof StaffOffice.Outcome.Refused refused) {
                        List<FieldIssue> issues = refused.issues();
                        EditedForm form =
                                EditedForm.opened(form(scope, account)).because(visit, issues);
                        return show(visit, scope, account, form).status(422);
                    }
                    visit.flash(Flash.Kind.SUCCESS, visit.text(done));
                    return Reply.seeOther(StaffPages.PATH + "/" + account.id());
                });
    }
}
