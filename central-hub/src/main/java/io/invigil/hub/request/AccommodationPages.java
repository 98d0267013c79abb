package io.invigil.hub.request;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.registration.Sitting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan's accommodations: who has extra time or a wheelchair seat, and the form. Thread-safe. */
public final class AccommodationPages implements HttpService {
    private final PlanDesk plans;
    private final Accommodations accommodations;
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();

    public AccommodationPages(PlanDesk plans, Accommodations accommodations) {
        this.plans = plans;
        this.accommodations = accommodations;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/plans/{plan}/accommodations", plans.page(this::list))
                .post("/plans/{plan}/accommodations", plans.page(this::set, StaffRole.BODY_STAFF));
    }

    /** One sitting with an accommodation. */
    public record Row(Candidate candidate, Subject subject, Sitting sitting) {}

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        return list(visit, scope, plan, Entered.empty(), new FormErrors());
    }

    private Reply list(
            Visit visit, StaffScope scope, Plan plan, Entered entered, FormErrors errors) {
        StaffDesk desk = plans.desk();
        Map<String, Object> view = new HashMap<>();
        view.put(
                "rows",
                desk.inTransaction(
                        tx -> {
                            List<Sitting> granted = accommodations.granted(tx, plan);
                            Map<CandidateId, Candidate> people =
                                    candidates.findAll(
                                            tx,
                                            plan.tenant(),
                                            granted.stream().map(Sitting::candidate).toList());
                            List<Row> rows = new ArrayList<>();
                            for (Sitting one : granted) {
                                Candidate who = people.get(one.candidate());
                                if (scope.sees(who.school())) {
                                    Subject subject =
                                            content.subject(tx, plan.tenant(), one.subject())
                                                    .orElseThrow();
                                    rows.add(new Row(who, subject, one));
                                }
                            }
                            return rows;
                        }));
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("body", scope.mayRunPlansOf(plan.body()));
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("request.acc.title")).errors(errors.list()),
                desk.content("request/plan.jte", view));
    }

    private Reply set(Visit visit, StaffScope scope, Plan plan) {
        Form form = visit.form();
        String number = form.text("candidate").toUpperCase(java.util.Locale.ROOT);
        int extra = form.number("extra").filter(n -> Math.abs(n) < 10_000).orElse(0L).intValue();
        boolean accessible = form.ticked("accessible");
        Accommodations.Outcome outcome =
                plans.desk()
                        .inTransaction(
                                tx -> {
                                    // whoever is in no sitting of this plan is as good as unknown
                                    CandidateId id =
                                            Optional.ofNullable(
                                                            candidates
                                                                    .findByAnyNumber(
                                                                            tx,
                                                                            plan.tenant(),
                                                                            List.of(number))
                                                                    .get(number))
                                                    .map(Candidate::id)
                                                    .orElse(new CandidateId(Long.MAX_VALUE));
                                    return accommodations.set(
                                            tx, scope, plan, id, extra, accessible);
                                });
        return switch (outcome) {
            case Accommodations.Outcome.Refused refused ->
                    list(
                                    visit,
                                    scope,
                                    plan,
                                    new Entered(form.fields()),
                                    StaffDesk.errors(visit, List.of(refused.issue())))
                            .status(422);
            case Accommodations.Outcome.Done done -> {
                boolean move = !done.seatsToChange().isEmpty();
                visit.flash(
                        move ? Flash.Kind.WARNING : Flash.Kind.SUCCESS,
                        move
                                ? visit.text(
                                        "request.acc.set.move",
                                        done.sittings(),
                                        String.join("、", done.seatsToChange()))
                                : visit.text("request.acc.set", done.sittings()));
                yield Reply.seeOther(PlanDesk.path(plan) + "/accommodations");
            }
        };
    }
}
