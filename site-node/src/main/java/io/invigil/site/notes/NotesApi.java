package io.invigil.site.notes;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.delivery.CandidatePapers;
import io.invigil.site.delivery.CandidateSession;
import io.invigil.site.lockdown.Lockdown;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.SittingState;
import io.invigil.site.web.Refusals;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The candidate's notes, while the sitting is in progress and for its own candidate alone. */
public final class NotesApi implements HttpService {
    static final int BODY_BYTES_MAX = 16 * 1024;

    private final HttpPages pages;
    private final RoomEngine engine;
    private final CandidatePapers papers;
    private final Notes notes;
    private final BooleanSupplier answersOnly;
    private final Lockdown lockdown;

    /**
     * @param answersOnly whether what space is left belongs to answers (XSP/1 section 7)
     */
    public NotesApi(
            HttpPages pages,
            RoomEngine engine,
            CandidatePapers papers,
            Notes notes,
            BooleanSupplier answersOnly,
            Lockdown lockdown) {
        this.pages = pages;
        this.engine = engine;
        this.papers = papers;
        this.notes = notes;
        this.answersOnly = answersOnly;
        this.lockdown = lockdown;
    }

    /**
     * @param text empty to take the note away
     */
    public record NoteRequest(String item, String text, long lease) {}

    @Override
    public void routing(HttpRules rules) {
        rules
                // all notes of this attempt by item
                .get("/api/exam/notes", candidate(this::all))
                .post("/api/exam/notes", candidate(this::put));
    }

    private Handler candidate(PageHandler handler) {
        return pages.api(Access.roles(CandidateSession.ROLE), lockdown.api(handler));
    }

    private Reply all(Visit visit) {
        long attempt = CandidateSession.attempt(visit);
        return engine.state().sitting(attempt).sits()
                ? Reply.json(Map.of("notes", notes.of(attempt))).header("Cache-Control", "no-store")
                : Refusals.of(visit, 409, "NOT_STARTED");
    }

    private Reply put(Visit visit) {
        Optional<NoteRequest> request =
                visit.json(NoteRequest.class, BODY_BYTES_MAX)
                        .filter(note -> note.item() != null && note.text() != null);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        long attempt = CandidateSession.attempt(visit);
        SittingState sitting = engine.state().sitting(attempt);
        if (!sitting.sits()) {
            return Refusals.of(visit, 409, "NOT_STARTED");
        }
        if (request.get().lease() != sitting.lease()) {
            return Refusals.of(visit, 409, "WRITER_ELSEWHERE");
        }
        if (papers.item(attempt, request.get().item()).isEmpty()) {
            return Refusals.of(visit, 400, "RESPONSE_UNKNOWN_ITEM");
        }
        boolean kept =
                !answersOnly.getAsBoolean()
                        && notes.put(attempt, request.get().item(), request.get().text());
        return kept
                ? Reply.json(Map.of("kept", true)).header("Cache-Control", "no-store")
                : Refusals.of(visit, 507, "NOTE_NOT_KEPT");
    }
}
