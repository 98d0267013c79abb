package io.invigil.hub.borrowing;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.borrowing.Borrowing.State;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules of borrowing (借考; source 002 section 5: the school asks, 借考分配由培训评价组织操作处理). Within the
 * plan's whole time range. Stateless and thread-safe.
 */
public final class Borrowings {
    private final BorrowingStore store = new BorrowingStore();
    private final Plans plans = new Plans();
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    /** The plan's borrowings that the member of staff may see, newest first. */
    public List<Borrowing> visible(Tx tx, StaffScope scope, Plan plan) {
        return store.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(one -> scope.sees(one.school()))
                .toList();
    }

    public Optional<Borrowing> findVisible(Tx tx, StaffScope scope, Plan plan, BorrowingId id) {
        return visible(tx, scope, plan).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Per school, the rooms that are lent to it now. */
    public Map<OrganisationId, Set<RoomId>> lent(Tx tx, Plan plan) {
        Map<OrganisationId, Set<RoomId>> found = new HashMap<>();
        for (Borrowing one : store.ofPlan(tx, plan.tenant(), plan.id())) {
            if (one.state() == State.GRANTED) {
                found.computeIfAbsent(one.school(), key -> new HashSet<>()).addAll(one.rooms());
            }
        }
        return found;
    }

    /** Rooms that could be lent to the school: at other schools' approved sites in this plan. */
    public List<Room> lendable(Tx tx, Plan plan, OrganisationId school) {
        Map<SiteId, Site> approved =
                sites.approved(tx, plan.tenant()).stream()
                        .collect(Collectors.toMap(Site::id, Function.identity()));
        return rooms.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(room -> approved.containsKey(room.site()))
                .filter(room -> !approved.get(room.site()).school().equals(school))
                .toList();
    }

    /**
     * Asks for seats.
     *
     * @param now lies in the plan's whole time range
     */
    public BorrowingDecision request(
            Tx tx, StaffScope scope, Plan plan, int seats, String reason, Instant now) {
        plans.lock(tx, plan.tenant(), plan.id());
        OrganisationId school = scope.organisation().id();
        List<FieldIssue> issues = new ArrayList<>();
        if (!scope.mayChange(school)) {
            issues.add(FieldIssue.of("", BorrowingRefusal.BORROW_NOT_ALLOWED));
        } else if (!plan.schools().contains(school)) {
            issues.add(FieldIssue.of("", BorrowingRefusal.BORROW_SCHOOL_NOT_IN_PLAN));
        }
        if (!plan.windows().whole().contains(now)) {
            issues.add(FieldIssue.of("", BorrowingRefusal.BORROW_PLAN_CLOSED));
        }
        if (seats < 1 || seats > Borrowing.SEATS_MAX) {
            issues.add(
                    FieldIssue.of(
                            "seats",
                            BorrowingRefusal.BORROW_SEATS_RANGE,
                            Integer.toString(Borrowing.SEATS_MAX)));
        }
        if (isMissing(reason)) {
            issues.add(FieldIssue.of("reason", BorrowingRefusal.BORROW_REASON_MISSING));
        }
        if (store.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .anyMatch(one -> one.school().equals(school) && one.state() == State.PENDING)) {
            issues.add(FieldIssue.of("", BorrowingRefusal.BORROW_PENDING_EXISTS));
        }
        if (!issues.isEmpty()) {
            return new BorrowingDecision.Refused(issues);
        }
        Borrowing added =
                new Borrowing(
                        plan.tenant(),
                        new BorrowingId(numbers.take(tx, plan.tenant(), NumberSeries.BORROWING, 1)),
                        plan.id(),
                        school,
                        seats,
                        reason.strip(),
                        State.PENDING,
                        scope.login(),
                        now,
                        Set.of(),
                        Optional.empty());
        store.add(tx, added);
        audit.created(tx, scope.actor(), "borrowing", added.id(), added);
        return new BorrowingDecision.Saved(added.id());
    }

    /** The school takes its request back before it is decided. */
    public BorrowingDecision withdraw(
            Tx tx, StaffScope scope, Plan plan, Borrowing asked, Instant now) {
        if (!scope.mayChange(asked.school())) {
            return BorrowingDecision.refused(BorrowingRefusal.BORROW_NOT_ALLOWED);
        }
        return pending(tx, plan, asked)
                .map(
                        one ->
                                moved(
                                        tx,
                                        scope,
                                        one,
                                        State.WITHDRAWN,
                                        Set.of(),
                                        new Borrowing.Decision(scope.login(), now, "")))
                .orElseGet(() -> BorrowingDecision.refused(BorrowingRefusal.BORROW_NOT_PENDING));
    }

    /** Lends rooms that together have at least the seats asked for. */
    public BorrowingDecision grant(
            Tx tx, StaffScope scope, Plan plan, Borrowing asked, Set<RoomId> lent, Instant now) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return BorrowingDecision.refused(BorrowingRefusal.BORROW_NOT_ALLOWED);
        }
        if (!plan.windows().whole().contains(now)) {
            return BorrowingDecision.refused(BorrowingRefusal.BORROW_PLAN_CLOSED);
        }
        Optional<Borrowing> current = pending(tx, plan, asked);
        if (current.isEmpty()) {
            return BorrowingDecision.refused(BorrowingRefusal.BORROW_NOT_PENDING);
        }
        if (lent.isEmpty() || lent.size() > Borrowing.ROOMS_MAX) {
            return BorrowingDecision.refused(
                    "rooms",
                    BorrowingRefusal.BORROW_ROOMS_MISSING,
                    Integer.toString(Borrowing.ROOMS_MAX));
        }
        Map<RoomId, Room> offered =
                lendable(tx, plan, asked.school()).stream()
                        .collect(Collectors.toMap(Room::id, Function.identity()));
        if (!offered.keySet().containsAll(lent)) {
            return BorrowingDecision.refused("rooms", BorrowingRefusal.BORROW_ROOM_UNKNOWN, "");
        }
        int seats = lent.stream().mapToInt(room -> offered.get(room).usableSeats()).sum();
        if (seats < asked.seats()) {
            return BorrowingDecision.refused(
                    "rooms", BorrowingRefusal.BORROW_SEATS_SHORT, seats + " < " + asked.seats());
        }
        Borrowing.Decision by = new Borrowing.Decision(scope.login(), now, "");
        return moved(tx, scope, current.get(), State.GRANTED, lent, by);
    }

    /** Refuses; the reason is shown to the school. */
    public BorrowingDecision refuse(
            Tx tx, StaffScope scope, Plan plan, Borrowing asked, String words, Instant now) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return BorrowingDecision.refused(BorrowingRefusal.BORROW_NOT_ALLOWED);
        }
        if (isMissing(words)) {
            return BorrowingDecision.refused("words", BorrowingRefusal.BORROW_REASON_MISSING, "");
        }
        Borrowing.Decision by = new Borrowing.Decision(scope.login(), now, words.strip());
        return pending(tx, plan, asked)
                .map(one -> moved(tx, scope, one, State.REFUSED, Set.of(), by))
                .orElseGet(() -> BorrowingDecision.refused(BorrowingRefusal.BORROW_NOT_PENDING));
    }

    /**
     * Gives the rooms back: by the school or the body, once nobody of the school is seated there.
     */
    public BorrowingDecision giveBack(
            Tx tx, StaffScope scope, Plan plan, Borrowing lent, Instant now) {
        if (!scope.mayChange(lent.school()) && !scope.mayRunPlansOf(plan.body())) {
            return BorrowingDecision.refused(BorrowingRefusal.BORROW_NOT_ALLOWED);
        }
        Optional<Borrowing> current = current(tx, plan, lent, State.GRANTED);
        if (current.isEmpty()) {
            return BorrowingDecision.refused(BorrowingRefusal.BORROW_NOT_GRANTED);
        }
        long seated = 0;
        for (RoomId room : current.get().rooms()) {
            seated += store.seated(tx, plan.tenant(), room, lent.school());
        }
        if (seated > 0) {
            return BorrowingDecision.refused(
                    "", BorrowingRefusal.BORROW_IN_USE, Long.toString(seated));
        }
        Borrowing.Decision by = new Borrowing.Decision(scope.login(), now, "");
        return moved(tx, scope, current.get(), State.RETURNED, Set.of(), by);
    }

    private Optional<Borrowing> pending(Tx tx, Plan plan, Borrowing asked) {
        return current(tx, plan, asked, State.PENDING);
    }

    /** As it is under the plan's lock, when it is still in the state. */
    private Optional<Borrowing> current(Tx tx, Plan plan, Borrowing known, State state) {
        plans.lock(tx, plan.tenant(), plan.id());
        return store.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(one -> one.id().equals(known.id()) && one.state() == state)
                .findFirst();
    }

    private BorrowingDecision moved(
            Tx tx,
            StaffScope scope,
            Borrowing before,
            State to,
            Set<RoomId> lent,
            Borrowing.Decision by) {
        Borrowing after = before.decided(to, lent, by);
        store.decide(tx, after);
        audit.changed(tx, scope.actor(), "borrowing", before.id(), before, after);
        return new BorrowingDecision.Saved(before.id());
    }

    private static boolean isMissing(String text) {
        return text.isBlank() || text.length() > Borrowing.REASON_CHARS_MAX;
    }
}
