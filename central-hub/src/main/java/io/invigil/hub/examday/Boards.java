package io.invigil.hub.examday;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Window;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts the board together. A body sees the rooms of its plans, a school those of its sites, an
 * authority all. Stateless and thread-safe.
 */
public final class Boards {
    private final BoardStore store = new BoardStore();
    private final Plans plans = new Plans();
    private final Sites sites = new Sites();

    /**
     * Which rooms.
     *
     * @param day rooms whose slots share an instant with it
     */
    public record Filter(Window day, Optional<PlanId> plan, Optional<SiteId> site) {}

    /** All that the scope sees, the most urgent first, then by time, site and name. */
    public Board of(Tx tx, StaffScope scope, Filter filter, Instant now) {
        Map<PlanId, Plan> visiblePlans =
                plans.visibleWithSessions(tx, scope).stream()
                        .collect(Collectors.toMap(Plan::id, Function.identity()));
        Map<SiteId, Site> visibleSites =
                sites.visible(tx, scope).stream()
                        .collect(Collectors.toMap(Site::id, Function.identity()));
        List<BoardRow> rows = new ArrayList<>();
        for (RoomDay room : rooms(tx, scope, filter.day())) {
            Plan plan = visiblePlans.get(room.plan());
            Site site = visibleSites.get(room.site());
            boolean wanted =
                    filter.plan().map(room.plan()::equals).orElse(true)
                            && filter.site().map(room.site()::equals).orElse(true);
            if (plan != null && site != null && wanted) {
                rows.add(new BoardRow(plan, site, room, Troubles.of(room, plan.policy(), now)));
            }
        }
        // the sort is stable: rooms come by time, site and name
        rows.sort(
                Comparator.comparing(
                        row ->
                                row.troubles().stream()
                                        .findFirst()
                                        .map(trouble -> trouble.kind().ordinal())
                                        .orElse(Integer.MAX_VALUE)));
        return Board.of(rows);
    }

    private List<RoomDay> rooms(Tx tx, StaffScope scope, Window day) {
        Map<SlotId, List<BoardStore.Boxed>> boxes =
                store.boxes(tx, scope.tenant(), day).stream()
                        .collect(Collectors.groupingBy(BoardStore.Boxed::slot));
        var cases = byExam(store.openCases(tx, scope.tenant(), day));
        var incidents = byExam(store.incidents(tx, scope.tenant(), day));
        var changes = byExam(store.changes(tx, scope.tenant(), day));
        var unread = byExam(store.unread(tx, scope.tenant(), day));
        Map<BoardStore.Place, List<BoardStore.Assigned>> assigned =
                store.assigned(tx, scope.tenant(), day).stream()
                        .collect(Collectors.groupingBy(BoardStore.Assigned::place));
        List<RoomDay> rooms = new ArrayList<>();
        for (BoardStore.Seated seated : store.seated(tx, scope.tenant(), day)) {
            Optional<RoomDay.Box> box =
                    boxes.getOrDefault(seated.place().slot(), List.of()).stream()
                            .filter(one -> one.serves(seated))
                            .map(BoardStore.Boxed::box)
                            .findFirst();
            rooms.add(
                    new RoomDay(
                            seated.plan(),
                            seated.place().slot(),
                            seated.time(),
                            seated.site(),
                            seated.place().room(),
                            seated.name(),
                            seated.counts(),
                            box,
                            of(box, seated, cases),
                            of(box, seated, incidents),
                            of(box, seated, changes).size(),
                            of(box, seated, unread),
                            assigned.getOrDefault(seated.place(), List.of()).stream()
                                    .map(BoardStore.Assigned::contact)
                                    .toList()));
        }
        return rooms;
    }

    private static <T> Map<String, List<BoardStore.Placed<T>>> byExam(
            List<BoardStore.Placed<T>> placed) {
        return placed.stream().collect(Collectors.groupingBy(BoardStore.Placed::exam));
    }

    private static <T> List<T> of(
            Optional<RoomDay.Box> box,
            BoardStore.Seated seated,
            Map<String, List<BoardStore.Placed<T>>> placed) {
        return box.map(RoomDay.Box::exam).map(placed::get).orElse(List.of()).stream()
                .filter(one -> one.concerns(seated.place().room()))
                .map(BoardStore.Placed::what)
                .toList();
    }
}
