package io.invigil.hub.score;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Certificate results of a plan. Stateless and thread-safe. */
public final class Results {
    private final Sittings sittings = new Sittings();
    private final PlanContent content = new PlanContent();
    private final ScoreStore store = new ScoreStore();

    /** One result for each registration of the plan, by registration. */
    public List<CertificateResult> ofPlan(Tx tx, Plan plan) {
        Map<Long, List<Sitting>> registrations = new TreeMap<>();
        sittings.ofPlan(tx, plan.tenant(), plan.id())
                .forEach(
                        sitting ->
                                registrations
                                        .computeIfAbsent(
                                                sitting.registration().value(),
                                                r -> new ArrayList<>())
                                        .add(sitting));
        return results(tx, plan, registrations);
    }

    /** The result of one registration of the plan. */
    public Optional<CertificateResult> find(Tx tx, Plan plan, RegistrationId registration) {
        List<Sitting> own = sittings.ofRegistration(tx, plan.tenant(), registration);
        if (own.isEmpty() || !own.getFirst().plan().equals(plan.id())) {
            return Optional.empty();
        }
        return results(tx, plan, Map.of(registration.value(), own)).stream().findFirst();
    }

    private List<CertificateResult> results(
            Tx tx, Plan plan, Map<Long, List<Sitting>> registrations) {
        Map<SubjectId, Subject> subjects = new HashMap<>();
        content.subjects(tx, plan.tenant(), plan.id()).forEach(s -> subjects.put(s.id(), s));
        Map<LevelId, CertificateLevel> levels = new HashMap<>();
        content.levels(tx, plan.tenant(), plan.id()).forEach(l -> levels.put(l.id(), l));
        Map<SittingId, SubjectScore> scores = new HashMap<>();
        store.ofPlan(tx, plan.tenant(), plan.id()).forEach(s -> scores.put(s.sitting(), s));
        List<CertificateResult> results = new ArrayList<>();
        registrations.forEach(
                (registration, own) -> {
                    List<CertificateResult.Line> lines =
                            own.stream()
                                    .map(
                                            sitting ->
                                                    line(
                                                            sitting,
                                                            subjects.get(sitting.subject()),
                                                            Optional.ofNullable(
                                                                    scores.get(sitting.id()))))
                                    .sorted(
                                            Comparator.comparing(
                                                    CertificateResult.Line::subjectNumber))
                                    .toList();
                    CertificateLevel level =
                            levels.get(subjects.get(own.getFirst().subject()).level());
                    results.add(
                            new CertificateResult(
                                    new RegistrationId(registration),
                                    own.getFirst().candidate().value(),
                                    level.id(),
                                    PassRules.state(level.passRule(), level.totalPassMark(), lines),
                                    PassRules.total(level.passRule(), lines),
                                    lines));
                });
        return results;
    }

    private static CertificateResult.Line line(
            Sitting sitting, Subject subject, Optional<SubjectScore> score) {
        return new CertificateResult.Line(
                sitting.id().value(),
                subject.number(),
                subject.name(),
                score.map(SubjectScore::outcome).orElse(SittingOutcome.NOT_ARRIVED),
                score.map(SubjectScore::score).orElse(BigDecimal.ZERO),
                subject.fullMark(),
                subject.passMark(),
                subject.weight());
    }
}
