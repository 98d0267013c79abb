package io.invigil.hub.staffing;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.arrangement.ArrangedSittings;
import io.invigil.hub.arrangement.ArrangementView;
import io.invigil.hub.arrangement.ArrangementView.RoomSession;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.staffing.Assignment.Duty;
import io.invigil.hub.staffing.AssignmentStore.Busy;
import io.invigil.hub.staffing.Qualification.Need;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of assigning proctors and patrols to rooms (domain, section 8; S2 section 10): two
 * proctors and a patrol for a room, all certified for every certificate sat there, nobody at two
 * places at once. A patrol may walk through several rooms of one site. Thread-safe.
 */
public final class Assignments {
    private final Clock clock;
    private final Proctors proctors;
    private final AssignmentStore store = new AssignmentStore();
    private final ArrangementView view = new ArrangementView();
    private final ArrangedSittings arranged = new ArrangedSittings();
    private final PlanContent content = new PlanContent();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public Assignments(Clock clock, Proctors proctors) {
        this.clock = clock;
        this.proctors = proctors;
    }

    /** A room in a slot, what one must be certified for there, and who is assigned. */
    public record Staffed(RoomSession session, Set<Need> needs, Map<Duty, List<Proctor>> assigned) {
        public List<Proctor> of(Duty duty) {
            return assigned.getOrDefault(duty, List.of());
        }

        public boolean isComplete() {
            return List.of(Duty.values()).stream().allMatch(d -> of(d).size() == d.most());
        }
    }

    /** What a bulk assignment did: rooms completed, and those for whom nobody was left. */
    public record Bulk(int assigned, List<RoomSession> unfilled) {
        public Bulk {
            unfilled = List.copyOf(unfilled);
        }
    }

    /** Rooms of the plan that the member of staff sees, by time, site and room. */
    public List<Staffed> rooms(Tx tx, StaffScope scope, Plan plan) {
        return staffed(tx, scope, plan, view.sessions(tx, scope, plan));
    }

    /** The same with rooms of other schools in which a school's own candidates sit. */
    List<Staffed> listed(Tx tx, StaffScope scope, Plan plan) {
        return staffed(tx, scope, plan, view.listed(tx, scope, plan));
    }

    private List<Staffed> staffed(Tx tx, StaffScope scope, Plan plan, List<RoomSession> sessions) {
        Map<ProctorId, Proctor> people = people(tx, scope);
        Map<String, Map<Duty, List<Proctor>>> byRoom = new HashMap<>();
        for (Assignment one : store.ofPlan(tx, plan.tenant(), plan.id())) {
            byRoom.computeIfAbsent(key(one), k -> new EnumMap<>(Duty.class))
                    .computeIfAbsent(one.duty(), d -> new ArrayList<>())
                    .add(people.get(one.proctor()));
        }
        Map<String, Set<Need>> needs = needs(tx, plan);
        return sessions.stream()
                .map(
                        one ->
                                new Staffed(
                                        one,
                                        needs.getOrDefault(key(one), Set.of()),
                                        byRoom.getOrDefault(key(one), Map.of())))
                .toList();
    }

    private static String key(Assignment one) {
        return one.slot() + "/" + one.room();
    }

    private static String key(RoomSession one) {
        return one.slot().id() + "/" + one.room().id();
    }

    /** Everybody of the tenant: a body may send people of any school anywhere. */
    private Map<ProctorId, Proctor> people(Tx tx, StaffScope scope) {
        return proctors.all(tx, scope.tenant()).stream()
                .collect(Collectors.toMap(Proctor::id, one -> one));
    }

    private Map<String, Set<Need>> needs(Tx tx, Plan plan) {
        Map<LevelId, CertificateLevel> levels =
                content.levels(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(CertificateLevel::id, one -> one));
        Map<String, Set<Need>> needs = new HashMap<>();
        for (ArrangedSitting one : arranged.ofPlan(tx, plan.tenant(), plan.id())) {
            var seat = one.sitting().seating().orElseThrow();
            CertificateLevel level = levels.get(one.subject().level());
            needs.computeIfAbsent(seat.slot() + "/" + seat.room(), k -> new HashSet<>())
                    .add(new Need(level.number(), level.level()));
        }
        return needs;
    }

