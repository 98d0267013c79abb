package io.invigil.hub.plan;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.AttendanceWindows;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQL of plans and their windows. Stateless. */
final class PlanStore {
    private static final String COLUMNS =
            """
            p.tenant, p.id, p.number, p.name, p.body, p.zone, p.requirements, p.registration_mode,
            p.registration_from_ms, p.registration_to_ms, p.arrangement_from_ms,
            p.arrangement_to_ms, p.exam_from_ms, p.exam_to_ms, p.score_from_ms, p.score_to_ms,
            p.publicity_from_ms, p.publicity_to_ms, p.check_in_opens_minutes,
            p.late_start_minutes, p.result_visibility, p.open_book, p.record_focus_loss,
            p.auto_pass, p.full_id_on_stickers, p.uses_fees, p.mixed_subjects,
            p.identity_check, p.recheck_minutes, p.recheck_on_return, p.attempts_allowed,
            p.attempts_counting, p.check_out_minutes, p.hand_in_leaves, p.class_session
            """;

    void add(Tx tx, Plan plan) {
        bind(
                        tx.update(
                                """
                                insert into exam_plan (tenant, id, number, name, body, zone,
                                    requirements, registration_mode,
                                    registration_from_ms, registration_to_ms,
                                    arrangement_from_ms, arrangement_to_ms,
                                    exam_from_ms, exam_to_ms, score_from_ms, score_to_ms,
                                    publicity_from_ms, publicity_to_ms, check_in_opens_minutes,
                                    late_start_minutes, result_visibility, open_book,
                                    record_focus_loss, auto_pass, full_id_on_stickers,
                                    uses_fees, mixed_subjects, identity_check,
                                    recheck_minutes, recheck_on_return, attempts_allowed,
                                    attempts_counting, check_out_minutes, hand_in_leaves,
                                    class_session, revision)
                                values (:tenant, :id, :number, :name, :body, :zone,
                                    :requirements, :mode, :registrationFrom, :registrationTo,
                                    :arrangementFrom, :arrangementTo, :examFrom, :examTo,
                                    :scoreFrom, :scoreTo, :publicityFrom, :publicityTo,
                                    :checkInOpens, :lateStart, :visibility, :openBook,
                                    :focusLoss, :autoPass, :fullId, :fees, :mixed,
                                    :identity, :recheckMinutes, :recheckOnReturn, :attempts,
                                    :counting, :checkOut, :handInLeaves, :session, 0)
                                """),
                        plan)
                .bind("session", plan.classSession())
                .execute();
        addSchools(tx, plan);
    }

    void change(Tx tx, Plan plan) {
        bind(
                        tx.update(
                                """
                                update exam_plan set number = :number, name = :name,
                                    body = :body, zone = :zone, requirements = :requirements,
                                    registration_mode = :mode,
                                    registration_from_ms = :registrationFrom,
                                    registration_to_ms = :registrationTo,
                                    arrangement_from_ms = :arrangementFrom,
                                    arrangement_to_ms = :arrangementTo,
                                    exam_from_ms = :examFrom, exam_to_ms = :examTo,
                                    score_from_ms = :scoreFrom, score_to_ms = :scoreTo,
                                    publicity_from_ms = :publicityFrom,
                                    publicity_to_ms = :publicityTo,
                                    check_in_opens_minutes = :checkInOpens,
                                    late_start_minutes = :lateStart,
                                    result_visibility = :visibility, open_book = :openBook,
                                    record_focus_loss = :focusLoss, auto_pass = :autoPass,
                                    full_id_on_stickers = :fullId, uses_fees = :fees,
                                    mixed_subjects = :mixed, identity_check = :identity,
                                    recheck_minutes = :recheckMinutes,
                                    recheck_on_return = :recheckOnReturn,
                                    attempts_allowed = :attempts,
                                    attempts_counting = :counting,
                                    check_out_minutes = :checkOut,
                                    hand_in_leaves = :handInLeaves,
                                    revision = revision + 1
                                where tenant = :tenant and id = :id
                                """),
                        plan)
                .execute();
        tx.update("delete from plan_school where tenant = :tenant and plan = :plan")
                .bind("tenant", plan.tenant().value())
                .bind("plan", plan.id().value())
                .execute();
        addSchools(tx, plan);
    }

