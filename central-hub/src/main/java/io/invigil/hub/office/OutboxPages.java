package io.invigil.hub.office;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.message.Channel;
import io.invigil.hub.message.Message;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.message.OutboxSender;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The outbox of the own organisation: what waits, what was sent, what was given up. The text of a
 * waiting message is shown to who must hand it over; that is recorded. Thread-safe.
 */
public final class OutboxPages implements HttpService {
    static final String PATH = "/outbox";
    private static final String[] FIELDS = {"state"};

    /** Messages hold first passwords, also those of administrators. */
    private static final StaffRole[] KEEPERS = StaffRole.administrators();

    private final StaffDesk desk;
    private final OutboxSender sender;
    private final Outbox outbox = new Outbox();
    private final Audit audit = new Audit();

    public OutboxPages(StaffDesk desk, OutboxSender sender) {
        this.desk = desk;
        this.sender = sender;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::list, KEEPERS))
                .get(PATH + "/{message}", desk.page(this::show, KEEPERS))
                .post(PATH + "/{message}/text", desk.page(this::text, KEEPERS))
                .post(PATH + "/{message}/handed-over", desk.page(this::handedOver, KEEPERS))
                .post(PATH + "/{message}/again", desk.page(this::again, KEEPERS));
    }

    private static long own(StaffScope scope) {
        return scope.organisation().id().value();
    }

    private Reply list(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit, FIELDS);
        Optional<Message.State> state = query.choice("state", Message.State.class);
        long tenant = scope.tenant().value();
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<Message> rows =
                            outbox.list(
                                    tx,
                                    tenant,
                                    own(scope),
                                    state,
                                    query.offset(),
                                    ListView.ROWS_PER_PAGE);
                    long total = outbox.count(tx, tenant, own(scope), state);
                    view.put("rows", rows);
                    view.put("list", new ListView(query, PATH, total, rows.size(), false));
                    return view;
                });
        view.put("visit", visit);
        view.put(
                "silent",
                Arrays.stream(Channel.values()).filter(one -> !sender.carries(one)).toList());
        return Reply.page(
                Page.titled(visit.text("message.nav")), desk.content("office/outbox.jte", view));
    }

    private Reply with(Visit visit, StaffScope scope, Function<Message, Reply> answer) {
        Optional<Message> message =
                desk.inTransaction(
                        tx ->
                                outbox.find(
                                        tx,
                                        scope.tenant().value(),
                                        own(scope),
                                        visit.pathNumber("message")));
        return message.map(answer).orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, StaffScope scope) {
        return with(visit, scope, message -> show(visit, message, ""));
    }

    private Reply show(Visit visit, Message message, String text) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("message", message);
        view.put("readable", readable(message));
        view.put("text", text);
        return Reply.page(
                Page.titled(message.subject()).under(visit.text("message.nav"), PATH),
                desk.content("office/message.jte", view));
    }

    private boolean readable(Message message) {
        return message.readable(sender.carries(message.channel()));
    }

    /** Codes and carried passwords are their recipients' alone. */
    private Reply text(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                message -> {
                    if (!readable(message)) {
                        return show(visit, message, "").status(409);
                    }
                    desk.inTransaction(
                            tx -> {
                                audit.read(
                                        tx,
                                        scope.actor(),
                                        "message",
                                        message.id(),
                                        Map.of("recipient", message.recipient()));
                                return Boolean.TRUE;
                            });
                    return show(visit, message, message.text());
                });
    }

    private Reply handedOver(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                message -> {
                    desk.inTransaction(
                            tx -> {
                                outbox.handedOver(tx, message);
                                audit.changed(
                                        tx,
                                        scope.actor(),
                                        "message",
                                        message.id(),
                                        Map.of("state", message.state()),
                                        Map.of("state", Message.State.SENT));
                                return Boolean.TRUE;
                            });
                    visit.flash(Flash.Kind.SUCCESS, visit.text("message.handed-over.done"));
                    return Reply.seeOther(PATH);
                });
    }

    private Reply again(Visit visit, StaffScope scope) {
        return with(
                visit,
                scope,
                message -> {
                    boolean waits =
                            desk.inTransaction(
                                    tx -> {
                                        audit.changed(
                                                tx,
                                                scope.actor(),
                                                "message",
                                                message.id(),
                                                Map.of("state", message.state()),
                                                Map.of("state", "AGAIN"));
                                        return outbox.again(tx, message);
                                    });
                    visit.flash(
                            waits ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                            visit.text(waits ? "message.again.done" : "message.again.sent"));
                    return Reply.seeOther(PATH);
                });
    }
}
