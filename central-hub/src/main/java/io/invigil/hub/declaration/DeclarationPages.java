package io.invigil.hub.declaration;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** One declaration: writing, sending, review. Thread-safe. */
public final class DeclarationPages implements HttpService {
    private static final String PATH = DeclarationListPages.PATH;
    private static final String ONE = PATH + "/{declaration}";

    private final StaffDesk desk;
    private final Declarations declarations;
    private final DeclarationYears years;

    public DeclarationPages(StaffDesk desk, Declarations declarations, DeclarationYears years) {
        this.desk = desk;
        this.declarations = declarations;
        this.years = years;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        StaffRole province = StaffRole.PROVINCE_STAFF;
        rules.get(PATH + "/new", desk.page(this::blank, clerk))
                .post(PATH + "/new", desk.page(this::add, clerk))
                .get(ONE, desk.page(this::show, DeclarationListPages.readers()))
                .get(ONE + "/edit", desk.page(this::edit, clerk))
                .post(ONE + "/edit", desk.page(this::change, clerk))
                .post(ONE + "/submit", desk.page(this::submit, clerk))
                .post(ONE + "/withdraw", desk.page(this::withdraw, clerk))
                .post(ONE + "/delete", desk.page(this::remove, clerk))
                .post(ONE + "/approve", desk.page(this::approve, province))
                .post(ONE + "/return", desk.page(this::giveBack, province))
                .post(ONE + "/revoke", desk.page(this::revoke, province));
    }

