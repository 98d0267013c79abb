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
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Staff accounts: list, export, form of a new one. Thread-safe. */
public final class StaffPages implements HttpService {
    static final String PATH = "/staff";
    private static final String[] FIELDS = {"q"};
    private static final StaffRole[] KEEPERS = StaffRole.administrators();

    private final StaffDesk desk;
    private final StaffOffice office;
    private final OutboxSender sender;
    private final String publicUrl;

    /**
     * @param publicUrl stands in the message with the first password
     */
    public StaffPages(StaffDesk desk, StaffOffice office, OutboxSender sender, String publicUrl) {
        this.desk = desk;
        this.office = office;
        this.sender = sender;
        this.publicUrl = publicUrl;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::list, KEEPERS))
                .post(PATH + "/export", desk.page(this::export, KEEPERS))
                .get(PATH + "/new", desk.page(this::blank, KEEPERS))
                .post(PATH + "/new", desk.page(this::add, KEEPERS));
    }

    /** One account in the list. */
    public record Row(StaffAccount account, String organisation, Set<StaffDuty> duties) {
        public Row {
            duties = Set.copyOf(duties);
        }

        /** Keys of the texts of what the account is for. */
        public List<String> roles() {
            List<String> keys = new ArrayList<>();
            duties.stream().sorted().forEach(duty -> keys.add("staff.duty." + duty));
            if (account.roles().contains(StaffRole.TEACHER.code())) {
                keys.add("staff.duty.TEACHER");
            }
            return keys;
        }

        /** Those texts. */
        public String roles(Visit visit) {
            return String.join(
                    visit.text("staff.duty.and"), roles().stream().map(visit::text).toList());
        }

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

    /** Every account of the filter, page by page. */
    private List<Row> all(Tx tx, StaffScope scope, ListQuery query) {
        List<Row> all = new ArrayList<>();
        List<Row> page;
        do {
            page = rows(tx, scope, query, all.size(), StaffAccounts.PAGE_ROWS_MAX);
            all.addAll(page);
        } while (page.size() == StaffAccounts.PAGE_ROWS_MAX);
        return all;
    }

    static Row row(StaffAccount account, Map<Long, Organisation> managed) {
        Organisation of = managed.get(account.organisation().orElseThrow());
        return new Row(account, of.name(), StaffDuty.among(account.roles(), of.kind()));
    }

    private Reply list(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit, FIELDS);
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("rules", scope.has(StaffRole.BODY_ADMIN));
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
                desk.inTransaction(tx -> all(tx, scope, query)).stream()
                        .filter(row -> !query.hasTicks() || ticked(query, row))
                        .toList();
        return new ListSheet<Row>("工作人员账号")
                .numbered("序号")
                .column("登录名", 20, row -> row.account().login())
                .column("姓名", 16, row -> row.account().name())
                .column("机构", 30, Row::organisation)
                .column("职责", 24, row -> row.roles(visit))
                .column("状态", 16, row -> visit.text(row.state()))
                .reply(rows);
    }

    private static boolean ticked(ListQuery query, Row row) {
        return query.ticked().contains(row.account().id());
    }

    private Reply blank(Visit visit, StaffScope scope) {
        Entered usual =
                new Entered.Builder()
                        .with("duty", StaffDuty.CLERK)
                        .with("organisation", scope.organisation().id())
                        .build();
        return form(visit, scope, usual, new FormErrors());
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

    /** The boxes that were ticked. */
    static Set<StaffDuty> duties(Entered sent) {
        return EnumSet.allOf(StaffDuty.class).stream()
                .filter(duty -> sent.has("duty", duty))
                .collect(Collectors.toSet());
    }

    private Reply add(Visit visit, StaffScope scope) {
        StaffOffice.Draft draft =
                new StaffOffice.Draft(
                        visit.form().text("login"),
                        visit.form().text("name"),
                        visit.form().number("organisation").orElse(0L),
                        duties(new Entered(visit.form().fields())),
                        new StaffContact(visit.form().text("mail"), visit.form().text("mobile")));
        InitialPassword password = office.newPassword();
        StaffOffice.Letter letter = new StaffLetter(visit.texts(), publicUrl);
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
}
