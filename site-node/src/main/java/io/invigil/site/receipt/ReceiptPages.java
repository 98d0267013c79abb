package io.invigil.site.receipt;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.exam.code.ReceiptCode;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.SittingState;
import java.util.Optional;

/**
 * Whether this node holds the hand-in of a receipt, and whether the centre has confirmed it. Open:
 * the code is the secret, and the answer names nobody. Throttled by address.
 */
public final class ReceiptPages implements HttpService {
    private final HttpPages pages;
    private final Templates templates;
    private final RoomEngine engine;
    private final Throttle throttle;

    public ReceiptPages(
            HttpPages pages, Templates templates, RoomEngine engine, Throttle throttle) {
        this.pages = pages;
        this.templates = templates;
        this.engine = engine;
        this.throttle = throttle;
    }

    @Override
    public void routing(HttpRules rules) {
        // ?code=107-3F2A-90C1-77DE-0A4B
        rules.get("/receipt", pages.page(Access.open(), this::ask));
    }

    private Reply ask(Visit visit) {
        Optional<String> typed = visit.query("code").filter(code -> !code.isBlank());
        boolean asks = typed.isEmpty() || throttle.allow(visit.address());
        Optional<ReceiptCode> code = typed.filter(any -> asks).flatMap(ReceiptCode::parse);
        ReceiptView.Answer answer =
                typed.isEmpty()
                        ? ReceiptView.Answer.NONE
                        : !asks
                                ? ReceiptView.Answer.TOO_OFTEN
                                : code.isEmpty()
                                        ? ReceiptView.Answer.MALFORMED
                                        : handIn(code.get()).isPresent()
                                                ? ReceiptView.Answer.HELD
                                                : ReceiptView.Answer.UNKNOWN;
        ReceiptView view =
                new ReceiptView(
                        visit.texts(), typed.orElse(""), answer, code.flatMap(this::handIn));
        return Reply.page(
                        Page.titled(visit.text("receipt.title")).width(Page.Width.NARROW),
                        templates.content("receipt/receipt.jte", view))
                .status(answer == ReceiptView.Answer.TOO_OFTEN ? 429 : 200)
                .header("Cache-Control", "no-store");
    }

    private Optional<SittingState.HandIn> handIn(ReceiptCode code) {
        return engine.state()
                .sitting(code.attempt())
                .handIn()
                .filter(done -> code.fits(done.answersDigest()));
    }
}
