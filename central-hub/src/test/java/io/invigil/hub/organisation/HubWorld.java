package io.invigil.hub.organisation;

import io.invigil.appliance.db.Database;
import io.invigil.hub.candidate.CandidateEntry;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelDraft;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDecision;
import io.invigil.hub.plan.PlanDraft;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.PlanOptions;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.SittingPolicy;
import io.invigil.hub.plan.SlotDraft;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectDraft;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomDecision;
import io.invigil.hub.site.RoomDraft;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteDecision;
import io.invigil.hub.site.SiteDraft;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.testkit.TestClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A tenant with a body, two schools and a plan, made through the public rules; for tests. */
public final class HubWorld {
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    public static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    /** Noon of the registration window's first day. */
    public static final Instant NOW = DAY.atTime(12, 0).atZone(ZONE).toInstant();

    private static final AtomicLong NEXT_TENANT = new AtomicLong(1);

    public final Database database;
    public final TestClock clock;
    public final TenantId tenant;
    public final StaffScope body;
    public final StaffScope clerk;
    public final StaffScope otherClerk;
    public final StaffScope authority;
    public final StaffScope province;

    /** Who keeps the accounts of the body, of the first and of the second school. */
    public final StaffScope bodyAdmin;

    public final StaffScope admin;
    public final StaffScope otherAdmin;

    public HubWorld(Database database) {
        this(database, new TenantId(NEXT_TENANT.getAndIncrement()), new TestClock(NOW));
    }

    /** A world in a tenant that may be there already. */
    public HubWorld(Database database, TenantId tenant, TestClock clock) {
        this.database = database;
        this.tenant = tenant;
        this.clock = clock;
        Organisations organisations = new Organisations();
        body =
                scope(
                        "body",
                        StaffRole.BODY_STAFF,
                        database.inTransaction(
                                tx -> {
                                    organisations.addTenant(tx, tenant, "租户" + tenant);
                                    return organisations.add(
                                            tx,
                                            tenant,
                                            OrganisationKind.BODY,
                                            "BODY1",
                                            "评价组织一",
                                            "");
                                }));
        clerk = scope("clerk", StaffRole.SCHOOL_CLERK, school("S1", "第一职业学院"));
        otherClerk = scope("other", StaffRole.SCHOOL_CLERK, school("S2", "第二职业学院"));
        authority =
                scope(
                        "authority",
                        StaffRole.AUTHORITY_READER,
                        database.inTransaction(
                                tx ->
                                        organisations.add(
                                                tx,
                                                tenant,
                                                OrganisationKind.AUTHORITY,
                                                "AUTH1",
                                                "考试院",
                                                "")));
        province =
                scope(
                        "province",
                        StaffRole.PROVINCE_STAFF,
                        database.inTransaction(
                                tx ->
                                        organisations.add(
                                                tx,
                                                tenant,
                                                OrganisationKind.PROVINCE,
                                                "PROV1",
                                                "省教育厅",
                                                "")));
        bodyAdmin = scope("body-admin", StaffRole.BODY_ADMIN, body.organisation());
        admin = scope("school-admin", StaffRole.SCHOOL_ADMIN, clerk.organisation());
        otherAdmin = scope("other-admin", StaffRole.SCHOOL_ADMIN, otherClerk.organisation());
    }

    private Organisation school(String code, String name) {
        return database.inTransaction(
                tx ->
                        new Organisations()
                                .add(tx, tenant, OrganisationKind.SCHOOL, code, name, "山东省"));
    }

    private StaffScope scope(String login, StaffRole role, Organisation organisation) {
        return new StaffScope(tenant, login, organisation, role);
    }

