package io.invigil.hub.site;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.declaration.Approvals;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rooms of a plan (domain, section 4). Not arranged: everything changes. Arranged: only the seat
 * count, only upwards. Stateless and thread-safe.
 */
public final class Rooms {
    public static final int ROOMS_OF_PLAN_MAX = 10_000;

    private final RoomStore store = new RoomStore();
    private final SiteStore sites = new SiteStore();
    private final PlanContent content = new PlanContent();
    private final Plans plans = new Plans();
    private final Approvals approvals = new Approvals();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public Optional<Room> find(Tx tx, TenantId tenant, RoomId id) {
        return store.find(tx, tenant, id);
    }

    /** The room as it is, which nobody else changes until the transaction ends. */
    public Optional<Room> lock(Tx tx, Plan plan, RoomId id) {
        plans.lock(tx, plan.tenant(), plan.id());
        return store.find(tx, plan.tenant(), id);
    }

    /** By site and name. */
    public List<Room> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return store.ofPlan(tx, tenant, plan);
    }

    /** The plan's rooms at one site. */
    public List<Room> ofSite(Tx tx, TenantId tenant, PlanId plan, SiteId site) {
        return store.ofPlan(tx, tenant, plan).stream()
                .filter(room -> room.site().equals(site))
                .toList();
    }

    /** States of the plan's rooms in which somebody is seated; the others are not arranged. */
    public Map<RoomId, RoomState> states(Tx tx, Plan plan, Instant now) {
        Map<RoomId, RoomState> states = new HashMap<>();
        store.used(tx, plan.tenant(), plan.id())
                .forEach((room, used) -> states.put(room, RoomState.of(Optional.of(used), now)));
        return states;
    }

    /** Whether anyone is seated in the room: then only its seat count changes, upwards. */
    public boolean isArranged(Tx tx, Room room) {
        return store.isSeated(tx, room.tenant(), room.id());
    }

    /** Sets up a room; {@code now} lies in the plan's whole range or it is refused. */
    public RoomDecision add(Tx tx, StaffScope scope, Plan plan, RoomDraft draft, Instant now) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = issues(tx, scope, plan, draft, Optional.empty(), now);
        if (store.ofPlan(tx, plan.tenant(), plan.id()).size() >= ROOMS_OF_PLAN_MAX) {
            issues.add(FieldIssue.of("", SiteRefusal.ROOM_LIMIT, "" + ROOMS_OF_PLAN_MAX));
        }
        if (!issues.isEmpty()) {
            return new RoomDecision.Refused(issues);
        }
        RoomId id = new RoomId(numbers.take(tx, plan.tenant(), NumberSeries.ROOM, 1));
        Room added = room(plan, id, draft);
        store.add(tx, added);
        audit.created(tx, scope.actor(), "room", id, added);
        return new RoomDecision.Saved(id);
    }

    /** A room of one class session; who may hold the session was asked before. */
    public Room addForSession(Tx tx, AuditActor who, Plan plan, RoomDraft draft) {
        Room added =
                room(
                        plan,
                        new RoomId(numbers.take(tx, plan.tenant(), NumberSeries.ROOM, 1)),
                        draft);
        store.add(tx, added);
        audit.created(tx, who, "room", added.id(), added);
        return added;
    }

    /** Changes a session's room, for which nobody is arranged. */
    public void changeForSession(Tx tx, AuditActor who, Plan plan, Room before, RoomDraft draft) {
        Room after = room(plan, before.id(), draft);
        if (!after.equals(before)) {
            store.change(tx, after);
            audit.changed(tx, who, "room", after.id(), before, after);
        }
    }

    public RoomDecision change(
            Tx tx, StaffScope scope, Plan plan, Room room, RoomDraft draft, Instant now) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = issues(tx, scope, plan, draft, Optional.of(room), now);
        if (issues.isEmpty() && store.isSeated(tx, plan.tenant(), room.id())) {
            Room changed = room(plan, room.id(), draft);
            if (!sameButSeats(room, changed)) {
                issues.add(FieldIssue.of("", SiteRefusal.ROOM_ARRANGED));
            } else if (changed.seats() < room.seats()) {
                issues.add(
                        FieldIssue.of("seats", SiteRefusal.ROOM_SEATS_ONLY_UP, "" + room.seats()));
            }
        }
        List<Integer> taken =
                draft.broken().stream()
                        .filter(store.takenSeats(tx, plan.tenant(), room.id())::contains)
                        .sorted()
                        .toList();
        if (!taken.isEmpty()) {
            issues.add(FieldIssue.of("broken", SiteRefusal.ROOM_BROKEN_SEAT_TAKEN, "" + taken));
        }
        if (!issues.isEmpty()) {
            return new RoomDecision.Refused(issues);
        }
        Room after = room(plan, room.id(), draft);
        store.change(tx, after);
        audit.changed(tx, scope.actor(), "room", room.id(), room, after);
        return new RoomDecision.Saved(room.id());
    }

    public RoomDecision remove(Tx tx, StaffScope scope, Plan plan, Room room) {
        plans.lock(tx, plan.tenant(), plan.id());
        Optional<Site> site = sites.find(tx, plan.tenant(), room.site());
        if (site.filter(one -> scope.mayChange(one.school())).isEmpty()) {
            return refused(SiteRefusal.SITE_NOT_ALLOWED);
        }
        if (store.isSeated(tx, plan.tenant(), room.id())) {
            return refused(SiteRefusal.ROOM_ARRANGED);
        }
        if (store.isLent(tx, plan.tenant(), room.id())) {
            return refused(SiteRefusal.ROOM_LENT);
        }
        store.remove(tx, plan.tenant(), room.id());
        audit.deleted(tx, scope.actor(), "room", room.id(), room);
        return new RoomDecision.Saved(room.id());
    }

    private static boolean sameButSeats(Room before, Room after) {
        return before.name().equals(after.name())
                && before.types().equals(after.types())
                && before.columns() == after.columns()
                && before.address().equals(after.address())
                && before.site().equals(after.site())
                && before.levels().equals(after.levels())
                && after.accessible().containsAll(before.accessible());
    }

    private List<FieldIssue> issues(
            Tx tx,
            StaffScope scope,
            Plan plan,
            RoomDraft draft,
            Optional<Room> before,
            Instant now) {
        List<FieldIssue> issues = new ArrayList<>();
        Optional<Site> site = sites.find(tx, plan.tenant(), draft.site());
        if (site.filter(one -> scope.sees(one.school())).isEmpty()) {
            issues.add(FieldIssue.of("site", SiteRefusal.ROOM_SITE_UNKNOWN));
            return issues;
        }
        if (!scope.mayChange(site.get().school())) {
            issues.add(FieldIssue.of("", SiteRefusal.SITE_NOT_ALLOWED));
        }
        if (!plan.schools().contains(site.get().school())) {
            issues.add(FieldIssue.of("", SiteRefusal.ROOM_SCHOOL_NOT_IN_PLAN));
        }
        if (plan.windows().whole().isOver(now)) {
            issues.add(FieldIssue.of("", SiteRefusal.ROOM_PLAN_OVER));
        } else if (plan.windows().whole().isAfter(now)) {
            issues.add(
                    FieldIssue.of(
                            "",
                            SiteRefusal.ROOM_PLAN_NOT_BEGUN,
                            plan.windows().whole().firstDay(plan.zone()).toString()));
        }
        textIssues(draft, issues);
        if (draft.types().isEmpty()) {
            issues.add(FieldIssue.of("types", SiteRefusal.ROOM_TYPES_MISSING));
        }
        if (draft.seats() < 1 || draft.seats() > Room.SEATS_MAX) {
            issues.add(FieldIssue.of("seats", SiteRefusal.ROOM_SEATS_RANGE, "" + Room.SEATS_MAX));
        }
        if (draft.columns() < 1 || draft.columns() > 50) {
            issues.add(FieldIssue.of("columns", SiteRefusal.ROOM_COLUMNS_RANGE, "50"));
        }
        seatIssues("broken", draft.broken(), draft.seats(), issues);
        seatIssues("accessible", draft.accessible(), draft.seats(), issues);
        levelIssues(tx, plan, draft, issues);
        approvalIssues(tx, plan, site.get(), draft, before, issues);
        if (store.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(other -> before.map(own -> !own.id().equals(other.id())).orElse(true))
                .anyMatch(
                        other ->
                                other.site().equals(draft.site())
                                        && other.name().equals(draft.name().strip()))) {
            issues.add(FieldIssue.of("name", SiteRefusal.ROOM_NAME_TAKEN));
        }
        return issues;
    }

    private static void seatIssues(
            String field, Set<Integer> named, int seats, List<FieldIssue> issues) {
        if (named.stream().anyMatch(seat -> seat < 1 || seat > seats)) {
            issues.add(FieldIssue.of(field, SiteRefusal.ROOM_SEAT_NUMBERS, "" + seats));
        }
    }

    private static void textIssues(RoomDraft draft, List<FieldIssue> issues) {
        if (draft.name().isBlank()) {
            issues.add(FieldIssue.of("name", SiteRefusal.ROOM_NAME_MISSING));
        }
        if (draft.address().isBlank()) {
            issues.add(FieldIssue.of("address", SiteRefusal.SITE_ADDRESS_MISSING));
        }
        Sites.tooLong(issues, "name", draft.name(), 100);
        Sites.tooLong(issues, "address", draft.address(), 300);
    }

    private void levelIssues(Tx tx, Plan plan, RoomDraft draft, List<FieldIssue> issues) {
        Set<LevelId> known =
                content.levels(tx, plan.tenant(), plan.id()).stream()
                        .map(CertificateLevel::id)
                        .collect(Collectors.toSet());
        if (draft.levels().isEmpty()) {
            issues.add(FieldIssue.of("levels", SiteRefusal.ROOM_LEVELS_MISSING));
        } else if (!known.containsAll(draft.levels())) {
            issues.add(FieldIssue.of("levels", SiteRefusal.ROOM_LEVEL_UNKNOWN));
        }
    }

    /** What a room hosts anew is approved for the school in the plan's year (source 002). */
    private void approvalIssues(
            Tx tx,
            Plan plan,
            Site site,
            RoomDraft draft,
            Optional<Room> before,
            List<FieldIssue> issues) {
        Set<LevelId> known = before.map(Room::levels).orElse(Set.of());
        List<CertificateLevel> hosted =
                content.levels(tx, plan.tenant(), plan.id()).stream()
                        .filter(one -> draft.levels().contains(one.id()))
                        .filter(one -> !known.contains(one.id()))
                        .toList();
        List<String> missing = approvals.missing(tx, plan, site.school(), hosted);
        if (!missing.isEmpty()) {
            issues.add(
                    FieldIssue.of(
                            "levels",
                            SiteRefusal.ROOM_CERTIFICATE_NOT_APPROVED,
                            String.join("、", missing)));
        }
    }

    private static Room room(Plan plan, RoomId id, RoomDraft draft) {
        return new Room(
                plan.tenant(),
                id,
                plan.id(),
                draft.site(),
                draft.name().strip(),
                draft.types(),
                draft.seats(),
                draft.columns(),
                draft.address().strip(),
                draft.levels(),
                draft.broken(),
                draft.accessible());
    }

    private static RoomDecision refused(SiteRefusal code) {
        return new RoomDecision.Refused(List.of(FieldIssue.of("", code)));
    }
}
