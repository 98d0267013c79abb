package io.invigil.hub.plan;

import io.helidon.webserver.http.Handler;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.Optional;

/** What pages below {@code /plans/{plan}} stand on: a plan that the visitor may see, or 404. */
public final class PlanDesk {
    private final StaffDesk desk;
    private final Plans plans = new Plans();

    public PlanDesk(StaffDesk desk) {
        this.desk = desk;
    }

    /** Answers a request that concerns one plan. */
    @FunctionalInterface
    public interface PlanHandler {
        Reply handle(Visit visit, StaffScope scope, Plan plan);
    }

    public Handler page(PlanHandler handler) {
        return page(handler, StaffRole.ofExams());
    }

    public Handler page(PlanHandler handler, StaffRole... roles) {
        return desk.page(
                (visit, scope) ->
                        find(visit, scope)
                                .map(plan -> handler.handle(visit, scope, plan))
                                .orElseGet(Reply::notFound),
                roles);
    }

    private Optional<Plan> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("plan");
        if (number <= 0) {
            return Optional.empty();
        }
        return desk.inTransaction(tx -> plans.findVisible(tx, scope, new PlanId(number)));
    }

    public StaffDesk desk() {
        return desk;
    }

    /** The plan's own address. */
    public static String path(Plan plan) {
        return "/plans/" + plan.id();
    }

    /** A page below the plan; of a class session below the session. */
    public static Page below(Visit visit, Plan plan, String title) {
        if (plan.isOfSession()) {
            return Page.titled(title)
                    .under(visit.text("plan.sessions"), "/sessions")
                    .under(plan.name(), "/sessions/" + plan.classSession() + "/room");
        }
        return Page.titled(title)
                .under(visit.text("plan.nav"), "/plans")
                .under(plan.name(), path(plan));
    }

    /** 2026年11月20日（星期五） – 2026年11月21日（星期六）, in the plan's zone. */
    public static String days(Visit visit, Plan plan, PlanStage stage) {
        Window window = plan.windows().of(stage);
        String first = visit.texts().date(window.firstDay(plan.zone()));
        String last = visit.texts().date(window.lastDay(plan.zone()));
        return first.equals(last) ? first : first + " – " + last;
    }
}
