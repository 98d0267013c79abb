package io.invigil.hub.plan;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of what a plan offers: certificate levels, subjects, slots. Stateless. */
final class PlanContentStore {
    private static final String LEVEL =
            """
            select tenant, id, plan, certificate_number, certificate_name, short_name, level_name,
                majors, issuer, pass_rule, total_pass_mark
            from plan_level
            """;
    private static final String SUBJECT =
            """
            select tenant, id, plan, plan_level, number, name, mode_name, minutes, full_mark,
                pass_mark, weight, target_type
            from subject
            """;

    void add(Tx tx, CertificateLevel level) {
        tx.update(
                        """
                        insert into plan_level (tenant, id, plan, certificate_number,
                            certificate_name, short_name, level_name, majors, issuer, pass_rule,
                            total_pass_mark)
                        values (:tenant, :id, :plan, :number, :name, :shortName, :level, :majors,
                            :issuer, :passRule, :total)
                        """)
                .bind("tenant", level.tenant().value())
                .bind("id", level.id().value())
                .bind("plan", level.plan().value())
                .bind("number", level.number())
                .bind("name", level.name())
                .bind("shortName", level.shortName())
                .bind("level", level.level())
                .bind("majors", String.join("\n", level.majors()))
                .bind("issuer", level.issuer())
                .bind("passRule", level.passRule().name())
                .bind("total", level.totalPassMark())
                .execute();
    }

    void add(Tx tx, Subject subject) {
        tx.update(
                        """
                        insert into subject (tenant, id, plan, plan_level, number, name, mode_name,
                            minutes, full_mark, pass_mark, weight, target_type)
                        values (:tenant, :id, :plan, :level, :number, :name, :mode, :minutes,
                            :fullMark, :passMark, :weight, :targetType)
                        """)
                .bind("tenant", subject.tenant().value())
                .bind("id", subject.id().value())
                .bind("plan", subject.plan().value())
                .bind("level", subject.level().value())
                .bind("number", subject.number())
                .bind("name", subject.name())
                .bind("mode", subject.mode().name())
                .bind("minutes", subject.minutes())
                .bind("fullMark", subject.fullMark())
                .bind("passMark", subject.passMark())
                .bind("weight", subject.weight())
                .bind("targetType", subject.targetType())
                .execute();
    }

    void changeMarks(Tx tx, Subject subject) {
        tx.update(
                        """
                        update subject set minutes = :minutes, full_mark = :fullMark
                        where tenant = :tenant and id = :id
                        """)
                .bind("minutes", subject.minutes())
                .bind("fullMark", subject.fullMark())
                .bind("tenant", subject.tenant().value())
                .bind("id", subject.id().value())
                .execute();
    }

    void add(Tx tx, Slot slot) {
        tx.update(
                        """
                        insert into slot (tenant, id, plan, start_ms, end_ms)
                        values (:tenant, :id, :plan, :start, :end)
                        """)
                .bind("tenant", slot.tenant().value())
                .bind("id", slot.id().value())
                .bind("plan", slot.plan().value())
                .bind("start", slot.time().from())
                .bind("end", slot.time().to())
                .execute();
        for (SubjectId subject : slot.subjects()) {
            tx.update(
                            """
                            insert into slot_subject (tenant, slot, subject)
                            values (:tenant, :slot, :subject)
                            """)
                    .bind("tenant", slot.tenant().value())
                    .bind("slot", slot.id().value())
                    .bind("subject", subject.value())
                    .execute();
        }
    }

