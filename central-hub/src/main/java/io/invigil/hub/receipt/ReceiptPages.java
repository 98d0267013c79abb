package io.invigil.hub.receipt;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.exam.code.ReceiptCode;
import io.invigil.exam.room.AnswersDigest;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.organisation.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The page behind the receipt's QR code. Throttled by address. Thread-safe. */
public final class ReceiptPages implements HttpService {
    private final HttpPages pages;
    private final Templates templates;
    private final Database database;
    private final TenantId tenant;
    private final Throttle throttle;
    private final Attempts attempts = new Attempts();

    /**
     * @param tenant whose hand-ins are asked for
     */
    public ReceiptPages(
            HttpPages pages,
            Templates templates,
            Database database,
            TenantId tenant,
            Throttle throttle) {
        this.pages = pages;
        this.templates = templates;
        this.database = database;
        this.tenant = tenant;
        this.throttle = throttle;
    }

    /** What the centre says to a code. */
    public sealed interface Held {
        /** The stored answers, put together anew, are those of the receipt. */
        record Complete(Attempt.HandIn handIn) implements Held {}

        /** The hand-in is known; some of its answers are still on their way. */
        record Arriving(Attempt.HandIn handIn) implements Held {}

        /** No hand-in has this code: mistyped, or nothing has arrived yet. */
        record Unknown() implements Held {}

        /** Not the form of a code. */
        record Malformed() implements Held {}

        record TooOften() implements Held {}
    }

    @Override
    public void routing(HttpRules rules) {
        // ?code=107-3F2A-90C1-77DE-0A4B, typed or from the QR code
        rules.get("/receipt", pages.page(Access.open(), this::ask));
    }

    private Reply ask(Visit visit) {
        Optional<String> typed = visit.query("code").filter(code -> !code.isBlank());
        Optional<Held> held = typed.map(code -> held(visit, code));
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("typed", typed.orElse(""));
        view.put("held", held);
        Reply page =
                Reply.page(
                                Page.titled(visit.text("receipt.title")).width(Page.Width.NARROW),
                                templates.content("receipt/receipt.jte", view))
                        .header("Cache-Control", "no-store");
        return held.filter(Held.TooOften.class::isInstance).isPresent() ? page.status(429) : page;
    }

    private Held held(Visit visit, String typed) {
        if (!throttle.allow(visit.address())) {
            return new Held.TooOften();
        }
        return ReceiptCode.parse(typed)
                .map(code -> database.inTransaction(tx -> held(tx, code)))
                .orElseGet(Held.Malformed::new);
    }

    private Held held(Tx tx, ReceiptCode code) {
        Optional<Attempt.HandIn> handIn =
                attempts.find(tx, tenant, code.attempt())
                        .flatMap(Attempt::handIn)
                        .filter(done -> code.fits(done.answersDigest()));
        if (handIn.isEmpty()) {
            return new Held.Unknown();
        }
        String stored =
                AnswersDigest.of(Attempts.responses(attempts.current(tx, tenant, code.attempt())))
                        .hex();
        return stored.equals(handIn.get().answersDigest())
                ? new Held.Complete(handIn.get())
                : new Held.Arriving(handIn.get());
    }
}
