package io.invigil.site.delivery;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.paper.MediaClip;
import io.invigil.site.lockdown.Lockdown;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.web.Refusals;
import java.util.Map;
import java.util.Optional;

/** Counts plays of audio and video; a play begins only when its count is durable. */
public final class PlayApi implements HttpService {
    static final int BODY_BYTES_MAX = 4 * 1024;

    private final HttpPages pages;
    private final RoomEngine engine;
    private final CandidatePapers papers;
    private final Lockdown lockdown;

    public PlayApi(HttpPages pages, RoomEngine engine, CandidatePapers papers, Lockdown lockdown) {
        this.pages = pages;
        this.engine = engine;
        this.papers = papers;
        this.lockdown = lockdown;
    }

    /**
     * @param play number of the play that is to begin, from 1
     */
    public record PlayRequest(String item, String clip, int play, long lease) {}

    @Override
    public void routing(HttpRules rules) {
        rules
                // how often each clip was played, by item/clip
                .get("/api/exam/plays", candidate(this::plays))
                .post("/api/exam/plays", candidate(this::play));
    }

    private Handler candidate(PageHandler handler) {
        return pages.api(Access.roles(CandidateSession.ROLE), lockdown.api(handler));
    }

    private Reply plays(Visit visit) {
        return counted(CandidateSession.attempt(visit));
    }

    private Reply counted(long sitting) {
        return Reply.json(Map.of("plays", engine.state().sitting(sitting).watch().plays()))
                .header("Cache-Control", "no-store");
    }

    private Reply play(Visit visit) {
        Optional<PlayRequest> request =
                visit.json(PlayRequest.class, BODY_BYTES_MAX)
                        .filter(wanted -> wanted.item() != null && wanted.clip() != null);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        PlayRequest wanted = request.get();
        long sitting = CandidateSession.attempt(visit);
        Optional<MediaClip> clip =
                papers.item(sitting, wanted.item())
                        .flatMap(item -> item.interaction(wanted.clip()))
                        .filter(MediaClip.class::isInstance)
                        .map(MediaClip.class::cast);
        if (clip.isEmpty()) {
            return Refusals.of(visit, 400, "RESPONSE_UNKNOWN_ITEM");
        }
        return Refusals.of(
                visit,
                engine.ask(
                        new RoomCommand.PlayClip(
                                CandidateSession.by(sitting),
                                sitting,
                                wanted.lease(),
                                MediaClip.place(wanted.item(), wanted.clip()),
                                wanted.play(),
                                clip.get().maxPlays())),
                kept -> counted(sitting));
    }
}
