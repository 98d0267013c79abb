package io.invigil.hub.registration;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateFilter;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Registering chosen candidates: for a certificate, or for one subject where the plan registers by
 * subject. Thread-safe.
 */
public final class RegistrationEntryPages implements HttpService {
    public static final int CANDIDATES_SHOWN_MAX = 100;

    private final PlanDesk plans;
    private final StaffDesk desk;
    private final Registrations registrations;
    private final SubjectRegistrations subjects;
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();

    public RegistrationEntryPages(
            PlanDesk plans, Registrations registrations, SubjectRegistrations subjects) {
        this.plans = plans;
        this.desk = plans.desk();
        this.registrations = registrations;
        this.subjects = subjects;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get("/plans/{plan}/registrations/new", plans.page(this::choose, clerk))
                .post("/plans/{plan}/registrations/new", plans.page(this::register, clerk));
    }

    private CandidateFilter filter(StaffScope scope, String text) {
        return new CandidateFilter(
                Optional.of(scope.organisation().id()), text, CandidateFilter.Gaps.ANY);
    }

    private Reply choose(Visit visit, StaffScope scope, Plan plan) {
        return choose(
                visit,
                scope,
                plan,
                visit.query("q").orElse(""),
                visit.queryNumber("level").orElse(0L),
                new FormErrors(),
                List.of());
    }

    /**
     * @param refused people and why, from the registration just made
     */
    private Reply choose(
            Visit visit,
            StaffScope scope,
            Plan plan,
            String text,
            long level,
            FormErrors errors,
            List<RefusedPerson> refused) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("choices", choices(tx, plan));
                    view.put("types", types(tx, plan));
                    view.put("total", candidates.count(tx, scope, filter(scope, text)));
                    view.put(
                            "rows",
                            candidates.list(
                                    tx, scope, filter(scope, text), 0, CANDIDATES_SHOWN_MAX));
                    return view;
                });
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("text", text);
        view.put("level", level);
        view.put("type", visit.form().text("type"));
        view.put("bySubject", isBySubject(plan));
        view.put("errors", errors);
        view.put("refused", refused);
        view.put("open", registrations.planIssues(scope, plan));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("registration.new"))
                        .under(visit.text("registration.nav"), RegistrationPages.base(plan))
                        .errors(errors.list()),
                desk.content("registration/choose.jte", view));
    }

    /** A candidate who was not registered. */
    public record RefusedPerson(Candidate candidate, FieldIssue issue) {}

    private static boolean isBySubject(Plan plan) {
        return plan.registrationMode() == RegistrationMode.BY_SUBJECT;
    }

    /** What one registers for: a certificate level, or a subject of one. */
    public record Choice(long id, String title) {}

    private List<Choice> choices(Tx tx, Plan plan) {
        List<CertificateLevel> levels = content.levels(tx, plan.tenant(), plan.id());
        if (!isBySubject(plan)) {
            return levels.stream().map(one -> new Choice(one.id().value(), one.title())).toList();
        }
        Map<LevelId, CertificateLevel> byId =
                levels.stream()
                        .collect(Collectors.toMap(CertificateLevel::id, Function.identity()));
        return content.subjects(tx, plan.tenant(), plan.id()).stream()
                .map(
                        one ->
                                new Choice(
                                        one.id().value(),
                                        byId.get(one.level()).title() + " · " + one.name()))
                .toList();
    }

    /**
     * The target types that candidates of the plan may have; empty when all subjects are for all.
     */
    private Set<String> types(Tx tx, Plan plan) {
        List<Subject> subjects = content.subjects(tx, plan.tenant(), plan.id());
        Set<String> types = new LinkedHashSet<>(RegistrationRules.namedTypes(subjects));
        if (!types.isEmpty()) {
            types.add(Subject.EVERYBODY);
        }
        return types;
    }

    private Reply register(Visit visit, StaffScope scope, Plan plan) {
        String text = visit.form().text("q");
        long chosen = visit.form().number("level").filter(id -> id > 0).orElse(Long.MAX_VALUE);
        String type = visit.form().text("type");
        RegistrationDecision decision =
                desk.inTransaction(
                        tx ->
                                isBySubject(plan)
                                        ? bySubject(tx, visit, scope, plan, chosen)
                                        : registrations.register(
                                                tx,
                                                scope,
                                                plan,
                                                new LevelId(chosen),
                                                chosen(tx, visit, scope),
                                                type));
        return switch (decision) {
            case RegistrationDecision.Refused refused ->
                    choose(
                                    visit,
                                    scope,
                                    plan,
                                    text,
                                    chosen,
                                    StaffDesk.errors(visit, refused.issues()),
                                    List.of())
                            .status(422);
            case RegistrationDecision.Carried carried ->
                    carried(visit, scope, plan, carried, chosen);
        };
    }

    private RegistrationDecision bySubject(
            Tx tx, Visit visit, StaffScope scope, Plan plan, long chosen) {
        SubjectId subject = new SubjectId(chosen);
        LevelId level =
                content.subject(tx, plan.tenant(), subject)
                        .map(Subject::level)
                        .orElse(new LevelId(Long.MAX_VALUE));
        List<Wish> wishes =
                chosen(tx, visit, scope).stream()
                        .map(one -> new Wish(one, subject, visit.form().text("type")))
                        .toList();
        return switch (subjects.register(tx, scope, plan, level, wishes)) {
            case SubjectDecision.Refused refused ->
                    new RegistrationDecision.Refused(refused.issues());
            case SubjectDecision.Carried carried -> {
                Map<CandidateId, FieldIssue> refused = new LinkedHashMap<>();
                carried.refused()
                        .forEach((at, issue) -> refused.put(wishes.get(at).candidate(), issue));
                yield new RegistrationDecision.Carried(
                        wishes.stream()
                                .map(Wish::candidate)
                                .filter(one -> !refused.containsKey(one))
                                .toList(),
                        refused);
            }
        };
    }

    private List<CandidateId> chosen(Tx tx, Visit visit, StaffScope scope) {
        if (visit.form().ticked("all")) {
            CandidateFilter filter = filter(scope, visit.form().text("q"));
            return candidates.list(tx, scope, filter, 0, Candidates.PAGE_ROWS_MAX).stream()
                    .map(Candidate::id)
                    .toList();
        }
        return visit.form().numbers("candidates").stream()
                .filter(id -> id > 0)
                .map(CandidateId::new)
                .toList();
    }

    private Reply carried(
            Visit visit,
            StaffScope scope,
            Plan plan,
            RegistrationDecision.Carried carried,
            long level) {
        String summary =
                visit.text("registration.done", carried.done().size(), carried.refused().size());
        if (carried.refused().isEmpty()) {
            visit.flash(Flash.Kind.SUCCESS, summary);
            return Reply.seeOther(RegistrationPages.base(plan));
        }
        visit.flash(Flash.Kind.WARNING, summary);
        List<RefusedPerson> refused =
                desk
                        .inTransaction(
                                tx ->
                                        candidates.findAll(
                                                tx, scope.tenant(), carried.refused().keySet()))
                        .values()
                        .stream()
                        .filter(one -> scope.sees(one.school()))
                        .limit(CANDIDATES_SHOWN_MAX)
                        .map(one -> new RefusedPerson(one, carried.refused().get(one.id())))
                        .toList();
        String text = visit.form().text("q");
        return choose(visit, scope, plan, text, level, new FormErrors(), refused);
    }
}