    private Optional<Declarations.Listed> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("declaration");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(
                        tx -> declarations.findVisible(tx, scope, new DeclarationId(number)));
    }

    private Reply blank(Visit visit, StaffScope scope) {
        long year = visit.queryNumber("year").orElse((long) years.current());
        Entered entered = new Entered.Builder().with("year", year).build();
        return form(visit, scope, PATH + "/new", entered, new FormErrors());
    }

    private Reply form(
            Visit visit, StaffScope scope, String action, Entered entered, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("action", action);
        view.put("fresh", action.endsWith("/new"));
        view.put("catalogue", desk.inTransaction(tx -> declarations.catalogue(tx, scope)));
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("declaration.write"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("declaration.nav"), PATH)
                        .errors(errors.list()),
                desk.content("declaration/form.jte", view));
    }

    private static Declaration.Content content(Visit visit) {
        return new Declaration.Content(
                visit.form().text("certificate"),
                "",
                visit.form().text("majors"),
                visit.form()
                        .number("candidates")
                        .filter(n -> n <= Declarations.CANDIDATES_MAX)
                        .orElse(0L)
                        .intValue(),
                visit.form().text("statement"));
    }

    private Reply add(Visit visit, StaffScope scope) {
        int year = visit.form().number("year").filter(n -> n < 10_000).orElse(0L).intValue();
        DeclarationDecision decision =
                desk.inTransaction(tx -> declarations.add(tx, scope, year, content(visit)));
        return entered(visit, scope, PATH + "/new", decision);
    }

    private Reply edit(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(Declarations.Listed::declaration)
                .map(
                        one ->
                                form(
                                        visit,
                                        scope,
                                        path(one) + "/edit",
                                        new Entered.Builder()
                                                .with("year", one.year())
                                                .with("certificate", one.content().certificate())
                                                .with("majors", one.content().majors())
                                                .with("candidates", one.content().candidates())
                                                .with("statement", one.content().statement())
                                                .with("version", one.version())
                                                .build(),
                                        new FormErrors()))
                .orElseGet(Reply::notFound);
    }

    private static String path(Declaration declaration) {
        return PATH + "/" + declaration.id();
    }

    private Reply change(Visit visit, StaffScope scope) {
        Optional<Declarations.Listed> found = find(visit, scope);
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        Declaration declaration = found.get().declaration();
        int version = visit.form().number("version").orElse(0L).intValue();
        DeclarationDecision decision =
                desk.inTransaction(
                        tx -> declarations.change(tx, scope, declaration, content(visit), version));
        return entered(visit, scope, path(declaration) + "/edit", decision);
    }

    /** Saved; and sent when the second button was pressed. */
    private Reply entered(
            Visit visit, StaffScope scope, String action, DeclarationDecision decision) {
        return switch (decision) {
            case DeclarationDecision.Saved saved -> {
                if (visit.form().text("then").equals("submit")) {
                    yield moved(
                            visit,
                            scope,
                            desk.inTransaction(
                                    tx -> {
                                        Declarations.Listed now =
                                                declarations
                                                        .findVisible(tx, scope, saved.declaration())
                                                        .orElseThrow();
                                        return declarations.submit(tx, scope, now.declaration());
                                    }),
                            saved.declaration());
                }
                visit.flash(Flash.Kind.SUCCESS, visit.text("declaration.saved"));
                yield Reply.seeOther(PATH + "/" + saved.declaration());
            }
            case DeclarationDecision.Refused refused ->
                    form(
                                    visit,
                                    scope,
                                    action,
                                    new Entered(visit.form().fields()),
                                    StaffDesk.errors(visit, refused.issues()))
                            .status(422);
        };
    }

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(one -> show(visit, scope, one, List.of()))
                .orElseGet(Reply::notFound);
    }

    private Reply show(
            Visit visit, StaffScope scope, Declarations.Listed one, List<FieldIssue> issues) {
        FormErrors errors = StaffDesk.errors(visit, issues);
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("one", one.declaration());
        view.put("school", one.school());
        view.put("history", desk.inTransaction(tx -> declarations.history(tx, one.declaration())));
        view.put("own", scope.mayChange(one.declaration().school()));
        view.put("reviewer", scope.role() == StaffRole.PROVINCE_STAFF);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(one.declaration().content().name())
                        .under(visit.text("declaration.nav"), PATH)
                        .errors(errors.list()),
                desk.content("declaration/show.jte", view));
    }

    private Reply submit(Visit visit, StaffScope scope) {
        return move(visit, scope, (tx, one) -> declarations.submit(tx, scope, one));
    }

    private Reply withdraw(Visit visit, StaffScope scope) {
        return move(visit, scope, (tx, one) -> declarations.withdraw(tx, scope, one));
    }

    private Reply approve(Visit visit, StaffScope scope) {
        return move(visit, scope, (tx, one) -> declarations.approve(tx, scope, one));
    }

    private Reply giveBack(Visit visit, StaffScope scope) {
        String reason = visit.form().text("reason");
        return move(visit, scope, (tx, one) -> declarations.giveBack(tx, scope, one, reason));
    }

    private Reply revoke(Visit visit, StaffScope scope) {
        String reason = visit.form().text("reason");
        return move(visit, scope, (tx, one) -> declarations.revoke(tx, scope, one, reason));
    }

    private Reply move(
            Visit visit, StaffScope scope, BiFunction<Tx, Declaration, DeclarationDecision> work) {
        Optional<Declarations.Listed> found = find(visit, scope);
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        Declaration declaration = found.get().declaration();
        DeclarationDecision decision = desk.inTransaction(tx -> work.apply(tx, declaration));
        return moved(visit, scope, decision, declaration.id());
    }

    private Reply moved(
            Visit visit, StaffScope scope, DeclarationDecision decision, DeclarationId id) {
        return switch (decision) {
            case DeclarationDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("declaration.done"));
                yield Reply.seeOther(PATH + "/" + saved.declaration());
            }
            case DeclarationDecision.Refused refused ->
                    desk.inTransaction(tx -> declarations.findVisible(tx, scope, id))
                            .map(one -> show(visit, scope, one, refused.issues()).status(422))
                            .orElseGet(Reply::notFound);
        };
    }

    private Reply remove(Visit visit, StaffScope scope) {
        Optional<Declarations.Listed> found = find(visit, scope);
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        Declaration declaration = found.get().declaration();
        return switch (desk.inTransaction(tx -> declarations.remove(tx, scope, declaration))) {
            case DeclarationDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("declaration.removed"));
                yield Reply.seeOther(PATH);
            }
            case DeclarationDecision.Refused refused ->
                    show(visit, scope, found.get(), refused.issues()).status(422);
        };
    }
}
