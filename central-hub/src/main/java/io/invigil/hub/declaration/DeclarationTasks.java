package io.invigil.hub.declaration;

import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanTask;
import io.invigil.hub.plan.PlanTask.Status;
import io.invigil.hub.plan.PlanTasks;
import io.invigil.hub.plan.Window;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The first line of a plan's task list where approval is demanded: to a school how many of the
 * plan's certificates it may use, to a body how many schools may use all of them. Thread-safe.
 */
public final class DeclarationTasks implements PlanTasks {
    private final DeclarationYears years;
    private final Approvals approvals = new Approvals();
    private final PlanContent content = new PlanContent();

    public DeclarationTasks(DeclarationYears years) {
        this.years = years;
    }

    @Override
    public List<PlanTask> of(Tx tx, Visit visit, StaffScope scope, Plan plan) {
        Set<String> wanted =
                content.levels(tx, plan.tenant(), plan.id()).stream()
                        .map(CertificateLevel::number)
                        .collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            return List.of();
        }
        return scope.role() == StaffRole.SCHOOL_CLERK
                ? ofSchool(tx, visit, scope, plan, wanted)
                : ofAll(tx, visit, plan, wanted);
    }

    private List<PlanTask> ofSchool(
            Tx tx, Visit visit, StaffScope scope, Plan plan, Set<String> wanted) {
        int year = Approvals.year(plan);
        Optional<Set<String>> approved = approvals.approved(tx, plan, scope.organisation().id());
        Optional<DeclarationYear> opened = years.of(tx, scope.organisation(), year);
        if (approved.isEmpty() || opened.isEmpty()) {
            return List.of();
        }
        long done = wanted.stream().filter(approved.get()::contains).count();
        Window window = opened.get().window();
        Status status = done > 0 ? Status.PARTLY : Status.NEXT;
        if (done == wanted.size()) {
            status = Status.DONE;
        } else if (window.isAfter(visit.now())) {
            status = Status.NOT_OPEN;
        } else if (window.isOver(visit.now())) {
            status = Status.CLOSED;
        }
        return List.of(
                new PlanTask(
                        visit.text("declaration.nav"),
                        DeclarationListPages.PATH + "?year=" + year,
                        status,
                        visit.text("declaration.task.school", done, wanted.size(), "" + year)
                                + " "
                                + days(visit, window)));
    }

    private String days(Visit visit, Window window) {
        if (window.isAfter(visit.now())) {
            String first = visit.texts().date(window.firstDay(years.zone()));
            return visit.text("plan.task.opens", first);
        }
        String last = visit.texts().date(window.lastDay(years.zone()));
        return visit.text(
                window.isOver(visit.now()) ? "plan.task.closed" : "plan.task.closes", last);
    }

    private List<PlanTask> ofAll(Tx tx, Visit visit, Plan plan, Set<String> wanted) {
        int demanded = 0;
        int done = 0;
        for (OrganisationId school : plan.schools()) {
            Optional<Set<String>> approved = approvals.approved(tx, plan, school);
            if (approved.isPresent()) {
                demanded++;
                done += approved.get().containsAll(wanted) ? 1 : 0;
            }
        }
        if (demanded == 0) {
            return List.of();
        }
        Status status = done > 0 ? Status.PARTLY : Status.NEXT;
        return List.of(
                new PlanTask(
                        visit.text("declaration.nav"),
                        DeclarationListPages.PATH + "?year=" + Approvals.year(plan),
                        done == demanded ? Status.DONE : status,
                        visit.text("declaration.task.all", done, demanded)));
    }
}