    public boolean onlyBodyAssigns(Tx tx, Plan plan) {
        return store.onlyBodyAssigns(tx, plan.tenant(), plan.id());
    }

    /** Whether schools assign at their own sites or the body alone; a setting of the plan. */
    public StaffingDecision setOnlyBodyAssigns(Tx tx, StaffScope scope, Plan plan, boolean only) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_NOT_ALLOWED);
        }
        Map<String, Boolean> before = Map.of("onlyBody", onlyBodyAssigns(tx, plan));
        Map<String, Boolean> after = Map.of("onlyBody", only);
        store.setOnlyBodyAssigns(tx, plan.tenant(), plan.id(), only);
        audit.changed(tx, scope.actor(), "assignment-policy", plan.id(), before, after);
        return new StaffingDecision.Saved(new ProctorId(1));
    }

    /** Whether the member of staff assigns in this plan. */
    public boolean mayAssign(Tx tx, StaffScope scope, Plan plan) {
        return scope.mayRunPlansOf(plan.body())
                || scope.role() == StaffRole.SCHOOL_CLERK && !onlyBodyAssigns(tx, plan);
    }

    /** Whom the member of staff may send: a school its own people, the body everybody. */
    private List<Proctor> pool(Tx tx, StaffScope scope) {
        return proctors.all(tx, scope.tenant()).stream()
                .filter(one -> scope.sees(one.school()))
                .toList();
    }

    /** Who could take the duty: certified for all that is needed, and free, or assigned here. */
    public List<Proctor> eligible(Tx tx, StaffScope scope, Plan plan, Staffed room, Duty duty) {
        Availability state = state(tx, scope, plan);
        return pool(tx, scope).stream()
                .filter(one -> state.isCertified(one.id(), room.needs()))
                .filter(one -> state.isFree(one.id(), room.session(), duty))
                .toList();
    }

    Availability state(Tx tx, StaffScope scope, Plan plan) {
        Map<ProctorId, Set<Need>> certified =
                proctors.certified(tx, scope.tenant()).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Qualification::proctor,
                                        Collectors.mapping(
                                                Qualification::need, Collectors.toSet())));
        Instant from = plan.windows().exam().from();
        return new Availability(certified, new ArrayList<>(store.busy(tx, scope.tenant(), from)));
    }

    /** Puts exactly these people into the room; empty lists take everybody out. */
    public StaffingDecision assign(
            Tx tx, StaffScope scope, Plan plan, Staffed room, Map<Duty, List<ProctorId>> wanted) {
        if (!mayAssign(tx, scope, plan)) {
            return StaffingDecision.refused(
                    scope.role() == StaffRole.SCHOOL_CLERK
                            ? StaffingRefusal.ASSIGN_ONLY_BODY
                            : StaffingRefusal.PROCTOR_NOT_ALLOWED);
        }
        if (!clock.instant().isBefore(room.session().slot().time().from())) {
            return StaffingDecision.refused(StaffingRefusal.ASSIGN_BEGUN);
        }
        queue(tx, scope);
        Map<ProctorId, Proctor> pool =
                pool(tx, scope).stream().collect(Collectors.toMap(Proctor::id, one -> one));
        Availability state = state(tx, scope, plan);
        Set<ProctorId> seen = new HashSet<>();
        List<Assignment> all = new ArrayList<>();
        for (Map.Entry<Duty, List<ProctorId>> entry : wanted.entrySet()) {
            Duty duty = entry.getKey();
            if (entry.getValue().size() > duty.most()) {
                return StaffingDecision.refused(
                        duty.name(), StaffingRefusal.ASSIGN_TOO_MANY, "" + duty.most());
            }
            for (ProctorId who : entry.getValue()) {
                Optional<StaffingRefusal> refusal = state.refusal(pool, seen, room, duty, who);
                if (refusal.isPresent()) {
                    String name = pool.containsKey(who) ? pool.get(who).titled() : "" + who;
                    return StaffingDecision.refused(duty.name(), refusal.get(), name);
                }
                all.add(
                        new Assignment(
                                room.session().slot().id(), room.session().room().id(), who, duty));
            }
        }
        write(tx, scope, plan, room.session(), all);
        return new StaffingDecision.Saved(new ProctorId(1));
    }

    /** Assignments of a tenant wait for each other, so that nobody is taken twice. */
    void queue(Tx tx, StaffScope scope) {
        numbers.take(tx, scope.tenant(), NumberSeries.PROCTOR_ASSIGNMENT, 1);
    }

    /** Who is assigned to the room in the slot. */
    List<Assignment> of(Tx tx, Plan plan, RoomSession session) {
        return store.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(one -> key(one).equals(key(session)))
                .toList();
    }

    void write(Tx tx, StaffScope scope, Plan plan, RoomSession session, List<Assignment> all) {
        List<Assignment> before = of(tx, plan, session);
        audit.changed(
                tx,
                scope.actor(),
                "assignment",
                key(session),
                Map.of("assigned", before),
                Map.of("assigned", all));
        store.replace(
                tx,
                plan.tenant(),
                plan.id(),
                session.slot().id(),
                session.room().id(),
                all,
                scope.login(),
                Instant.ofEpochMilli(clock.millis()));
    }

    /**
     * Fills every room that lacks somebody (批量分配监考人员): who has least to do first, people of the
     * site's school before others; who is assigned already stays.
     */
    public Bulk assignAll(Tx tx, StaffScope scope, Plan plan) {
        if (!mayAssign(tx, scope, plan)) {
            return new Bulk(0, List.of());
        }
        queue(tx, scope);
        List<Proctor> pool = pool(tx, scope);
        Availability state = state(tx, scope, plan);
        int assigned = 0;
        List<RoomSession> unfilled = new ArrayList<>();
        for (Staffed room : rooms(tx, scope, plan)) {
            if (!room.isComplete()
                    && clock.instant().isBefore(room.session().slot().time().from())) {
                List<Assignment> all = filled(plan, pool, state, room);
                write(tx, scope, plan, room.session(), all);
                int wanted = List.of(Duty.values()).stream().mapToInt(Duty::most).sum();
                if (all.size() < wanted) {
                    unfilled.add(room.session());
                } else {
                    assigned++;
                }
            }
        }
        return new Bulk(assigned, unfilled);
    }

    private static List<Assignment> filled(
            Plan plan, List<Proctor> pool, Availability state, Staffed room) {
        RoomSession session = room.session();
        List<Assignment> all = new ArrayList<>();
        Set<ProctorId> here = new HashSet<>();
        for (Duty duty : Duty.values()) {
            for (Proctor one : room.of(duty)) {
                here.add(one.id());
                all.add(new Assignment(session.slot().id(), session.room().id(), one.id(), duty));
            }
        }
        for (Duty duty : Duty.values()) {
            for (int place = room.of(duty).size(); place < duty.most(); place++) {
                pool.stream()
                        .filter(one -> !here.contains(one.id()))
                        .filter(one -> state.isCertified(one.id(), room.needs()))
                        .filter(one -> state.isFree(one.id(), session, duty))
                        .min(
                                Comparator.comparing(
                                                (Proctor one) ->
                                                        !one.school()
                                                                .equals(session.site().school()))
                                        .thenComparing(one -> state.load(one.id()))
                                        .thenComparing(Proctor::number))
                        .ifPresent(
                                one -> {
                                    here.add(one.id());
                                    Assignment made =
                                            new Assignment(
                                                    session.slot().id(),
                                                    session.room().id(),
                                                    one.id(),
                                                    duty);
                                    all.add(made);
                                    state.busy()
                                            .add(
                                                    new Busy(
                                                            made,
                                                            plan.id(),
                                                            session.slot().time().from(),
                                                            session.slot().time().to(),
                                                            session.site().id().value()));
                                });
            }
        }
        return all;
    }

    /** Names for a sheet of the room: 李红、王老勇; empty when nobody is assigned. */
    public String names(Tx tx, Plan plan, RoomSession session, Duty duty) {
        Map<ProctorId, Proctor> people =
                proctors.all(tx, plan.tenant()).stream()
                        .collect(Collectors.toMap(Proctor::id, one -> one));
        return store.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(one -> key(one).equals(key(session)) && one.duty() == duty)
                .map(one -> people.get(one.proctor()).name())
                .collect(Collectors.joining("、"));
    }
}