    /** Registration and arrangement on DAY and the day after, exam two days later. */
    public static PlanDraft draft(String number, Set<OrganisationId> schools) {
        Map<PlanStage, PlanDraft.Days> days = new EnumMap<>(PlanStage.class);
        days.put(PlanStage.REGISTRATION, PlanDraft.Days.of(DAY, DAY.plusDays(1)));
        days.put(PlanStage.ARRANGEMENT, PlanDraft.Days.of(DAY, DAY.plusDays(2)));
        days.put(PlanStage.EXAM, PlanDraft.Days.of(DAY.plusDays(3), DAY.plusDays(4)));
        days.put(PlanStage.SCORE_ENTRY, PlanDraft.Days.of(DAY.plusDays(5), DAY.plusDays(6)));
        days.put(PlanStage.PUBLICITY, PlanDraft.Days.of(DAY.plusDays(7), DAY.plusDays(8)));
        return new PlanDraft(
                number,
                "2026年11月考试计划",
                ZONE,
                "携带身份证",
                RegistrationMode.BY_CERTIFICATE,
                days,
                SittingPolicy.standard(),
                false,
                schools);
    }

    /** A plan of the first school with its own way of registering and options. */
    public Plan plan(String number, RegistrationMode mode, PlanOptions options) {
        PlanDraft usual = draft(number, Set.of(clerk.organisation().id()));
        PlanDraft draft =
                new PlanDraft(
                        usual.number(),
                        usual.name(),
                        usual.zone(),
                        usual.requirements(),
                        mode,
                        usual.days(),
                        usual.policy(),
                        usual.fullIdOnStickers(),
                        options,
                        usual.schools());
        return database.inTransaction(
                tx -> {
                    Plans plans = new Plans();
                    PlanId id = ((PlanDecision.Saved) plans.add(tx, body, draft)).plan();
                    return plans.find(tx, tenant, id).orElseThrow();
                });
    }

    /** Candidates of the school, entered one by one. */
    public List<CandidateId> candidates(StaffScope scope, int first, int count) {
        List<String> columns =
                CandidateImport.columns(CandidateImport.Mode.ADD).stream()
                        .map(SheetColumn::name)
                        .toList();
        List<CandidateId> ids = new ArrayList<>();
        for (List<String> row : MadeUpPeople.rows(first, count)) {
            Map<String, String> values = new HashMap<>();
            for (int at = 0; at < columns.size(); at++) {
                values.put(columns.get(at), row.get(at));
            }
            CandidateEntry.Outcome added =
                    database.inTransaction(
                            tx ->
                                    new CandidateEntry(clock, (inside, one) -> false)
                                            .add(tx, scope, values));
            ids.add(((CandidateEntry.Outcome.Added) added).candidate());
        }
        return ids;
    }

    /** A plan that names the first school only. */
    public Plan plan(String number) {
        return database.inTransaction(
                tx -> {
                    Plans plans = new Plans();
                    PlanDecision made =
                            plans.add(tx, body, draft(number, Set.of(clerk.organisation().id())));
                    PlanId id = ((PlanDecision.Saved) made).plan();
                    return plans.find(tx, tenant, id).orElseThrow();
                });
    }

    public LevelId level(Plan plan, List<String> majors) {
        return database.inTransaction(
                tx -> {
                    PlanContent content = new PlanContent();
                    LevelDraft draft =
                            new LevelDraft(
                                    "C100",
                                    "网店运营推广职业技能等级证书",
                                    "网店运营",
                                    "初级",
                                    majors,
                                    "评价组织一",
                                    PassRule.ALL_SUBJECTS,
                                    BigDecimal.ZERO);
                    saved(content.addLevel(tx, body, plan, draft));
                    return content.levels(tx, tenant, plan.id()).get(0).id();
                });
    }

    public SubjectId subject(Plan plan, LevelId level, String number) {
        return database.inTransaction(
                tx -> {
                    PlanContent content = new PlanContent();
                    SubjectDraft draft =
                            new SubjectDraft(
                                    level,
                                    number,
                                    "科目" + number,
                                    ExamMode.COMPUTER,
                                    60,
                                    new BigDecimal("100"),
                                    new BigDecimal("60"),
                                    new BigDecimal("0.5"));
                    saved(content.addSubject(tx, body, plan, draft));
                    return content.subjects(tx, tenant, plan.id()).stream()
                            .filter(subject -> subject.number().equals(number))
                            .map(Subject::id)
                            .findFirst()
                            .orElseThrow();
                });
    }

