package io.invigil.hub.plan;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.AttendanceWindows;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * The plan of one class session (domain, section 9): its own level, subject and slot, so that
 * packages, attempts, marking and review work as for any exam and nothing counts for the class's
 * plan or a certificate. Nobody registers or arranges in it. Stateless and thread-safe.
 */
public final class SessionPlans {
    static final String NUMBER_PREFIX = "SESSION-";

    /** S0, section Ⅰ: 综合测试时间 150 分钟/门. */
    public static final int TEST_MINUTES = 150;

    /** So long after the day of a session its sittings are marked and reviewed (ours). */
    static final int SCORE_DAYS = 180;

    private final PlanStore store = new PlanStore();
    private final PlanContentStore content = new PlanContentStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    /**
     * What is to be made.
     *
     * @param session number of the class session
     * @param of the class's plan
     * @param subject of the class's plan that the session is about
     * @param kind printed in brackets behind the certificate, such as 综合测试
     * @param minutes how long one sits
     * @param checkInMinutes before the start, {@code checkOutMinutes} after the end
     */
    public record Spec(
            long session,
            String name,
            Plan of,
            Subject subject,
            OrganisationId school,
            String kind,
            Instant start,
            Instant end,
            int minutes,
            BigDecimal fullMark,
            int checkInMinutes,
            int checkOutMinutes,
            ResultVisibility results) {}

    /** What was made. */
    public record Made(Plan plan, CertificateLevel level, Subject subject, Slot slot) {}

    public Made make(Tx tx, AuditActor who, Spec spec) {
        TenantId tenant = spec.of().tenant();
        PlanId id = new PlanId(numbers.take(tx, tenant, NumberSeries.PLAN, 1));
        Plan plan = plan(id, spec);
        store.add(tx, plan);
        CertificateLevel from = content.level(tx, tenant, spec.subject().level()).orElseThrow();
        CertificateLevel level =
                new CertificateLevel(
                        tenant,
                        new LevelId(numbers.take(tx, tenant, NumberSeries.LEVEL, 1)),
                        id,
                        from.number(),
                        from.name(),
                        from.shortName(),
                        spec.kind(),
                        List.of(),
                        from.issuer(),
                        PassRule.ALL_SUBJECTS,
                        BigDecimal.ZERO);
        content.add(tx, level);
        Subject subject =
                subject(
                        plan,
                        level,
                        new SubjectId(numbers.take(tx, tenant, NumberSeries.SUBJECT, 1)),
                        spec);
        content.add(tx, subject);
        Slot slot =
                new Slot(
                        tenant,
                        new SlotId(numbers.take(tx, tenant, NumberSeries.SLOT, 1)),
                        id,
                        new Window(spec.start(), spec.end()),
                        List.of(subject.id()));
        content.add(tx, slot);
        audit.created(tx, who, "plan", id, plan);
        return new Made(plan, level, subject, slot);
    }

    /** What is already made of a session's plan. */
    public Made find(Tx tx, TenantId tenant, PlanId id) {
        return new Made(
                store.find(tx, tenant, id).orElseThrow(),
                content.levels(tx, tenant, id).getFirst(),
                content.subjects(tx, tenant, id).getFirst(),
                content.slots(tx, tenant, id).getFirst());
    }

    /** Changes what may still change: how long one sits, for how many marks, who sees results. */
    public Made change(Tx tx, AuditActor who, Made before, Spec spec) {
        Plan plan = plan(before.plan().id(), spec);
        if (!plan.equals(before.plan())) {
            store.change(tx, plan);
            audit.changed(tx, who, "plan", plan.id(), before.plan(), plan);
        }
        Subject subject = subject(plan, before.level(), before.subject().id(), spec);
        if (!sameMarks(subject, before.subject())) {
            content.changeMarks(tx, subject);
            audit.changed(tx, who, "subject", subject.id(), before.subject(), subject);
        }
        return new Made(plan, before.level(), subject, before.slot());
    }

    private static Plan plan(PlanId id, Spec spec) {
        Plan of = spec.of();
        ZoneId zone = of.zone();
        LocalDate day = LocalDate.ofInstant(spec.start(), zone);
        LocalDate last = LocalDate.ofInstant(spec.end(), zone);
        // nobody registers or arranges here: both windows are over when the session begins
        Window before = Window.ofDays(day.minusDays(1), day.minusDays(1), zone);
        return new Plan(
                of.tenant(),
                id,
                NUMBER_PREFIX + spec.session(),
                shortened(spec.name(), Plans.NAME_CHARS_MAX),
                of.body(),
                zone,
                "",
                RegistrationMode.BY_SUBJECT,
                new PlanWindows(
                        before,
                        before,
                        Window.ofDays(day, last, zone),
                        Window.ofDays(day, last.plusDays(SCORE_DAYS), zone),
                        Window.ofDays(
                                last.plusDays(SCORE_DAYS + 1L),
                                last.plusDays(SCORE_DAYS + 1L),
                                zone)),
                policy(spec),
                false,
                PlanOptions.standard(),
                Set.of(spec.school()),
                spec.session());
    }

    /**
     * Closed book, one attempt, handing in is leaving (S0, sections 7 and Ⅰ); identity and checks
     * during the test as the class's plan asks for them.
     */
    private static SittingPolicy policy(Spec spec) {
        SittingPolicy of = spec.of().policy();
        int late = (int) Duration.between(spec.start(), spec.end()).toMinutes() - spec.minutes();
        return new SittingPolicy(
                spec.checkInMinutes(),
                Math.clamp(late, 0, of.lateStartMinutes()),
                spec.results(),
                false,
                true,
                false,
                of.identity(),
                of.rechecks(),
                AttemptRules.ONE,
                new AttendanceWindows(spec.checkOutMinutes(), true));
    }

    private static boolean sameMarks(Subject one, Subject other) {
        return one.minutes() == other.minutes() && one.fullMark().compareTo(other.fullMark()) == 0;
    }

    private static Subject subject(Plan plan, CertificateLevel level, SubjectId id, Spec spec) {
        Subject from = spec.subject();
        return new Subject(
                plan.tenant(),
                id,
                plan.id(),
                level.id(),
                from.number(),
                from.name(),
                ExamMode.COMPUTER,
                spec.minutes(),
                spec.fullMark(),
                BigDecimal.ZERO,
                BigDecimal.ONE,
                Subject.EVERYBODY);
    }

    private static String shortened(String text, int charsMax) {
        return text.length() > charsMax ? text.substring(0, charsMax) : text;
    }
}
