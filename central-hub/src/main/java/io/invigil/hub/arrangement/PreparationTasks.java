package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.fee.FeePrices;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.PlanTask;
import io.invigil.hub.plan.PlanTask.Status;
import io.invigil.hub.plan.PlanTasks;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.Window;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Registration;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The task list's lines from entering a plan to its arrangement. Thread-safe. */
public final class PreparationTasks implements PlanTasks {
    private final Registrations registrations;
    private final Payments payments;
    private final Sittings sittings = new Sittings();
    private final FeePrices prices = new FeePrices();
    private final PlanContent content = new PlanContent();
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();
    private final ArrangementView view = new ArrangementView();

    public PreparationTasks(Registrations registrations, Payments payments) {
        this.registrations = registrations;
        this.payments = payments;
    }

    @Override
    public List<PlanTask> of(Tx tx, Visit visit, StaffScope scope, Plan plan) {
        List<PlanTask> tasks = new ArrayList<>();
        if (scope.role() == StaffRole.BODY_STAFF) {
            tasks.add(
                    new PlanTask(
                            visit.text("plan.task.windows"),
                            PlanDesk.path(plan) + "/edit",
                            plan.schools().isEmpty() ? Status.PARTLY : Status.DONE,
                            visit.text("plan.task.windows.hint", plan.schools().size())));
        }
        tasks.add(contentTask(tx, visit, plan));
        tasks.add(roomTask(tx, visit, scope, plan));
        tasks.add(registrationTask(tx, visit, scope, plan));
        if (plan.options().fees()) {
            tasks.add(priceTask(tx, visit, plan));
            tasks.add(feeTask(tx, visit, scope, plan));
        }
        tasks.add(arrangementTask(tx, visit, plan));
        return tasks;
    }

    private PlanTask contentTask(Tx tx, Visit visit, Plan plan) {
        List<Subject> subjects = content.subjects(tx, plan.tenant(), plan.id());
        List<Slot> slots = content.slots(tx, plan.tenant(), plan.id());
        long withSlot =
                subjects.stream()
                        .filter(
                                subject ->
                                        slots.stream()
                                                .anyMatch(
                                                        slot ->
                                                                slot.subjects()
                                                                        .contains(subject.id())))
                        .count();
        Status status = Status.PARTLY;
        if (subjects.isEmpty()) {
            status = Status.NEXT;
        } else if (withSlot == subjects.size()) {
            status = Status.DONE;
        }
        return new PlanTask(
                visit.text("plan.task.content"),
                PlanDesk.path(plan) + "/content",
                status,
                visit.text("plan.task.content.hint", subjects.size(), withSlot));
    }

    private PlanTask roomTask(Tx tx, Visit visit, StaffScope scope, Plan plan) {
        List<Room> own =
                rooms.ofPlan(tx, plan.tenant(), plan.id()).stream()
                        .filter(room -> sites.findVisible(tx, scope, room.site()).isPresent())
                        .toList();
        int seats = own.stream().mapToInt(Room::seats).sum();
        return new PlanTask(
                visit.text("plan.task.rooms"),
                PlanDesk.path(plan) + "/rooms",
                own.isEmpty() ? Status.NEXT : Status.DONE,
                visit.text("plan.task.rooms.hint", own.size(), seats));
    }

    private PlanTask registrationTask(Tx tx, Visit visit, StaffScope scope, Plan plan) {
        int count = registrations.ofPlan(tx, scope, plan).size();
        return new PlanTask(
                visit.text("plan.task.registration"),
                PlanDesk.path(plan) + "/registrations",
                inWindow(
                        visit, plan, PlanStage.REGISTRATION, count > 0 ? Status.DONE : Status.NEXT),
                visit.text("plan.task.registration.hint", count)
                        + " "
                        + window(visit, plan, PlanStage.REGISTRATION));
    }

    private PlanTask priceTask(Tx tx, Visit visit, Plan plan) {
        Set<FeePrices.Priced> known = prices.prices(tx, plan).keySet();
        boolean all = prices.items(tx, plan).stream().allMatch(one -> known.contains(one.priced()));
        return new PlanTask(
                visit.text("fee.prices"),
                PlanDesk.path(plan) + "/prices",
                all ? Status.DONE : Status.NEXT,
                visit.text("fee.prices.hint", known.size()));
    }

    private PlanTask feeTask(Tx tx, Visit visit, StaffScope scope, Plan plan) {
        Set<RegistrationId> own =
                registrations.ofPlan(tx, scope, plan).stream()
                        .map(Registration::id)
                        .collect(Collectors.toSet());
        Map<SittingId, Payments.Payment> known = payments.ofPlan(tx, plan.tenant(), plan.id());
        List<Sitting> all =
                sittings.ofPlan(tx, plan.tenant(), plan.id()).stream()
                        .filter(one -> own.contains(one.registration()))
                        .toList();
        long paid =
                all.stream().filter(one -> known.get(one.id()) == Payments.Payment.PAID).count();
        Status status = paid > 0 ? Status.PARTLY : Status.NEXT;
        if (!all.isEmpty() && paid == all.size()) {
            status = Status.DONE;
        }
        return new PlanTask(
                visit.text("fee.task"),
                "/fees?plan=" + plan.id(),
                status,
                visit.text("fee.task.hint", paid, all.size()));
    }

    private PlanTask arrangementTask(Tx tx, Visit visit, Plan plan) {
        long all = 0;
        long done = 0;
        for (ArrangementView.SubjectProgress one : view.progress(tx, plan)) {
            all += one.sittings();
            done += one.arranged();
        }
        Status status = done > 0 ? Status.PARTLY : Status.NEXT;
        if (all > 0 && done == all) {
            status = Status.DONE;
        }
        return new PlanTask(
                visit.text("plan.task.arrangement"),
                PlanDesk.path(plan) + "/arrangement",
                inWindow(visit, plan, PlanStage.ARRANGEMENT, status),
                visit.text("plan.task.arrangement.hint", done, all)
                        + " "
                        + window(visit, plan, PlanStage.ARRANGEMENT));
    }

    /** Done stays done; what is not done is not open yet, or closed, outside its window. */
    private static Status inWindow(Visit visit, Plan plan, PlanStage stage, Status status) {
        Window window = plan.windows().of(stage);
        if (status == Status.DONE || window.contains(visit.now())) {
            return status;
        }
        return window.isAfter(visit.now()) ? Status.NOT_OPEN : Status.CLOSED;
    }

    private static String window(Visit visit, Plan plan, PlanStage stage) {
        Window window = plan.windows().of(stage);
        if (window.isAfter(visit.now())) {
            String first = visit.texts().date(window.firstDay(plan.zone()));
            return visit.text("plan.task.opens", first);
        }
        String last = visit.texts().date(window.lastDay(plan.zone()));
        return visit.text(
                window.isOver(visit.now()) ? "plan.task.closed" : "plan.task.closes", last);
    }
}
