package io.invigil.hub.pack;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Problem;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Packages of a plan: publish, approve, release, show the code. Thread-safe. */
public final class PackagePages implements HttpService {
    private final StaffDesk desk;
    private final Packages packages;
    private final KeyReleases releases;
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();

    public PackagePages(StaffDesk desk, Packages packages, KeyReleases releases) {
        this.desk = desk;
        this.packages = packages;
        this.releases = releases;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        rules.get("/packages", desk.page(this::plans, body))
                .get("/packages/plans/{plan}", desk.page(this::list, body))
                .post("/packages/slots/{slot}/publish", desk.page(this::publish, body))
                .get("/packages/exams/{exam}", desk.page(this::show, body))
                .post("/packages/exams/{exam}/approve", desk.page(this::approve, body))
                .post("/packages/exams/{exam}/release", desk.page(this::release, body))
                .post("/packages/exams/{exam}/code", desk.page(this::code, body))
                // half of the code of a node without a line that gave a sitting up
                .post("/packages/exams/{exam}/handover", desk.page(this::handover, body));
    }

    private Reply plans(Visit visit, StaffScope scope) {
        List<Plan> visible =
                desk.inTransaction(tx -> plans.visible(tx, scope)).stream()
                        .filter(plan -> scope.mayRunPlansOf(plan.body()))
                        .toList();
        return Reply.page(
                Page.titled(visit.text("pack.nav")),
                desk.content("pack/plans.jte", Map.of("visit", visit, "plans", visible)));
    }

    /**
     * A slot with its packages.
     *
     * @param packages those that were published
     */
    public record SlotRow(Slot slot, List<ExamPackage> packages) {
        public SlotRow {
            packages = List.copyOf(packages);
        }
    }

    private Optional<Plan> own(StaffScope scope, PlanId id) {
        return desk.inTransaction(tx -> plans.find(tx, scope.tenant(), id))
                .filter(plan -> scope.mayRunPlansOf(plan.body()));
    }

    private Reply list(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("plan");
        Optional<Plan> plan = number > 0 ? own(scope, new PlanId(number)) : Optional.empty();
        if (plan.isEmpty()) {
            return Reply.notFound();
        }
        List<SlotRow> rows =
                desk.inTransaction(
                        tx -> {
                            List<ExamPackage> all = packages.ofPlan(tx, plan.get().id());
                            List<SlotRow> slots = new ArrayList<>();
                            for (Slot slot : content.slots(tx, scope.tenant(), plan.get().id())) {
                                slots.add(
                                        new SlotRow(
                                                slot,
                                                all.stream()
                                                        .filter(p -> p.slot().equals(slot.id()))
                                                        .toList()));
                            }
                            return slots;
                        });
        return Reply.page(
                Page.titled(plan.get().name()).under(visit.text("pack.nav"), "/packages"),
                desk.content("pack/list.jte", Map.of("visit", visit, "rows", rows)));
    }

    private Reply publish(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("slot");
        Optional<Slot> slot =
                number > 0
                        ? desk.inTransaction(
                                        tx -> content.slot(tx, scope.tenant(), new SlotId(number)))
                                .filter(found -> own(scope, found.plan()).isPresent())
                        : Optional.empty();
        if (slot.isEmpty()) {
            return Reply.notFound();
        }
        List<PackDecision> decisions = packages.publishSlot(scope, slot.get().id());
        int published = 0;
        List<String> refusals = new ArrayList<>();
        for (PackDecision decision : decisions) {
            switch (decision) {
                case PackDecision.Published done -> published++;
                case PackDecision.Refused refused ->
                        refusals.add(
                                visit.texts().of("pack.refused", refused.reason())
                                        + (refused.detail().isEmpty()
                                                ? ""
                                                : " (" + refused.detail() + ")"));
            }
        }
        String done = visit.text("pack.published", published);
        if (decisions.isEmpty()) {
            refusals.add(visit.texts().of("pack.refused", PackRefusal.PACK_NO_SITTINGS));
        }
        visit.flash(
                refusals.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                refusals.isEmpty() ? done : done + " " + String.join("; ", refusals));
        return Reply.seeOther("/packages/plans/" + slot.get().plan());
    }

    private Optional<ExamPackage> find(Visit visit, StaffScope scope) {
        return desk.inTransaction(tx -> packages.find(tx, visit.path("exam")))
                .filter(found -> own(scope, found.plan()).isPresent());
    }

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(found -> show(visit, scope, found, ""))
                .orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, StaffScope scope, ExamPackage exam, String code) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("exam", exam);
        view.put("code", code);
        List<KeyReleases.Approval> approvals =
                desk.inTransaction(tx -> releases.approvals(tx, exam.exam()));
        view.put("approvals", approvals);
        view.put("looks", desk.inTransaction(tx -> releases.looks(tx, exam.exam())));
        view.put(
                "mayApprove",
                approvals.stream().noneMatch(yes -> yes.login().equals(scope.login())));
        return Reply.page(
                Page.titled(exam.exam())
                        .under(visit.text("pack.nav"), "/packages")
                        .under(visit.text("pack.plan"), "/packages/plans/" + exam.plan()),
                desk.content("pack/show.jte", view));
    }

    private Reply approve(Visit visit, StaffScope scope) {
        return answer(
                visit,
                scope,
                "pack.approved",
                exam -> desk.inTransaction(tx -> releases.approve(tx, scope, exam)));
    }

    private Reply release(Visit visit, StaffScope scope) {
        return answer(
                visit,
                scope,
                "pack.released",
                exam -> desk.inTransaction(tx -> releases.releaseNow(tx, scope, exam)));
    }

    /** Does something with a package and tells about it. */
    @FunctionalInterface
    private interface Deed {
        Optional<PackRefusal> on(String exam);
    }

    private Reply answer(Visit visit, StaffScope scope, String doneKey, Deed deed) {
        Optional<ExamPackage> found = find(visit, scope);
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        String exam = found.get().exam();
        Optional<PackRefusal> refusal = deed.on(exam);
        if (refusal.filter(r -> r == PackRefusal.PACK_FORBIDDEN).isPresent()) {
            return Reply.problem(Problem.forbidden());
        }
        visit.flash(
                refusal.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                refusal.map(r -> visit.texts().of("pack.refused", r))
                        .orElseGet(() -> visit.text(doneKey)));
        return Reply.seeOther("/packages/exams/" + exam);
    }

    private Reply handover(Visit visit, StaffScope scope) {
        Optional<ExamPackage> found = find(visit, scope);
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        ExamPackage exam = found.get();
        long sitting = visit.form().number("sitting").orElse(0L);
        String typed = visit.form().text("half");
        HandoverCodes.Outcome outcome =
                desk.inTransaction(
                        tx ->
                                packages.handovers()
                                        .tell(
                                                tx,
                                                exam.node(),
                                                exam.exam(),
                                                sitting,
                                                typed,
                                                scope.actor()));
        boolean taken =
                outcome == HandoverCodes.Outcome.HALF_TAKEN
                        || outcome == HandoverCodes.Outcome.RELEASED;
        visit.flash(
                taken ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                visit.text("pack.handover." + outcome, String.valueOf(sitting)));
        return Reply.seeOther("/packages/exams/" + exam.exam());
    }

    private Reply code(Visit visit, StaffScope scope) {
        Optional<ExamPackage> found = find(visit, scope);
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        return desk.inTransaction(tx -> releases.code(tx, scope, found.get().exam()))
                .map(code -> show(visit, scope, found.get(), code.text()))
                .orElseGet(() -> Reply.problem(Problem.forbidden()));
    }
}
