package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Changes of an arrangement by hand (domain, section 7): one candidate to another seat, two
 * exchanged, one room seated anew while nobody elsewhere moves. PINs and admission numbers stay.
 * Only inside the arrangement window, before the slot begins and before the packages are published.
 * Thread-safe.
 */
public final class SeatChanges {
    private final Clock clock;
    private final SeatingUse use;
    private final ArrangementRights rights;
    private final ArrangementInputs inputs;
    private final ArrangementStore store = new ArrangementStore();
    private final ArrangementCheck check = new ArrangementCheck();
    private final Arranger arranger = new Arranger();
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();
    private final Audit audit = new Audit();

    public SeatChanges(Clock clock, SeatingUse use, Payments payments) {
        this.clock = clock;
        this.use = use;
        this.rights = new ArrangementRights(clock);
        this.inputs = new ArrangementInputs(payments);
    }

    /** Where somebody is to sit. */
    public record Target(SlotId slot, RoomId room, int seat) {}

    /**
     * Gives an arranged sitting another seat; who sits there at that slot gets the one that comes
     * free.
     */
    public ArrangementDecision move(
            Tx tx, StaffScope scope, Plan plan, SittingId moved, Target target) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<Sitting> all = inputs.sittings(tx, plan);
        Optional<Sitting> own =
                all.stream()
                        .filter(one -> one.id().equals(moved) && one.seating().isPresent())
                        .findFirst();
        List<FieldIssue> issues = issues(tx, scope, plan);
        if (own.isEmpty()) {
            issues.add(FieldIssue.of("sitting", ArrangementRefusal.ARR_SITTING_UNKNOWN));
            return new ArrangementDecision.Refused(issues);
        }
        Seating before = own.get().seating().orElseThrow();
        Optional<Sitting> there =
                all.stream()
                        .filter(one -> !one.id().equals(moved))
                        .filter(one -> one.seating().filter(seat -> isAt(seat, target)).isPresent())
                        .findFirst();
        begun(tx, plan, List.of(before.slot(), target.slot()), issues);
        List<Sitting> concerned = new ArrayList<>(List.of(own.get()));
        there.ifPresent(concerned::add);
        inputs.banned(tx, plan, concerned)
                .values()
                .forEach(
                        name ->
                                issues.add(
                                        FieldIssue.of(
                                                "sitting", ArrangementRefusal.ARR_BANNED, name)));
        ArrangementProblem problem =
                inputs.problem(
                        tx,
                        plan,
                        all,
                        one -> one.id().equals(moved) || there.filter(one::equals).isPresent(),
                        Arrangements.SiteChoice.ALL_SITES,
                        clock.instant());
        List<Placement> placements = new ArrayList<>();
        for (WantedSitting one : problem.wanted()) {
            placements.add(
                    one.sitting().equals(moved)
                            ? new Placement(one, target.slot(), target.room(), target.seat())
                            : new Placement(one, before.slot(), before.room(), before.seat()));
        }
        issues.addAll(new SeatConflicts(problem).of(placements));
        if (!issues.isEmpty()) {
            return new ArrangementDecision.Refused(issues);
        }
        keep(tx, scope, plan, problem, placements, 0);
        return new ArrangementDecision.Done(0, placements.size());
    }

    /**
     * A seat of a room as it was chosen on its map.
     *
     * @param sitting who was shown there
     */
    public record Pick(int seat, Optional<SittingId> sitting) {

        /** What {@link SeatMap.Cell#pick} wrote; empty when it is nothing of that kind. */
        static Optional<Pick> read(String text) {
            if (!text.matches("[1-9]\\d{0,3}-\\d{1,18}")) {
                return Optional.empty();
            }
            long sitting = Long.parseLong(text.substring(text.indexOf('-') + 1));
            return Optional.of(
                    new Pick(
                            Integer.parseInt(text.substring(0, text.indexOf('-'))),
                            sitting == 0 ? Optional.empty() : Optional.of(new SittingId(sitting))));
        }
    }

    /**
     * Exchanges who sits on two seats of one room and slot, or moves one to the other when that is
     * empty. Refused when the map that was chosen from is out of date.
     */
    public ArrangementDecision exchange(
            Tx tx, StaffScope scope, Plan plan, SlotId slot, RoomId room, List<Pick> picks) {
        plans.lock(tx, plan.tenant(), plan.id());
        if (picks.size() != 2 || picks.get(0).seat() == picks.get(1).seat()) {
            return refusedSeats(ArrangementRefusal.ARR_TWO_SEATS);
        }
        Map<Integer, SittingId> there =
                inputs.sittings(tx, plan).stream()
                        .filter(
                                one ->
                                        one.seating()
                                                .filter(
                                                        seat ->
                                                                seat.slot().equals(slot)
                                                                        && seat.room().equals(room))
                                                .isPresent())
                        .collect(
                                Collectors.toMap(
                                        one -> one.seating().orElseThrow().seat(), Sitting::id));
        if (picks.stream()
                .anyMatch(
                        pick ->
                                !pick.sitting()
                                        .equals(Optional.ofNullable(there.get(pick.seat()))))) {
            return refusedSeats(ArrangementRefusal.ARR_SEATS_CHANGED);
        }
        Optional<Pick> taken =
                picks.stream().filter(pick -> pick.sitting().isPresent()).findFirst();
        if (taken.isEmpty()) {
            return refusedSeats(ArrangementRefusal.ARR_SEATS_EMPTY);
        }
        Pick other = picks.get(0).equals(taken.get()) ? picks.get(1) : picks.get(0);
        Target target = new Target(slot, room, other.seat());
        return onMap(move(tx, scope, plan, taken.get().sitting().orElseThrow(), target));
    }

    /** The map is one field: whatever is wrong with a seat is said there. */
    private static ArrangementDecision onMap(ArrangementDecision decision) {
        return decision instanceof ArrangementDecision.Refused refused
                ? new ArrangementDecision.Refused(
                        refused.issues().stream()
                                .map(one -> new FieldIssue("seats", one.code(), one.detail()))
                                .distinct()
                                .toList())
                : decision;
    }

    private static ArrangementDecision refusedSeats(ArrangementRefusal code) {
        return new ArrangementDecision.Refused(List.of(FieldIssue.of("seats", code)));
    }

    private static boolean isAt(Seating seat, Target target) {
        return seat.slot().equals(target.slot())
                && seat.room().equals(target.room())
                && seat.seat() == target.seat();
    }

    /**
     * Takes back the seat of somebody who was banned after the arrangement, until the slot begins;
     * also outside the window and once packages are published, for a package is not built with
     * banned people in it.
     */
    public ArrangementDecision free(Tx tx, StaffScope scope, Plan plan, SittingId freed) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = new ArrayList<>();
        if (!scope.mayRunPlansOf(plan.body())) {
            issues.add(FieldIssue.of("", ArrangementRefusal.ARR_NOT_ALLOWED));
        }
        Optional<Sitting> own =
                inputs.sittings(tx, plan).stream()
                        .filter(one -> one.id().equals(freed) && one.seating().isPresent())
                        .findFirst();
        if (own.isEmpty()) {
            issues.add(FieldIssue.of("sitting", ArrangementRefusal.ARR_SITTING_UNKNOWN));
            return new ArrangementDecision.Refused(issues);
        }
        if (inputs.banned(tx, plan, List.of(own.get())).isEmpty()) {
            issues.add(FieldIssue.of("sitting", ArrangementRefusal.ARR_NOT_BANNED));
        }
        Seating seat = own.get().seating().orElseThrow();
        begun(tx, plan, List.of(seat.slot()), issues);
        if (!issues.isEmpty()) {
            return new ArrangementDecision.Refused(issues);
        }
        store.unseat(tx, plan.tenant(), List.of(freed));
        audit.changed(
                tx,
                scope.actor(),
                "arrangement",
                plan.id(),
                Map.of("seated", freed + " → " + seat.slot() + "/" + seat.room()),
                Map.of("seated", ""));
        return new ArrangementDecision.Done(0, 1);
    }

    /** Those of a room and slot who are banned; their seats can be taken back. */
    public Set<SittingId> banned(Tx tx, Plan plan, SlotId slot, RoomId room) {
        List<Sitting> there =
                inputs.sittings(tx, plan).stream()
                        .filter(
                                one ->
                                        one.seating()
                                                .filter(
                                                        seat ->
                                                                seat.slot().equals(slot)
                                                                        && seat.room().equals(room))
                                                .isPresent())
                        .toList();
        Map<CandidateId, String> names = inputs.banned(tx, plan, there);
        return there.stream()
                .filter(one -> names.containsKey(one.candidate()))
                .map(Sitting::id)
                .collect(Collectors.toSet());
    }

    /** Seats those of one room and slot anew in the same room; nobody elsewhere moves. */
    public ArrangementDecision reseat(
            Tx tx,
            StaffScope scope,
            Plan plan,
            SlotId slot,
            RoomId room,
            Strategy strategy,
            long seed) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = issues(tx, scope, plan);
        begun(tx, plan, List.of(slot), issues);
        ArrangementProblem whole =
                inputs.problem(
                        tx,
                        plan,
                        inputs.sittings(tx, plan),
                        one ->
                                one.seating()
                                        .filter(
                                                seat ->
                                                        seat.slot().equals(slot)
                                                                && seat.room().equals(room))
                                        .isPresent(),
                        Arrangements.SiteChoice.ALL_SITES,
                        clock.instant());
        if (whole.wanted().isEmpty()) {
            issues.add(FieldIssue.of("", ArrangementRefusal.ARR_PLACE_UNKNOWN));
        }
        if (!issues.isEmpty()) {
            return new ArrangementDecision.Refused(issues);
        }
        ArrangementProblem one =
                new ArrangementProblem(
                        whole.wanted(),
                        whole.subjects(),
                        whole.slots().stream()
                                .map(
                                        other ->
                                                other.id().equals(slot)
                                                        ? other
                                                        : ArrangementInputs.withoutSubjects(other))
                                .toList(),
                        whole.rooms().stream()
                                .map(other -> other.id().equals(room) ? other : unused(other))
                                .toList(),
                        whole.sitesOf(),
                        whole.lent(),
                        whole.fixed(),
                        whole.mixedSubjects());
        return switch (arranger.arrange(one, strategy, seed)) {
            case ArrangementOutcome.Infeasible none ->
                    new ArrangementDecision.Infeasible(seed, none.bottlenecks());
            case ArrangementOutcome.Arranged arranged -> {
                keep(tx, scope, plan, one, arranged.placements(), seed);
                yield new ArrangementDecision.Done(seed, arranged.placements().size());
            }
        };
    }

    /** A room that hosts nothing, so that nobody new is seated there. */
    private static Room unused(Room room) {
        return new Room(
                room.tenant(),
                room.id(),
                room.plan(),
                room.site(),
                room.name(),
                room.types(),
                room.seats(),
                room.columns(),
                room.address(),
                Set.of(),
                room.broken(),
                room.accessible());
    }

    private void keep(
            Tx tx,
            StaffScope scope,
            Plan plan,
            ArrangementProblem problem,
            List<Placement> placements,
            long seed) {
        List<String> faults = check.violations(problem, placements);
        if (!faults.isEmpty()) {
            throw new ArrangementUnsound(seed, faults);
        }
        Map<RoomId, Room> rooms =
                problem.rooms().stream().collect(Collectors.toMap(Room::id, Function.identity()));
        store.reseat(tx, plan.tenant(), placements, room -> rooms.get(room).site());
        audit.changed(
                tx,
                scope.actor(),
                "arrangement",
                plan.id(),
                Map.of("moved", List.of()),
                Map.of(
                        "moved",
                        placements.stream()
                                .limit(50)
                                .map(
                                        one ->
                                                one.sitting().sitting()
                                                        + " → "
                                                        + one.slot()
                                                        + "/"
                                                        + one.room()
                                                        + "/"
                                                        + one.seat())
                                .toList()));
    }

    private List<FieldIssue> issues(Tx tx, StaffScope scope, Plan plan) {
        List<FieldIssue> issues = rights.issues(scope, plan);
        if (use.isPublished(tx, plan)) {
            issues.add(FieldIssue.of("", ArrangementRefusal.ARR_PUBLISHED));
        }
        return issues;
    }

    private void begun(Tx tx, Plan plan, List<SlotId> slots, List<FieldIssue> issues) {
        Instant now = clock.instant();
        boolean begun =
                content.slots(tx, plan.tenant(), plan.id()).stream()
                        .filter(slot -> slots.contains(slot.id()))
                        .map(Slot::time)
                        .anyMatch(time -> !time.isAfter(now));
        if (begun) {
            issues.add(FieldIssue.of("slot", ArrangementRefusal.ARR_SLOT_BEGUN));
        }
    }
}