    List<CertificateLevel> levels(Tx tx, TenantId tenant, PlanId plan) {
        return tx.query(LEVEL + " where tenant = :tenant and plan = :plan order by id")
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> level(row))
                .list();
    }

    Optional<CertificateLevel> level(Tx tx, TenantId tenant, LevelId id) {
        return tx.query(LEVEL + " where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> level(row))
                .findOne();
    }

    List<Subject> subjects(Tx tx, TenantId tenant, PlanId plan) {
        return tx.query(SUBJECT + " where tenant = :tenant and plan = :plan order by id")
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> subject(row))
                .list();
    }

    Optional<Subject> subject(Tx tx, TenantId tenant, SubjectId id) {
        return tx.query(SUBJECT + " where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> subject(row))
                .findOne();
    }

    List<Slot> slots(Tx tx, TenantId tenant, PlanId plan) {
        Map<Long, List<SubjectId>> subjects = new LinkedHashMap<>();
        tx.query(
                        """
                        select ss.slot, ss.subject from slot_subject ss
                        join slot s on s.tenant = ss.tenant and s.id = ss.slot
                        where s.tenant = :tenant and s.plan = :plan
                        order by ss.slot, ss.subject
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> new long[] {row.getLong("slot"), row.getLong("subject")})
                .forEach(
                        pair ->
                                subjects.computeIfAbsent(pair[0], key -> new ArrayList<>())
                                        .add(new SubjectId(pair[1])));
        return tx.query(
                        """
                        select tenant, id, plan, start_ms, end_ms from slot
                        where tenant = :tenant and plan = :plan order by start_ms, end_ms
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map(
                        (row, context) ->
                                new Slot(
                                        tenant,
                                        new SlotId(row.getLong("id")),
                                        plan,
                                        new Window(
                                                Instant.ofEpochMilli(row.getLong("start_ms")),
                                                Instant.ofEpochMilli(row.getLong("end_ms"))),
                                        subjects.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    Optional<PlanId> planOfSlot(Tx tx, TenantId tenant, SlotId slot) {
        return tx.query("select plan from slot where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", slot.value())
                .map((row, context) -> new PlanId(row.getLong("plan")))
                .findOne();
    }

    void removeSlot(Tx tx, TenantId tenant, SlotId slot) {
        tx.update("delete from slot_subject where tenant = :tenant and slot = :slot")
                .bind("tenant", tenant.value())
                .bind("slot", slot.value())
                .execute();
        tx.update("delete from slot where tenant = :tenant and id = :slot")
                .bind("tenant", tenant.value())
                .bind("slot", slot.value())
                .execute();
    }

    void removeSubject(Tx tx, TenantId tenant, SubjectId subject) {
        tx.update("delete from slot_subject where tenant = :tenant and subject = :subject")
                .bind("tenant", tenant.value())
                .bind("subject", subject.value())
                .execute();
        tx.update("delete from subject where tenant = :tenant and id = :subject")
                .bind("tenant", tenant.value())
                .bind("subject", subject.value())
                .execute();
    }

    private static CertificateLevel level(ResultSet row) throws SQLException {
        String majors = row.getString("majors");
        return new CertificateLevel(
                new TenantId(row.getLong("tenant")),
                new LevelId(row.getLong("id")),
                new PlanId(row.getLong("plan")),
                row.getString("certificate_number"),
                row.getString("certificate_name"),
                row.getString("short_name"),
                row.getString("level_name"),
                majors.isEmpty() ? List.of() : List.of(majors.split("\n")),
                row.getString("issuer"),
                PassRule.valueOf(row.getString("pass_rule")),
                row.getBigDecimal("total_pass_mark"));
    }

    private static Subject subject(ResultSet row) throws SQLException {
        return new Subject(
                new TenantId(row.getLong("tenant")),
                new SubjectId(row.getLong("id")),
                new PlanId(row.getLong("plan")),
                new LevelId(row.getLong("plan_level")),
                row.getString("number"),
                row.getString("name"),
                ExamMode.valueOf(row.getString("mode_name")),
                row.getInt("minutes"),
                row.getBigDecimal("full_mark"),
                row.getBigDecimal("pass_mark"),
                row.getBigDecimal("weight"),
                row.getString("target_type"));
    }
}
