package io.invigil.hub;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelDraft;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDecision;
import io.invigil.hub.plan.PlanDraft;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.SittingPolicy;
import io.invigil.hub.plan.SlotDraft;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectDraft;
import io.invigil.hub.plan.SubjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tenant with a body, a school, a plan of one level and two subjects, and candidates who are
 * registered and seated. Exam 2026-11-20, scores 11-20 to 11-25, publicity 11-26 to 11-28.
 */
public final class ScoringWorld {
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final AtomicLong TENANTS = new AtomicLong(100);

    public final Database database;
    public final TenantId tenant = new TenantId(TENANTS.incrementAndGet());
    public final Plans plans = new Plans();
    public final PlanContent content = new PlanContent();
    public final StaffScope staff;
    public final StaffScope second;
    public final StaffScope school;
    public final StaffScope otherBody;
    public final PlanId plan;
    public final LevelId level;
    public final SubjectId theory;
    public final SubjectId practice;
    public final SlotId slot;
    private final AtomicLong ids = new AtomicLong();

    public ScoringWorld(Database database, PassRule rule, boolean autoPass) {
        this(database, rule, policy(autoPass, AttemptRules.ONE));
    }

    public ScoringWorld(Database database, PassRule rule, SittingPolicy policy) {
        this.database = database;
        Organisations organisations = new Organisations();
        List<Organisation> made =
                database.inTransaction(
                        tx -> {
                            organisations.addTenant(tx, tenant, "租户 " + tenant);
                            return List.of(
                                    organisations.add(
                                            tx,
                                            tenant,
                                            OrganisationKind.BODY,
                                            "NEV",
                                            "海岳车辆技术评价中心",
                                            ""),
                                    organisations.add(
                                            tx,
                                            tenant,
                                            OrganisationKind.SCHOOL,
                                            "BFG",
                                            "北方交通职业学院",
                                            "山东省烟台市"),
                                    organisations.add(
                                            tx,
                                            tenant,
                                            OrganisationKind.BODY,
                                            "ELSE",
                                            "别的评价组织",
                                            ""));
                        });
        staff = new StaffScope(tenant, "body1", made.get(0), StaffRole.BODY_STAFF);
        second = new StaffScope(tenant, "body2", made.get(0), StaffRole.BODY_STAFF);
        school = new StaffScope(tenant, "school1", made.get(1), StaffRole.SCHOOL_CLERK);
        otherBody = new StaffScope(tenant, "else1", made.get(2), StaffRole.BODY_STAFF);
        plan = inTx(tx -> saved(plans.add(tx, staff, planDraft(policy))));
        Plan whole = inTx(tx -> plans.find(tx, tenant, plan).orElseThrow());
        level =
                inTx(
                        tx -> {
                            content.addLevel(tx, staff, whole, levelDraft(rule));
                            return content.levels(tx, tenant, plan).getFirst().id();
                        });
        theory = subject(whole, "4001", "智能新能源汽车理论", ExamMode.COMPUTER, "0.4");
        practice = subject(whole, "4002", "智能新能源汽车实操理论", ExamMode.COMPUTER, "0.6");
        slot =
                inTx(
                        tx -> {
                            content.addSlot(
                                    tx,
                                    staff,
                                    whole,
                                    new SlotDraft(
                                            Instant.parse("2026-11-20T01:00:00Z"),
                                            Instant.parse("2026-11-20T03:00:00Z"),
                                            Set.of(theory, practice)));
                            return content.slots(tx, tenant, plan).getFirst().id();
                        });
        inTx(this::addSite);
    }

    public <T> T inTx(java.util.function.Function<Tx, T> work) {
        return database.inTransaction(work);
    }

    /** The standard with these two changed. */
    public static SittingPolicy policy(boolean autoPass, AttemptRules attempts) {
        return policy(autoPass, attempts, SittingPolicy.standard().resultVisibility());
    }

    public static SittingPolicy policy(
            boolean autoPass, AttemptRules attempts, ResultVisibility visibility) {
        SittingPolicy standard = SittingPolicy.standard();
        return new SittingPolicy(
                standard.checkInOpensMinutesBefore(),
                standard.lateStartMinutes(),
                visibility,
                standard.openBook(),
                standard.recordFocusLoss(),
                autoPass,
                standard.identity(),
                standard.rechecks(),
                attempts,
                standard.attendance());
    }

    private PlanDraft planDraft(SittingPolicy policy) {
        Map<PlanStage, PlanDraft.Days> days =
                Map.of(
                        PlanStage.REGISTRATION, days(1, 10),
                        PlanStage.ARRANGEMENT, days(5, 15),
                        PlanStage.EXAM, days(20, 20),
                        PlanStage.SCORE_ENTRY, days(20, 25),
                        PlanStage.PUBLICITY, days(26, 28));
        return new PlanDraft(
                "K202611200001",
                "2026年11月智能新能源汽车",
                ZONE,
                "",
                RegistrationMode.values()[0],
                days,
                policy,
                false,
                Set.of(school.organisation().id()));
    }

