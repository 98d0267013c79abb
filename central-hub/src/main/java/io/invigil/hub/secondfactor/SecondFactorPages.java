package io.invigil.hub.secondfactor;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.LoginGate;
import io.invigil.appliance.account.LoginPages;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.qr.QrCode;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Problem;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.secondfactor.SecondFactorOutcome.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everybody's own second factor: the code at the login, enrolling by QR code, recovery codes. Until
 * the code is given the session reaches no other page. Thread-safe.
 */
public final class SecondFactorPages implements HttpService, LoginGate {
    static final String PATH = "/second-factor";

    private static final Access STAFF =
            Access.roles(
                    Arrays.stream(StaffRole.values()).map(StaffRole::code).toArray(String[]::new));

    private final HttpPages pages;
    private final StaffDesk desk;
    private final StaffAccounts accounts;
    private final SecondFactors factors;

    public SecondFactorPages(
            HttpPages pages, StaffDesk desk, StaffAccounts accounts, SecondFactors factors) {
        this.pages = pages;
        this.desk = desk;
        this.accounts = accounts;
        this.factors = factors;
    }

    @Override
    public Optional<String> leadsTo(StaffAccount account) {
        boolean asked =
                desk.inTransaction(
                        tx -> factors.isEnrolled(tx, account) || factors.isDemanded(tx, account));
        return asked ? Optional.of(PATH) : Optional.empty();
    }

