package io.invigil.hub.score;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.registration.Sittings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A candidate's own query by admission number and ID number. A wrong pair and a pair without a
 * result to show look alike from outside. Thread-safe.
 */
public final class ScoreQuery {
    private static final int NUMBER_CHARS_MAX = 40;

    private final Clock clock;
    private final Plans plans;
    private final EarlyResults early;
    private final Results results = new Results();
    private final Sittings sittings = new Sittings();
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();
    private final AdmissionStore admissions = new AdmissionStore();

    public ScoreQuery(Clock clock, Plans plans, EarlyResults early) {
        this.early = early;
        this.clock = clock;
        this.plans = plans;
    }

    /** What a query finds. */
    public sealed interface Answer {
        /**
         * @param stage PUBLICITY (open to objections) or FINAL
         */
        record Found(String name, Plan plan, ScoreStage stage, List<LevelResult> levels)
                implements Answer {
            public Found {
                levels = List.copyOf(levels);
            }
        }

        /** Before publicity, where the plan shows results earlier: nothing of it is final. */
        record Early(String name, Plan plan, List<EarlyResults.Line> lines) implements Answer {
            public Early {
                lines = List.copyOf(lines);
            }
        }

        record NotFound() implements Answer {}
    }

    /** The result of one certificate level. */
    public record LevelResult(CertificateLevel level, CertificateResult result) {}

    /** Looks up what the plan of the admission number shows now. */
    public Answer ask(Tx tx, TenantId tenant, String admission, String idNumber) {
        if (admission.isEmpty()
                || admission.length() > NUMBER_CHARS_MAX
                || idNumber.length() > NUMBER_CHARS_MAX) {
            return new Answer.NotFound();
        }
        Optional<AdmissionStore.Holder> holder = admissions.find(tx, tenant, admission);
        Optional<Candidate> candidate =
                holder.flatMap(h -> candidates.find(tx, tenant, new CandidateId(h.candidate())))
                        .filter(c -> same(c.idNumber(), idNumber));
        Optional<Plan> plan =
                candidate
                        .flatMap(c -> holder)
                        .flatMap(h -> plans.find(tx, tenant, new PlanId(h.plan())));
        return plan.isEmpty()
                ? new Answer.NotFound()
                : own(tx, plan.get(), candidate.orElseThrow());
    }

    /** What the plan shows the candidate now, who has proved to be that person. */
    public Answer own(Tx tx, Plan plan, Candidate candidate) {
        if (plan.policy().resultVisibility() == ResultVisibility.NEVER) {
            return new Answer.NotFound();
        }
        if (published(plan)) {
            return new Answer.Found(
                    candidate.name(),
                    plan,
                    ScoreStage.of(plan, clock.instant()),
                    levels(tx, plan, candidate));
        }
        return EarlyResults.shows(plan)
                ? new Answer.Early(candidate.name(), plan, early.of(tx, plan, candidate.id()))
                : new Answer.NotFound();
    }

    private boolean published(Plan plan) {
        return ScoreStage.of(plan, clock.instant()).isVisibleToCandidates();
    }

    private List<LevelResult> levels(Tx tx, Plan plan, Candidate candidate) {
        List<LevelResult> levels = new ArrayList<>();
        sittings.ofCandidate(tx, plan.tenant(), candidate.id()).stream()
                .filter(sitting -> sitting.plan().equals(plan.id()))
                .map(sitting -> sitting.registration())
                .distinct()
                .map(registration -> results.find(tx, plan, registration))
                .flatMap(Optional::stream)
                .forEach(
                        result ->
                                levels.add(
                                        new LevelResult(
                                                content.level(tx, plan.tenant(), result.level())
                                                        .orElseThrow(),
                                                result)));
        return levels;
    }

    private static boolean same(String known, String typed) {
        return MessageDigest.isEqual(
                known.getBytes(StandardCharsets.UTF_8),
                typed.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
}