    /** A subject for one type of candidates only. */
    public SubjectId subjectFor(Plan plan, LevelId level, String number, String targetType) {
        return database.inTransaction(
                tx -> {
                    PlanContent content = new PlanContent();
                    saved(
                            content.addSubject(
                                    tx,
                                    body,
                                    plan,
                                    new SubjectDraft(
                                            level,
                                            number,
                                            "科目" + number,
                                            ExamMode.COMPUTER,
                                            60,
                                            new BigDecimal("100"),
                                            new BigDecimal("60"),
                                            new BigDecimal("0.5"),
                                            targetType)));
                    return content.subjects(tx, tenant, plan.id()).stream()
                            .filter(subject -> subject.number().equals(number))
                            .map(Subject::id)
                            .findFirst()
                            .orElseThrow();
                });
    }

    /** A slot on the exam's first day. */
    public void slot(Plan plan, int hour, int hours, Set<SubjectId> subjects) {
        Instant start = DAY.plusDays(3).atTime(hour, 0).atZone(ZONE).toInstant();
        database.useTransaction(
                tx ->
                        saved(
                                new PlanContent()
                                        .addSlot(
                                                tx,
                                                body,
                                                plan,
                                                new SlotDraft(
                                                        start,
                                                        start.plusSeconds(hours * 3600L),
                                                        subjects))));
    }

    private static void saved(PlanDecision decision) {
        if (decision instanceof PlanDecision.Refused refused) {
            throw new AssertionError(refused.issues());
        }
    }

    /** A plan that names both schools. */
    public Plan planOfBoth(String number) {
        return database.inTransaction(
                tx -> {
                    Plans plans = new Plans();
                    PlanDraft draft =
                            draft(
                                    number,
                                    Set.of(
                                            clerk.organisation().id(),
                                            otherClerk.organisation().id()));
                    PlanId id = ((PlanDecision.Saved) plans.add(tx, body, draft)).plan();
                    return plans.find(tx, tenant, id).orElseThrow();
                });
    }

    /** An approved site of the first school. */
    public SiteId site() {
        return site(clerk, "第一职业学院网店运营考核站点");
    }

    /** An approved site of a school. */
    public SiteId site(StaffScope school, String name) {
        return database.inTransaction(
                tx -> {
                    Sites sites = new Sites();
                    SiteDecision made =
                            sites.add(
                                    tx,
                                    school,
                                    new SiteDraft(
                                            school.organisation().id(),
                                            name,
                                            "山东省济南市",
                                            "经十路1号",
                                            "王老师",
                                            "0531-0000000"));
                    SiteId id = ((SiteDecision.Saved) made).site();
                    Site site = sites.find(tx, tenant, id).orElseThrow();
                    sites.submit(tx, school, site, NOW);
                    sites.approve(tx, body, sites.find(tx, tenant, id).orElseThrow(), NOW);
                    return id;
                });
    }

    public Room room(Plan plan, SiteId site, LevelId level, String name, int seats) {
        return room(clerk, plan, site, level, name, seats);
    }

    public Room room(
            StaffScope school, Plan plan, SiteId site, LevelId level, String name, int seats) {
        return database.inTransaction(
                tx -> {
                    Rooms rooms = new Rooms();
                    RoomDecision made =
                            rooms.add(
                                    tx,
                                    school,
                                    plan,
                                    new RoomDraft(
                                            site,
                                            name,
                                            Set.of(ExamMode.COMPUTER),
                                            seats,
                                            6,
                                            "一号楼" + name,
                                            Set.of(level)),
                                    clock.instant());
                    if (made instanceof RoomDecision.Refused refused) {
                        throw new AssertionError(refused.issues());
                    }
                    return rooms.find(tx, tenant, ((RoomDecision.Saved) made).room()).orElseThrow();
                });
    }
}