    private static PlanDraft.Days days(int first, int last) {
        return new PlanDraft.Days(
                Optional.of(LocalDate.of(2026, 11, first)),
                Optional.of(LocalDate.of(2026, 11, last)));
    }

    private static LevelDraft levelDraft(PassRule rule) {
        return new LevelDraft(
                "10001",
                "智能新能源汽车职业技能等级证书",
                "智能新能源汽车",
                "初级",
                List.of(),
                "海岳车辆技术评价中心",
                rule,
                new BigDecimal(rule == PassRule.WEIGHTED_TOTAL ? "60" : "0"));
    }

    private SubjectId subject(Plan whole, String number, String name, ExamMode mode, String w) {
        inTx(
                tx ->
                        content.addSubject(
                                tx,
                                staff,
                                whole,
                                new SubjectDraft(
                                        level,
                                        number,
                                        name,
                                        mode,
                                        60,
                                        new BigDecimal("100"),
                                        new BigDecimal("60"),
                                        new BigDecimal(w))));
        return inTx(tx -> content.subjects(tx, tenant, plan)).stream()
                .filter(s -> s.number().equals(number))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static PlanId saved(PlanDecision decision) {
        return switch (decision) {
            case PlanDecision.Saved saved -> saved.plan();
            case PlanDecision.Refused refused ->
                    throw new IllegalStateException("" + refused.issues());
        };
    }

    private Boolean addSite(Tx tx) {
        execute(
                tx,
                """
                insert into site (tenant, id, school, name, region, address, contact, phone,
                    approval, reason)
                values (:t, 1, :school, '北方交通职业学院新能源考核站点', '山东省烟台市', '莱山区学院路1号',
                    '', '', 'APPROVED', '')
                """,
                Map.of("school", school.organisation().id().value()));
        execute(
                tx,
                """
                insert into room (tenant, id, plan, site, name, types, seats, seat_columns, address)
                values (:t, 1, :plan, 1, '13号机房', 'COMPUTER', 60, 6, '实训楼3层313室')
                """,
                Map.of("plan", plan.value()));
        return true;
    }

    /** One candidate with a seat for each subject. */
    public record Person(
            long candidate,
            long registration,
            long theorySitting,
            long practiceSitting,
            String admission,
            String idNumber,
            String name) {}

    /** Registers and seats a candidate for both subjects. */
    public Person person(String name, String photo) {
        long id = ids.incrementAndGet();
        String idNumber = "37060220050101%03d".formatted(id) + "X";
        String admission = "20261120%04d%06d".formatted(tenant.value(), id);
        Person person = new Person(id, id, 2 * id - 1, 2 * id, admission, idNumber, name);
        inTx(
                tx -> {
                    addPerson(tx, person, photo);
                    sitting(tx, person, person.theorySitting(), theory, (int) id, 1);
                    return true;
                });
        return person;
    }

    private void addPerson(Tx tx, Person person, String photo) {
        execute(
                tx,
                """
                insert into candidate (tenant, id, school, number, name, pinyin, id_number, gender,
                    mobile, major, programme_level, enrolment_year, candidate_type, photo,
                    photo_source)
                values (:t, :id, :school, :number, :name, '', :idNumber, 'MALE', '', '', '', 0,
                    '院校考生', :photo, '')
                """,
                Map.of(
                        "id", person.candidate(),
                        "school", school.organisation().id().value(),
                        "number", "C" + person.candidate(),
                        "name", person.name(),
                        "idNumber", person.idNumber(),
                        "photo", photo));
        execute(
                tx,
                """
                insert into registration (tenant, id, plan, plan_level, candidate, login, at_ms)
                values (:t, :id, :plan, :level, :id, 'school1', 0)
                """,
                Map.of(
                        "id", person.candidate(),
                        "plan", plan.value(),
                        "level", level.value()));
        execute(
                tx,
                """
                insert into admission (tenant, plan, candidate, number)
                values (:t, :plan, :id, :number)
                """,
                Map.of(
                        "id", person.candidate(),
                        "plan", plan.value(),
                        "number", person.admission()));
        sitting(tx, person, person.practiceSitting(), practice, (int) person.candidate(), 31);
    }

    private void sitting(
            Tx tx, Person person, long sitting, SubjectId subject, int number, int from) {
        execute(
                tx,
                """
                insert into sitting (tenant, id, plan, registration, candidate, subject,
                    extra_minutes)
                values (:t, :id, :plan, :registration, :registration, :subject, 0)
                """,
                Map.of(
                        "id", sitting,
                        "plan", plan.value(),
                        "registration", person.registration(),
                        "subject", subject.value()));
        execute(
                tx,
                """
                insert into seating (tenant, sitting, plan, slot, site, room, seat, pin)
                values (:t, :id, :plan, :slot, 1, 1, :seat, '482913')
                """,
                Map.of(
                        "id",
                        sitting,
                        "plan",
                        plan.value(),
                        "slot",
                        slot.value(),
                        "seat",
                        from + number - 1));
    }

    private void execute(Tx tx, String sql, Map<String, ?> values) {
        tx.update(sql).bind("t", tenant.value()).bindMap(values).execute();
    }
}
