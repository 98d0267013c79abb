package io.invigil.site.delivery;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.room.PageSignal;
import io.invigil.site.lockdown.Lockdown;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.web.Refusals;
import java.util.Optional;

/** Takes what a candidate's page noticed; each signal becomes a fact once. */
public final class SignalApi implements HttpService {
    static final int BODY_BYTES_MAX = 4 * 1024;

    private final HttpPages pages;
    private final RoomEngine engine;
    private final Lockdown lockdown;

    public SignalApi(HttpPages pages, RoomEngine engine, Lockdown lockdown) {
        this.pages = pages;
        this.engine = engine;
        this.lockdown = lockdown;
    }

    /**
     * @param signal the page's own id of it, kept over every repeat
     * @param lastedMillis by the page's monotonic clock
     * @param reached whether the node answered while it lasted
     */
    public record SignalRequest(
            long lease, String signal, PageSignal kind, long lastedMillis, boolean reached) {}

    @Override
    public void routing(HttpRules rules) {
        rules.post(
                "/api/exam/signal",
                pages.api(Access.roles(CandidateSession.ROLE), lockdown.api(this::signal)));
    }

    private Reply signal(Visit visit) {
        Optional<SignalRequest> request = visit.json(SignalRequest.class, BODY_BYTES_MAX);
        if (request.isEmpty() || request.get().signal() == null || request.get().kind() == null) {
            return Refusals.badRequest(visit);
        }
        long sitting = CandidateSession.attempt(visit);
        SignalRequest said = request.get();
        return Refusals.of(
                visit,
                engine.ask(
                        new RoomCommand.SignalPage(
                                CandidateSession.by(sitting),
                                sitting,
                                said.lease(),
                                said.signal(),
                                said.kind(),
                                said.lastedMillis(),
                                said.reached())));
    }
}