    private static void addSchools(Tx tx, Plan plan) {
        for (OrganisationId school : plan.schools()) {
            tx.update(
                            """
                            insert into plan_school (tenant, plan, school)
                            values (:tenant, :plan, :school)
                            """)
                    .bind("tenant", plan.tenant().value())
                    .bind("plan", plan.id().value())
                    .bind("school", school.value())
                    .execute();
        }
    }

    /** Waits for other changes of this plan; held until the transaction ends. */
    void lock(Tx tx, TenantId tenant, PlanId plan) {
        tx.update(
                        """
                        update exam_plan set revision = revision + 1
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", tenant.value())
                .bind("id", plan.value())
                .execute();
    }

    Optional<Plan> find(Tx tx, TenantId tenant, PlanId id) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from exam_plan p where p.tenant = :tenant and p.id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> plan(tx, row))
                .findOne();
    }

    Optional<Plan> findByNumber(Tx tx, TenantId tenant, String number) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from exam_plan p"
                                + " where p.tenant = :tenant and p.number = :number")
                .bind("tenant", tenant.value())
                .bind("number", number)
                .map((row, context) -> plan(tx, row))
                .findOne();
    }

    /** Ordinary plans. */
    List<Plan> all(Tx tx, TenantId tenant, int max) {
        return newest(tx, tenant, max, "p.class_session = 0");
    }

    /** Plans of class sessions. */
    List<Plan> ofSessions(Tx tx, TenantId tenant, int max) {
        return newest(tx, tenant, max, "p.class_session > 0");
    }

    /** Whether the account is a teacher of the course whose session has this plan. */
    boolean isTaughtBy(Tx tx, Plan plan, String login) {
        return tx.query(
                                """
                                select count(*) from class_session s
                                join course_teacher c on c.tenant = s.tenant and c.course = s.course
                                join teacher t on t.tenant = c.tenant and t.id = c.teacher
                                where s.tenant = :tenant and s.id = :session and t.login = :login
                                """)
                        .bind("tenant", plan.tenant().value())
                        .bind("session", plan.classSession())
                        .bind("login", login)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Whether the unit looks after the class whose session has this plan. */
    boolean isEntrustedTo(Tx tx, Plan plan, OrganisationId unit) {
        return isOf(tx, plan, "k.unit", unit);
    }

    /** Whether the class whose session has this plan is one of the college. */
    boolean isOfCollege(Tx tx, Plan plan, OrganisationId college) {
        return isOf(tx, plan, "k.college", college);
    }

    private static boolean isOf(Tx tx, Plan plan, String column, OrganisationId whose) {
        return tx.query(
                                """
                                select count(*) from class_session s
                                join class_course c on c.tenant = s.tenant and c.id = s.course
                                join teaching_class k
                                    on k.tenant = c.tenant and k.id = c.teaching_class
                                where s.tenant = :tenant and s.id = :session and
                                """
                                        + column
                                        + " = :whose")
                        .bind("tenant", plan.tenant().value())
                        .bind("session", plan.classSession())
                        .bind("whose", whose.value())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static List<Plan> newest(Tx tx, TenantId tenant, int max, String which) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from exam_plan p where p.tenant = :tenant and "
                                + which
                                + " order by p.exam_from_ms desc, p.number"
                                + " fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("max", max)
                .map((row, context) -> plan(tx, row))
                .list();
    }

    private static Plan plan(Tx tx, ResultSet row) throws SQLException {
        TenantId tenant = new TenantId(row.getLong("tenant"));
        PlanId id = new PlanId(row.getLong("id"));
        return new Plan(
                tenant,
                id,
                row.getString("number"),
                row.getString("name"),
                new OrganisationId(row.getLong("body")),
                ZoneId.of(row.getString("zone")),
                row.getString("requirements"),
                RegistrationMode.valueOf(row.getString("registration_mode")),
                new PlanWindows(
                        window(row, "registration"),
                        window(row, "arrangement"),
                        window(row, "exam"),
                        window(row, "score"),
                        window(row, "publicity")),
                new SittingPolicy(
                        row.getInt("check_in_opens_minutes"),
                        row.getInt("late_start_minutes"),
                        ResultVisibility.valueOf(row.getString("result_visibility")),
                        row.getBoolean("open_book"),
                        row.getBoolean("record_focus_loss"),
                        row.getBoolean("auto_pass"),
                        IdentityCheck.valueOf(row.getString("identity_check")),
                        new FaceRechecks(
                                row.getInt("recheck_minutes"), row.getBoolean("recheck_on_return")),
                        new AttemptRules(
                                row.getInt("attempts_allowed"),
                                AttemptRules.Counting.valueOf(row.getString("attempts_counting"))),
                        new AttendanceWindows(
                                row.getInt("check_out_minutes"), row.getBoolean("hand_in_leaves"))),
                row.getBoolean("full_id_on_stickers"),
                new PlanOptions(row.getBoolean("uses_fees"), row.getBoolean("mixed_subjects")),
                schools(tx, tenant, id),
                row.getLong("class_session"));
    }

    private static Set<OrganisationId> schools(Tx tx, TenantId tenant, PlanId plan) {
        return new HashSet<>(
                tx.query(
                                """
                                select school from plan_school
                                where tenant = :tenant and plan = :plan
                                """)
                        .bind("tenant", tenant.value())
                        .bind("plan", plan.value())
                        .map((row, context) -> new OrganisationId(row.getLong("school")))
                        .list());
    }

    Set<OrganisationId> registeredSchools(Tx tx, Plan plan) {
        return new HashSet<>(
                tx.query(
                                """
                                select distinct c.school from registration r
                                join candidate c on c.tenant = r.tenant and c.id = r.candidate
                                where r.tenant = :tenant and r.plan = :plan
                                """)
                        .bind("tenant", plan.tenant().value())
                        .bind("plan", plan.id().value())
                        .map((row, context) -> new OrganisationId(row.getLong("school")))
                        .list());
    }

    boolean isSeatedIn(Tx tx, TenantId tenant, SlotId slot) {
        return tx.query("select count(*) from seating where tenant = :tenant and slot = :slot")
                        .bind("tenant", tenant.value())
                        .bind("slot", slot.value())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static Window window(ResultSet row, String name) throws SQLException {
        return new Window(
                Instant.ofEpochMilli(row.getLong(name + "_from_ms")),
                Instant.ofEpochMilli(row.getLong(name + "_to_ms")));
    }

    private static <T extends SqlStatement<T>> T bind(T statement, Plan plan) {
        PlanWindows windows = plan.windows();
        SittingPolicy policy = plan.policy();
        return statement
                .bind("tenant", plan.tenant().value())
                .bind("id", plan.id().value())
                .bind("number", plan.number())
                .bind("name", plan.name())
                .bind("body", plan.body().value())
                .bind("zone", plan.zone().getId())
                .bind("requirements", plan.requirements())
                .bind("mode", plan.registrationMode().name())
                .bind("registrationFrom", windows.registration().from())
                .bind("registrationTo", windows.registration().to())
                .bind("arrangementFrom", windows.arrangement().from())
                .bind("arrangementTo", windows.arrangement().to())
                .bind("examFrom", windows.exam().from())
                .bind("examTo", windows.exam().to())
                .bind("scoreFrom", windows.score().from())
                .bind("scoreTo", windows.score().to())
                .bind("publicityFrom", windows.publicity().from())
                .bind("publicityTo", windows.publicity().to())
                .bind("checkInOpens", policy.checkInOpensMinutesBefore())
                .bind("lateStart", policy.lateStartMinutes())
                .bind("visibility", policy.resultVisibility().name())
                .bind("openBook", policy.openBook())
                .bind("focusLoss", policy.recordFocusLoss())
                .bind("autoPass", policy.autoPassWithoutIncident())
                .bind("identity", policy.identity().name())
                .bind("recheckMinutes", policy.rechecks().everyMinutes())
                .bind("recheckOnReturn", policy.rechecks().afterLeaving())
                .bind("attempts", policy.attempts().allowed())
                .bind("counting", policy.attempts().counting().name())
                .bind("checkOut", policy.attendance().checkOutMinutes())
                .bind("handInLeaves", policy.attendance().handInLeaves())
                .bind("fullId", plan.fullIdOnStickers())
                .bind("fees", plan.options().fees())
                .bind("mixed", plan.options().mixedSubjects());
    }
}
