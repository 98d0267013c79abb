package io.invigil.provisioning.demo;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.exam.paper.AnswerKey;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.paper.PaperDecision;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelDraft;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDecision;
import io.invigil.hub.plan.PlanDraft;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.SittingPolicy;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotDraft;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectDraft;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Plan, certificate, slot and paper of the sample exam, by the body's own rules. */
final class SamplePlan {
    private static final int MINUTES = 60;

    private final SampleLoading.Parts parts;
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();

    SamplePlan(SampleLoading.Parts parts) {
        this.parts = parts;
    }

    Plan plan(StaffScope body, Organisation school, Instant start) {
        LocalDate day = start.atZone(SampleLoading.ZONE).toLocalDate();
        Map<PlanStage, PlanDraft.Days> days = new EnumMap<>(PlanStage.class);
        days.put(PlanStage.REGISTRATION, PlanDraft.Days.of(day.minusDays(1), day));
        days.put(PlanStage.ARRANGEMENT, PlanDraft.Days.of(day.minusDays(1), day));
        days.put(PlanStage.EXAM, PlanDraft.Days.of(day, day.plusDays(1)));
        days.put(PlanStage.SCORE_ENTRY, PlanDraft.Days.of(day, day.plusDays(3)));
        days.put(PlanStage.PUBLICITY, PlanDraft.Days.of(day.plusDays(4), day.plusDays(6)));
        PlanDraft draft =
                new PlanDraft(
                        SampleLoading.PLAN_NUMBER,
                        "2026年第四期智能新能源汽车职业技能等级考试（演示）",
                        SampleLoading.ZONE,
                        "演示数据，人名、证件号均为虚构。",
                        RegistrationMode.BY_CERTIFICATE,
                        days,
                        new SittingPolicy(
                                30, 60, ResultVisibility.PROVISIONAL_AT_HAND_IN, false, true, true),
                        true,
                        Set.of(school.id()));
        return inTransaction(
                tx ->
                        switch (plans.add(tx, body, draft)) {
                            case PlanDecision.Saved saved ->
                                    plans.find(tx, parts.tenant(), saved.plan()).orElseThrow();
                            case PlanDecision.Refused refused ->
                                    throw new SampleLoading.SampleRefused("plan", refused.issues());
                        });
    }

    Slot content(StaffScope body, Plan plan, Instant start) {
        saved(
                "certificate",
                tx ->
                        content.addLevel(
                                tx,
                                body,
                                plan,
                                new LevelDraft(
                                        "C0301",
                                        "智能新能源汽车职业技能等级证书",
                                        "智能新能源汽车",
                                        "初级",
                                        List.of(),
                                        parts.body().name(),
                                        PassRule.ALL_SUBJECTS,
                                        BigDecimal.ZERO)));
        CertificateLevel level =
                inTransaction(tx -> content.levels(tx, parts.tenant(), plan.id()).getFirst());
        saved(
                "subject",
                tx ->
                        content.addSubject(
                                tx,
                                body,
                                plan,
                                new SubjectDraft(
                                        level.id(),
                                        "C030101",
                                        "智能新能源汽车（初级）理论",
                                        ExamMode.COMPUTER,
                                        MINUTES,
                                        new BigDecimal("100"),
                                        new BigDecimal("60"),
                                        new BigDecimal("1"))));
        Subject subject =
                inTransaction(tx -> content.subjects(tx, parts.tenant(), plan.id()).getFirst());
        // slots are whole minutes, and nobody is seated in one that has begun
        Instant from = start.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        saved(
                "slot",
                tx ->
                        content.addSlot(
                                tx,
                                body,
                                plan,
                                new SlotDraft(
                                        from,
                                        from.plus(Duration.ofHours(2)),
                                        Set.of(subject.id()))));
        return inTransaction(tx -> content.slots(tx, parts.tenant(), plan.id()).getFirst());
    }

    /** Imports and assigns the paper; returns its right answers by item. */
    Map<String, Map<String, List<String>>> papers(
            StaffScope body, Plan plan, Slot slot, Path scratch) throws IOException {
        Papers papers = new Papers(parts.clock(), plans);
        Path zip = scratch.resolve("智能新能源汽车理论-QTI.zip");
        Files.write(zip, SampleQti.zip(SampleQti.SamplePaper.THEORY, SampleQti.Version.V2_2));
        Subject subject =
                inTransaction(tx -> content.subjects(tx, parts.tenant(), plan.id()).getFirst());
        PaperDecision imported =
                papers.importPackage(
                        parts.database(), body, subject.id(), zip.getFileName().toString(), zip);
        if (!(imported instanceof PaperDecision.Accepted accepted)) {
            throw new SampleLoading.SampleRefused("paper", imported);
        }
        PaperDecision assigned =
                inTransaction(
                        tx ->
                                papers.assign(
                                        tx, body, accepted.version().id(), Optional.of(slot.id())));
        if (!(assigned instanceof PaperDecision.Accepted)) {
            throw new SampleLoading.SampleRefused("paper", assigned);
        }
        return inTransaction(
                tx ->
                        right(
                                papers.content(tx, parts.tenant(), accepted.version().id())
                                        .orElseThrow()
                                        .key()));
    }

    private static Map<String, Map<String, List<String>>> right(AnswerKey key) {
        Map<String, Map<String, List<String>>> right = new TreeMap<>();
        key.items()
                .forEach(
                        (item, itemKey) -> {
                            Map<String, List<String>> response = new TreeMap<>();
                            itemKey.responses()
                                    .forEach((id, each) -> response.put(id, rightValues(each)));
                            right.put(item, response);
                        });
        return right;
    }

    private static List<String> rightValues(AnswerKey.ResponseKey key) {
        return key.correct().isEmpty()
                ? List.of(key.mapping().entries().getFirst().key())
                : key.correct();
    }

    private void saved(String step, java.util.function.Function<Tx, PlanDecision> change) {
        if (inTransaction(change) instanceof PlanDecision.Refused refused) {
            throw new SampleLoading.SampleRefused(step, refused.issues());
        }
    }

    private <T> T inTransaction(java.util.function.Function<Tx, T> work) {
        return parts.database().inTransaction(work::apply);
    }
}
