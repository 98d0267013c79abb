package io.invigil.hub.office;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.message.OutboxSender;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.secondfactor.SecondFactors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Staff accounts: list, form, one account with its sessions and what can be done. Thread-safe. */
public final class StaffPages implements HttpService {
    static final String PATH = "/staff";
    private static final String[] FIELDS = {"q"};
    private static final StaffRole[] KEEPERS = {StaffRole.BODY_STAFF, StaffRole.SCHOOL_CLERK};

    private final StaffDesk desk;
    private final StaffOffice office;
    private final StaffAccounts accounts;
    private final OutboxSender sender;
    private final SecondFactors factors;
    private final String publicUrl;

    /**
     * @param publicUrl stands in the message with the first password
     */
    public StaffPages(
            StaffDesk desk,
            StaffOffice office,
            StaffAccounts accounts,
            OutboxSender sender,
            SecondFactors factors,
            String publicUrl) {
        this.desk = desk;
        this.office = office;
        this.accounts = accounts;
        this.sender = sender;
        this.factors = factors;
        this.publicUrl = publicUrl;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::list, KEEPERS))
                .post(PATH + "/export", desk.page(this::export, KEEPERS))
                .get(PATH + "/new", desk.page(this::blank, KEEPERS))
                .post(PATH + "/new", desk.page(this::add, KEEPERS))
                .get(PATH + "/{account}", desk.page(this::show, KEEPERS))
                .post(PATH + "/{account}", desk.page(this::change, KEEPERS))
                .post(PATH + "/{account}/reset", desk.page(this::reset, KEEPERS))
                .post(PATH + "/{account}/unlock", desk.page(this::unlock, KEEPERS))
                .post(PATH + "/{account}/disable", desk.page(this::disable, KEEPERS))
                .post(PATH + "/{account}/enable", desk.page(this::enable, KEEPERS))
                .post(PATH + "/{account}/sessions", desk.page(this::endSessions, KEEPERS))
                .post(PATH + "/{account}/second-factor", desk.page(this::resetFactor, KEEPERS));
    }

    /** One account in the list. */
    public record Row(StaffAccount account, String organisation) {

        /** Key of the state's text: what hinders a login, or nothing. */
        public String state() {
            if (account.disabled()) {
                return "staff.state.disabled";
            }
            if (account.lockedAt().isPresent()) {
                return "staff.state.locked";
            }
            return account.mustChange() ? "staff.state.fresh" : "staff.state.active";
        }

        public String style() {
            if (account.disabled()) {
                return "";
            }
            if (account.lockedAt().isPresent()) {
                return "tag-bad";
            }
            return account.mustChange() ? "tag-warn" : "tag-good";
        }
    }

    private List<Row> rows(Tx tx, StaffScope scope, ListQuery query, int offset, int limit) {
        Map<Long, Organisation> managed = office.managed(tx, scope);
        return office.list(tx, scope, query.text("q"), offset, limit).stream()
                .map(one -> row(one, managed))
                .toList();
    }

    private static Row row(StaffAccount account, Map<Long, Organisation> managed) {
        return new Row(
                account,
                account.organisation().map(managed::get).map(Organisation::name).orElse(""));
    }

    private Reply list(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit, FIELDS);
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("rules", scope.role() == StaffRole.BODY_STAFF);
        desk.inTransaction(
                tx -> {
                    List<Row> rows = rows(tx, scope, query, query.offset(), ListView.ROWS_PER_PAGE);
                    long total = office.count(tx, scope, query.text("q"));
                    view.put("rows", rows);
                    view.put("list", new ListView(query, PATH, total, rows.size(), true));
                    return view;
                });
        return Reply.page(
                Page.titled(visit.text("staff.nav")).module("hub/listing.js"),
                desk.content("office/staff.jte", view));
    }

    private Reply export(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        List<Row> rows =
                desk
                        .inTransaction(tx -> rows(tx, scope, query, 0, StaffAccounts.PAGE_ROWS_MAX))
                        .stream()
                        .filter(row -> !query.hasTicks() || ticked(query, row))
                        .toList();
        return new ListSheet<Row>("工作人员账号")
                .numbered("序号")
                .column("登录名", 20, row -> row.account().login())
                .column("姓名", 16, row -> row.account().name())
                .column("机构", 30, Row::organisation)
                .column("状态", 16, row -> visit.text(row.state()))
                .reply(rows);
    }

    private static boolean ticked(ListQuery query, Row row) {
        return query.ticked().contains(row.account().id());
    }

    private Reply blank(Visit visit, StaffScope scope) {
        return form(visit, scope, Entered.empty(), new FormErrors());
    }

    private Reply form(Visit visit, StaffScope scope, Entered entered, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("entered", entered);
        view.put("errors", errors);
        view.put("organisations", desk.inTransaction(tx -> office.managed(tx, scope)).values());
        return Reply.page(
                Page.titled(visit.text("staff.new"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("staff.nav"), PATH)
                        .errors(errors.list()),
                desk.content("office/staff-new.jte", view));
    }

    private static StaffContact contact(Visit visit) {
        return new StaffContact(visit.form().text("mail"), visit.form().text("mobile"));
    }

    private StaffOffice.Letter letter(Visit visit) {
        return new StaffOffice.Letter() {
            @Override
            public String subject() {
                return visit.text("staff.letter.subject");
            }

            @Override
            public String text(String login, String password) {
                return visit.text("staff.letter.text", login, password, publicUrl);
            }
        };
    }

    private Reply add(Visit visit, StaffScope scope) {
        StaffOffice.Draft draft =
                new StaffOffice.Draft(
                        visit.form().text("login"),
                        visit.form().text("name"),
                        visit.form().number("organisation").orElse(0L),
                        contact(visit));
        InitialPassword password = office.newPassword();
        StaffOffice.Letter letter = letter(visit);
        StaffOffice.Outcome outcome =
                desk.inTransaction(tx -> office.add(tx, scope, draft, password, letter));
        return switch (outcome) {
            case StaffOffice.Outcome.Done done -> {
                boolean sent = sender.carries(draft.contact().channel());
                visit.flash(
                        sent ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                        visit.text(sent ? "staff.added" : "staff.added.waits"));
                yield Reply.seeOther(PATH + "/" + done.account());
            }
            case StaffOffice.Outcome.Refused refused ->
                    form(
                                    visit,
                                    scope,
                                    new Entered(visit.form().fields()),
                                    StaffDesk.errors(visit, refused.issues()))
                            .status(422);
        };
    }

    private Reply show(Visit visit, StaffScope scope) {
        return with(visit, scope, account -> show(visit, scope, account, new FormErrors()));
    }

    private Reply with(
            Visit visit,
            StaffScope scope,
            java.util.function.Function<StaffAccount, Reply> answer) {
        Optional<StaffAccount> account =
                desk.inTransaction(tx -> office.find(tx, scope, visit.pathNumber("account")));
        return account.map(answer).orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, StaffScope scope, StaffAccount account, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("contact", office.contact(tx, account));
                    view.put("secondFactor", factors.isEnrolled(tx, account));
                    view.put("row", row(account, office.managed(tx, scope)));
                    return view;
                });
        view.put("visit", visit);
        view.put("sessions", accounts.sessions(account.tenant(), account.id()));
        view.put("self", account.login().equals(scope.login()));
        view.put("errors", errors);
        return Reply.page(
                Page.titled(account.name())
                        .under(visit.text("staff.nav"), PATH)
                        .errors(errors.list()),
                desk.content("office/staff-show.jte", view));
    }

    private Reply change(Visit visit, StaffScope scope) {
        return act(
                visit,
                scope,
                "staff.saved",
                (tx, account) ->
                        office.change(
                                tx, scope, account, visit.form().text("name"), contact(visit)));
    }

    private Reply reset(Visit visit, StaffScope scope) {
        InitialPassword password = office.newPassword();
        StaffOffice.Letter letter = letter(visit);
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
                        return show(visit, scope, account, StaffDesk.errors(visit, issues))
                                .status(422);
                    }
                    visit.flash(Flash.Kind.SUCCESS, visit.text(done));
                    return Reply.seeOther(PATH + "/" + account.id());
                });
    }
}
