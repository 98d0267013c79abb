package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.hub.violation.BannedPeople;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An arrangement as staff look at it. Stateless. */
public final class ArrangementView {
    private final Sittings sittings = new Sittings();
    private final PlanContent content = new PlanContent();
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();
    private final Candidates candidates = new Candidates();
    private final BannedPeople bans = new BannedPeople();

    /** One room in one slot. */
    public record RoomSession(Slot slot, Room room, Site site, Map<String, Long> bySubject) {
        public long seated() {
            return bySubject.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * How far a subject is (未排考, 排考中, 已排完).
     *
     * @param sittings registered for it
     */
    public record SubjectProgress(Subject subject, long sittings, long arranged) {

        /** States of source 004 section 5.2.8, derived from counts. */
        public enum State {
            NOT_ARRANGED,
            PARTLY,
            ARRANGED
        }

        public State state() {
            if (arranged == 0) {
                return State.NOT_ARRANGED;
            }
            return arranged < sittings ? State.PARTLY : State.ARRANGED;
        }
    }

    /** Progress of every subject, by the subject's order in the plan. */
    public List<SubjectProgress> progress(Tx tx, Plan plan) {
        Map<SubjectId, List<Sitting>> bySubject =
                expected(tx, plan).stream().collect(Collectors.groupingBy(Sitting::subject));
        return content.subjects(tx, plan.tenant(), plan.id()).stream()
                .map(
                        subject -> {
                            List<Sitting> own = bySubject.getOrDefault(subject.id(), List.of());
                            long arranged =
                                    own.stream().filter(one -> one.seating().isPresent()).count();
                            return new SubjectProgress(subject, own.size(), arranged);
                        })
                .toList();
    }

    /** Whoever is banned and has no seat is not waited for. */
    private List<Sitting> expected(Tx tx, Plan plan) {
        List<Sitting> all = sittings.ofPlan(tx, plan.tenant(), plan.id());
        Set<CandidateId> open =
                all.stream()
                        .filter(one -> one.seating().isEmpty())
                        .map(Sitting::candidate)
                        .collect(Collectors.toSet());
        Set<CandidateId> banned = bans.banned(tx, plan, open).keySet();
        return all.stream()
                .filter(one -> one.seating().isPresent() || !banned.contains(one.candidate()))
                .toList();
    }

    /**
     * Rooms by slot that the member of staff may see. A school sees its own sites, and only once
     * every subject sat in the room is arranged completely.
     */
    public List<RoomSession> sessions(Tx tx, StaffScope scope, Plan plan) {
        return sessions(tx, scope, plan, Set.of());
    }

    /**
     * The rooms of {@link #sessions} and, for a school, those of other schools in which its own
     * candidates sit (借考; source 004 section 5.2.8.2: 自身已报考的考试科目所对应的已排完的考场).
     */
    public List<RoomSession> listed(Tx tx, StaffScope scope, Plan plan) {
        return sessions(tx, scope, plan, elsewhere(tx, scope, plan));
    }

    private Set<Place> elsewhere(Tx tx, StaffScope scope, Plan plan) {
        if (scope.onlySchool().isEmpty()) {
            return Set.of();
        }
        List<Sitting> all = sittings.ofPlan(tx, plan.tenant(), plan.id());
        Map<CandidateId, Candidate> people =
                candidates.findAll(
                        tx,
                        plan.tenant(),
                        all.stream().map(Sitting::candidate).distinct().toList());
        return all.stream()
                .filter(one -> scope.sees(people.get(one.candidate()).school()))
                .flatMap(one -> one.seating().map(Place::of).stream())
                .collect(Collectors.toSet());
    }

    private List<RoomSession> sessions(Tx tx, StaffScope scope, Plan plan, Set<Place> more) {
        Map<SubjectId, SubjectProgress> progress =
                progress(tx, plan).stream()
                        .collect(Collectors.toMap(one -> one.subject().id(), Function.identity()));
        Map<SlotId, Slot> slots =
                content.slots(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(Slot::id, Function.identity()));
        Map<RoomId, Room> places =
                rooms.ofPlan(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(Room::id, Function.identity()));
        Map<SiteId, Site> visible =
                sites.visible(tx, scope).stream()
                        .collect(Collectors.toMap(Site::id, Function.identity()));
        Map<SiteId, Site> known = new HashMap<>(visible);
        for (Place place : more) {
            known.computeIfAbsent(
                    places.get(place.room()).site(),
                    id -> sites.find(tx, plan.tenant(), id).orElseThrow());
        }
        Map<Place, List<Sitting>> groups = new LinkedHashMap<>();
        for (Sitting sitting : sittings.ofPlan(tx, plan.tenant(), plan.id())) {
            sitting.seating()
                    .filter(
                            seat ->
                                    visible.containsKey(seat.site())
                                            || more.contains(Place.of(seat)))
                    .ifPresent(
                            seat ->
                                    groups.computeIfAbsent(Place.of(seat), key -> new ArrayList<>())
                                            .add(sitting));
        }
        boolean onlyComplete = scope.onlySchool().isPresent();
        List<RoomSession> found = new ArrayList<>();
        groups.forEach(
                (place, seated) -> {
                    Set<SubjectId> subjects =
                            seated.stream().map(Sitting::subject).collect(Collectors.toSet());
                    boolean complete =
                            subjects.stream()
                                    .allMatch(
                                            id ->
                                                    progress.get(id).state()
                                                            == SubjectProgress.State.ARRANGED);
                    if (complete || !onlyComplete) {
                        Map<String, Long> counts =
                                seated.stream()
                                        .collect(
                                                Collectors.groupingBy(
                                                        one ->
                                                                progress.get(one.subject())
                                                                        .subject()
                                                                        .name(),
                                                        TreeMap::new,
                                                        Collectors.counting()));
                        Room room = places.get(place.room());
                        found.add(
                                new RoomSession(
                                        slots.get(place.slot()),
                                        room,
                                        known.get(room.site()),
                                        counts));
                    }
                });
        found.sort(
                Comparator.<RoomSession, java.time.Instant>comparing(
                                one -> one.slot().time().from())
                        .thenComparing(one -> one.site().name())
                        .thenComparing(one -> one.room().name()));
        return found;
    }

    private record Place(SlotId slot, RoomId room) {
        static Place of(Seating seat) {
            return new Place(seat.slot(), seat.room());
        }
    }
}
