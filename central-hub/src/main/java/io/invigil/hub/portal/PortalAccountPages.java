package io.invigil.hub.portal;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.listing.ExportPages;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The school's list of its candidates' accounts, and what it does with them. Thread-safe. */
public final class PortalAccountPages implements HttpService {
    private static final String PATH = "/portal-accounts";
    private static final String[] FIELDS = {"q", "state"};
    private static final int NAMED_MAX = 5;

    private final StaffDesk desk;
    private final PortalAccounts portal;
    private final StaffAccounts passwords;
    private final String publicUrl;

    /**
     * @param passwords makes first passwords
     * @param publicUrl stands in the message with the first password
     */
    public PortalAccountPages(
            StaffDesk desk, PortalAccounts portal, StaffAccounts passwords, String publicUrl) {
        this.desk = desk;
        this.portal = portal;
        this.passwords = passwords;
        this.publicUrl = publicUrl;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get(PATH, desk.page(this::list, clerk))
                .post(PATH, desk.page(this::carry, clerk))
                .post(PATH + "/export", desk.page(this::export, clerk));
    }

    private static Optional<PortalAccount.State> state(ListQuery query) {
        return query.choice("state", PortalAccount.State.class);
    }

    private static PortalAccount.State state(PortalAccountStore.Listed one) {
        return one.row().map(PortalAccountPages::state).orElse(PortalAccount.State.NONE);
    }

    private static PortalAccount.State state(PortalAccountStore.Row row) {
        if (row.disabled()) {
            return PortalAccount.State.DISABLED;
        }
        if (row.lockedAt().isPresent()) {
            return PortalAccount.State.LOCKED;
        }
        return row.mustChange() ? PortalAccount.State.FRESH : PortalAccount.State.ACTIVE;
    }

    /** One candidate of the list. */
    public record Line(long candidate, String name, String number, String mobile, String state) {

        static Line of(PortalAccountStore.Listed one) {
            String mobile = one.mobile();
            return new Line(
                    one.candidate().value(),
                    one.name(),
                    one.number(),
                    mobile.length() == 11
                            ? mobile.substring(0, 3) + "****" + mobile.substring(7)
                            : "",
                    PortalAccountPages.state(one).name());
        }

        public String style() {
            return switch (PortalAccount.State.valueOf(state)) {
                case NONE, DISABLED -> "";
                case FRESH -> "tag-warn";
                case ACTIVE -> "tag-good";
                case LOCKED -> "tag-bad";
            };
        }
    }

    private List<Line> lines(StaffScope scope, ListQuery query, int offset, int limit) {
        return desk
                .inTransaction(
                        tx -> portal.list(tx, scope, query.text("q"), state(query), offset, limit))
                .stream()
                .map(Line::of)
                .toList();
    }

    private Reply list(Visit visit, StaffScope scope) {
        return list(visit, scope, ListQuery.of(visit, FIELDS), new FormErrors());
    }

    private Reply list(Visit visit, StaffScope scope, ListQuery query, FormErrors errors) {
        List<Line> rows = lines(scope, query, query.offset(), ListView.ROWS_PER_PAGE);
        long total =
                desk.inTransaction(tx -> portal.count(tx, scope, query.text("q"), state(query)));
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("rows", rows);
        view.put("states", names());
        view.put("list", new ListView(query, PATH, total, rows.size(), true));
        return Reply.page(
                Page.titled(visit.text("portal.accounts.title"))
                        .module("hub/listing.js")
                        .under(visit.text("candidate.nav"), "/candidates")
                        .errors(errors.list()),
                desk.content("portal/accounts.jte", view));
    }

    private static List<String> names() {
        return Arrays.stream(PortalAccount.State.values()).map(Enum::name).toList();
    }

    private Reply export(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        String text = query.text("q");
        Optional<PortalAccount.State> state = state(query);
        ListSheet<PortalAccountStore.Listed> sheet =
                new ListSheet<PortalAccountStore.Listed>("学生空间账号")
                        .numbered("序号")
                        .column("考生姓名", 16, PortalAccountStore.Listed::name)
                        .column("考生编号", 28, PortalAccountStore.Listed::number)
                        .column("手机号码", 16, row -> Line.of(row).mobile())
                        .column(
                                "账号状态",
                                16,
                                row -> visit.text("portal.account." + Line.of(row).state()));
        ExportPages.Next<PortalAccountStore.Listed> rows =
                (last, limit) ->
                        desk.inTransaction(tx -> portal.after(tx, scope, text, state, last, limit));
        if (query.hasTicks()) {
            List<PortalAccountStore.Listed> ticked = new ArrayList<>();
            new ExportPages<>(rows)
                    .forEach(
                            row -> {
                                if (query.ticked().contains(row.candidate().value())) {
                                    ticked.add(row);
                                }
                            });
            return sheet.reply(ticked);
        }
        return sheet.reply(desk.inTransaction(tx -> portal.count(tx, scope, text, state)), rows);
    }

    private PortalAccounts.Letter letter(Visit visit) {
        return new PortalAccounts.Letter() {
            @Override
            public String subject() {
                return visit.text("portal.letter.subject");
            }

            @Override
            public String text(String login, String password) {
                return visit.text(
                        "portal.letter.text", login, password, publicUrl + CandidateDesk.LOGIN);
            }
        };
    }

    private Reply carry(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        Optional<PortalAccounts.Action> action =
                Arrays.stream(PortalAccounts.Action.values())
                        .filter(one -> one.name().equals(visit.form().text("action")))
                        .findFirst();
        if (action.isEmpty()) {
            return Reply.notFound();
        }
        List<CandidateId> chosen = query.ticked().stream().map(CandidateId::new).toList();
        FormErrors errors = new FormErrors();
        if (chosen.isEmpty()) {
            errors.add("form", visit.text("issue." + PortalRefusal.PORTAL_NOBODY_CHOSEN));
        } else if (chosen.size() > PortalAccounts.AT_ONCE_MAX) {
            errors.add(
                    "form",
                    visit.text(
                            "issue." + PortalRefusal.PORTAL_TOO_MANY, PortalAccounts.AT_ONCE_MAX));
        }
        if (!errors.isEmpty()) {
            return list(visit, scope, query, errors).status(422);
        }
        List<InitialPassword> made =
                action.get() == PortalAccounts.Action.OPEN
                        ? Stream.generate(passwords::newPassword).limit(chosen.size()).toList()
                        : List.of();
        PortalAccounts.Outcome outcome =
                desk.inTransaction(
                        tx -> portal.carry(tx, scope, action.get(), chosen, made, letter(visit)));
        tell(visit, action.get(), outcome);
        String filter = query.address();
        return Reply.seeOther(PATH + (filter.isEmpty() ? "" : "?" + filter));
    }

    private static void tell(
            Visit visit, PortalAccounts.Action action, PortalAccounts.Outcome outcome) {
        String done = visit.text("portal.done." + action, outcome.done());
        String why =
                outcome.refused().entrySet().stream()
                        .limit(NAMED_MAX)
                        .map(one -> one.getKey() + "：" + visit.text("issue." + one.getValue()))
                        .collect(Collectors.joining(" "));
        visit.flash(
                why.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                why.isEmpty()
                        ? done
                        : done
                                + " "
                                + visit.text("portal.done.not", outcome.refused().size())
                                + " "
                                + why);
    }
}
