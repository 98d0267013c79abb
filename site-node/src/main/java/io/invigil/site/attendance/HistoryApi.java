package io.invigil.site.attendance;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.room.history.HistoryEntry;
import io.invigil.site.room.history.RoomHistory;
import io.invigil.site.web.Refusals;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who did what when in an exam, newest first: {@code ?sitting=} and {@code ?before=position}. */
public final class HistoryApi implements HttpService {
    private final HttpPages pages;
    private final RoomHistory history;

    public HistoryApi(HttpPages pages, RoomHistory history) {
        this.pages = pages;
        this.history = history;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/room/{exam}/history", RoomDoor.api(pages, this::page));
    }

    private Reply page(Visit visit) {
        Optional<List<HistoryEntry>> entries =
                history.page(
                        visit.path("exam"),
                        visit.queryNumber("sitting").orElse(0L),
                        visit.queryNumber("before").orElse(Long.MAX_VALUE));
        return entries.map(
                        list ->
                                Reply.json(Map.of("entries", list, "lag", history.lag()))
                                        .header("Cache-Control", "no-store"))
                .orElseGet(() -> Refusals.of(visit, 503, "HISTORY_NOT_READY"));
    }
}
