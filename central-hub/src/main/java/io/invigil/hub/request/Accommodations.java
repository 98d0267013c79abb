package io.invigil.hub.request;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.Window;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.Rooms;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Extra minutes and wheelchair seats of a candidate in a plan (domain, section 11: extra time per
 * candidate; issue 4, part 7). Set for every sitting that has not begun; who has a seat already
 * must fit the slot, and is named when the seat has to be changed. Thread-safe.
 */
public final class Accommodations {
    private final Clock clock;
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();
    private final Sittings sittings = new Sittings();
    private final Rooms rooms = new Rooms();

    public Accommodations(Clock clock) {
        this.clock = clock;
    }

    /** What came of setting it. */
    public sealed interface Outcome {
        /**
         * @param sittings how many were changed
         * @param seatsToChange subjects whose present seat does not suit a wheelchair
         */
        record Done(int sittings, List<String> seatsToChange) implements Outcome {
            public Done {
                seatsToChange = List.copyOf(seatsToChange);
            }
        }

        record Refused(FieldIssue issue) implements Outcome {}
    }

    /** Sets by the plan's body, on its own account or on a request. */
    public Outcome set(
            Tx tx,
            StaffScope scope,
            Plan plan,
            CandidateId candidate,
            int extraMinutes,
            boolean accessible) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return refused("", RequestRefusal.REQUEST_NOT_ALLOWED, "");
        }
        return set(tx, scope.actor(), plan, candidate, extraMinutes, accessible);
    }

    private Outcome set(
            Tx tx,
            AuditActor actor,
            Plan plan,
            CandidateId candidate,
            int extraMinutes,
            boolean accessible) {
        if (extraMinutes < 0 || extraMinutes > Sittings.EXTRA_MINUTES_MAX) {
            return refused(
                    "extra",
                    RequestRefusal.ACC_MINUTES,
                    Integer.toString(Sittings.EXTRA_MINUTES_MAX));
        }
        plans.lock(tx, plan.tenant(), plan.id());
        List<Sitting> own = own(tx, plan, candidate);
        if (own.isEmpty()) {
            return refused("candidate", RequestRefusal.ACC_NOT_REGISTERED, "");
        }
        List<Sitting> ahead = own.stream().filter(one -> !begun(tx, plan, one)).toList();
        if (ahead.isEmpty()) {
            return refused("candidate", RequestRefusal.ACC_BEGUN, "");
        }
        List<String> seats = new ArrayList<>();
        for (Sitting sitting : ahead) {
            Subject subject = content.subject(tx, plan.tenant(), sitting.subject()).orElseThrow();
            Optional<Window> time = time(tx, plan, sitting);
            Duration needed = Duration.ofMinutes((long) subject.minutes() + extraMinutes);
            if (time.filter(w -> Duration.between(w.from(), w.to()).compareTo(needed) < 0)
                    .isPresent()) {
                return refused("extra", RequestRefusal.ACC_SLOT_TOO_SHORT, subject.name());
            }
            if (accessible && !suits(tx, plan, sitting)) {
                seats.add(subject.name());
            }
        }
        ahead.forEach(one -> sittings.accommodate(tx, actor, one, extraMinutes, accessible));
        return new Outcome.Done(ahead.size(), seats);
    }

    /** The candidate's sittings in the plan. */
    List<Sitting> own(Tx tx, Plan plan, CandidateId candidate) {
        return sittings.ofCandidate(tx, plan.tenant(), candidate).stream()
                .filter(one -> one.plan().equals(plan.id()))
                .toList();
    }

    private Optional<Window> time(Tx tx, Plan plan, Sitting sitting) {
        return sitting.seating()
                .flatMap(seat -> content.slot(tx, plan.tenant(), seat.slot()))
                .map(Slot::time);
    }

    private boolean begun(Tx tx, Plan plan, Sitting sitting) {
        return time(tx, plan, sitting)
                .filter(window -> !window.isAfter(clock.instant()))
                .isPresent();
    }

    private boolean suits(Tx tx, Plan plan, Sitting sitting) {
        return sitting.seating()
                .map(
                        seat ->
                                rooms.find(tx, plan.tenant(), seat.room())
                                        .map(Room::accessible)
                                        .orElseThrow()
                                        .contains(seat.seat()))
                .orElse(true);
    }

    /** Everybody of the plan with an accommodation, by sitting. */
    List<Sitting> granted(Tx tx, Plan plan) {
        return sittings.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(one -> one.extraMinutes() > 0 || one.accessible())
                .toList();
    }

    private static Outcome refused(String field, RequestRefusal code, String detail) {
        return new Outcome.Refused(FieldIssue.of(field, code, detail));
    }
}