    @Override
    public Optional<String> page() {
        return Optional.of(PATH);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, page(this::show))
                .post(PATH + "/code", page(this::prove))
                .post(PATH + "/start", page(this::start))
                .post(PATH + "/confirm", page(this::confirm))
                .post(PATH + "/codes", page(this::renew))
                .post(PATH + "/remove", page(this::remove));
    }

    /** Answers for the own account. */
    @FunctionalInterface
    private interface OwnHandler {
        Reply handle(Visit visit, StaffAccount account);
    }

    private Handler page(OwnHandler handler) {
        return pages.page(
                // candidates have accounts of another kind, whose numbers may be the same
                STAFF,
                visit ->
                        accounts.byId(visit.person().tenant(), visit.person().account())
                                .map(account -> handler.handle(visit, account))
                                .orElseGet(Reply::notFound));
    }

    private static boolean isConfined(Visit visit) {
        return visit.person().attributes().containsKey(SignedIn.CONFINED_TO);
    }

    /** Whether this session still owes the code of a second factor that is there. */
    private boolean owesCode(Visit visit, StaffAccount account) {
        return isConfined(visit) && desk.inTransaction(tx -> factors.isEnrolled(tx, account));
    }

    private Reply show(Visit visit, StaffAccount account) {
        return show(visit, account, new FormErrors());
    }

    private Reply show(Visit visit, StaffAccount account, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("errors", errors);
        String template =
                desk.inTransaction(
                        tx -> {
                            boolean enrolled = factors.isEnrolled(tx, account);
                            view.put("demanded", factors.isDemanded(tx, account));
                            if (enrolled && isConfined(visit)) {
                                return "secondfactor/code.jte";
                            }
                            view.put("enrolled", enrolled);
                            view.put("left", factors.recoveryLeft(tx, account));
                            view.put("enrolment", factors.begun(tx, account));
                            return "secondfactor/own.jte";
                        });
        if (view.get("enrolment") instanceof Optional<?> begun
                && begun.orElse(null) instanceof SecondFactors.Enrolment enrolment) {
            QrCode qr = QrCode.of(enrolment.address()).orElseThrow();
            view.put("qr", qr.svg(visit.text("second-factor.qr")));
        } else {
            view.put("qr", (gg.jte.Content) output -> {});
        }
        if (template.endsWith("code.jte")) {
            view.keySet().retainAll(List.of("visit", "errors"));
        }
        return Reply.page(
                Page.titled(visit.text("second-factor.title"))
                        .width(Page.Width.NARROW)
                        .errors(errors.list()),
                desk.content(template, view));
    }

    private SecondFactorOutcome decide(Function<Tx, SecondFactorOutcome> work) {
        return desk.inTransaction(work);
    }

    private static String entered(Visit visit) {
        return visit.form().text("code");
    }

    private Reply prove(Visit visit, StaffAccount account) {
        if (!isConfined(visit)) {
            return Reply.seeOther(PATH);
        }
        SecondFactorOutcome outcome =
                decide(tx -> factors.prove(tx, account, entered(visit), visit.address()));
        return switch (outcome) {
            case SecondFactorOutcome.Proved proved -> {
                visit.signIn(LoginPages.person(account));
                if (proved.recovery()) {
                    int left = desk.inTransaction(tx -> factors.recoveryLeft(tx, account));
                    visit.flash(
                            Flash.Kind.WARNING, visit.text("second-factor.recovery.used", left));
                }
                yield Reply.seeOther("/");
            }
            case SecondFactorOutcome.Refused refused -> refused(visit, account, refused.reason());
            case SecondFactorOutcome.Codes codes -> Reply.seeOther(PATH);
            case SecondFactorOutcome.Removed removed -> Reply.seeOther(PATH);
        };
    }

    private Reply refused(Visit visit, StaffAccount account, Reason reason) {
        if (reason == Reason.SECOND_FACTOR_LOCKED) {
            visit.signOut();
            visit.flash(Flash.Kind.WARNING, visit.text("issue." + reason.name()));
            return Reply.seeOther(HttpPages.LOGIN_PATH);
        }
        FormErrors errors = new FormErrors();
        errors.add("code", visit.text("issue." + reason.name()));
        return show(visit, account, errors).status(422);
    }

    private Reply start(Visit visit, StaffAccount account) {
        if (owesCode(visit, account)) {
            return Reply.problem(Problem.forbidden());
        }
        boolean begun = desk.inTransaction(tx -> factors.begin(tx, account)).isPresent();
        return begun ? Reply.seeOther(PATH) : refused(visit, account, Reason.SECOND_FACTOR_PRESENT);
    }

    private Reply confirm(Visit visit, StaffAccount account) {
        if (owesCode(visit, account)) {
            return Reply.problem(Problem.forbidden());
        }
        SecondFactorOutcome outcome =
                decide(tx -> factors.confirm(tx, account, entered(visit), visit.address()));
        if (outcome instanceof SecondFactorOutcome.Codes) {
            // whoever came in with the password alone is thrown out
            pages.sessions().deleteAccount(account.tenant(), account.id());
            visit.signIn(LoginPages.person(account));
        }
        return answer(visit, account, outcome);
    }

    private Reply renew(Visit visit, StaffAccount account) {
        return isConfined(visit)
                ? Reply.problem(Problem.forbidden())
                : answer(
                        visit,
                        account,
                        decide(tx -> factors.renew(tx, account, entered(visit), visit.address())));
    }

    private Reply remove(Visit visit, StaffAccount account) {
        return isConfined(visit)
                ? Reply.problem(Problem.forbidden())
                : answer(
                        visit,
                        account,
                        decide(tx -> factors.remove(tx, account, entered(visit), visit.address())));
    }

    private Reply answer(Visit visit, StaffAccount account, SecondFactorOutcome outcome) {
        return switch (outcome) {
            case SecondFactorOutcome.Codes codes ->
                    Reply.page(
                            Page.titled(visit.text("second-factor.recovery"))
                                    .width(Page.Width.NARROW),
                            desk.content(
                                    "secondfactor/recovery.jte",
                                    Map.of("visit", visit, "codes", codes.recovery())));
            case SecondFactorOutcome.Removed removed -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("second-factor.removed"));
                yield Reply.seeOther(PATH);
            }
            case SecondFactorOutcome.Proved proved -> Reply.seeOther(PATH);
            case SecondFactorOutcome.Refused refused -> refused(visit, account, refused.reason());
        };
    }
}
