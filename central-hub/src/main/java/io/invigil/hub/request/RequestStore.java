package io.invigil.hub.request;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateField;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.request.CandidateRequest.Step;
import io.invigil.hub.request.CandidateRequest.Wish;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tables {@code candidate_request} and {@code candidate_request_file}. Stateless. */
final class RequestStore {
    private static final String SELECT =
            """
            select r.tenant, r.id, r.candidate, r.school, r.plan, r.kind, r.field, r.wanted,
                r.extra_minutes, r.accessible, r.statement, r.at_ms, r.state, r.school_login,
                r.school_ms, r.body_login, r.body_ms, r.reason, r.file_name
            from candidate_request r
            """;

    void add(Tx tx, CandidateRequest added) {
        boolean correction = added.wish() instanceof Wish.Correction;
        tx.update(
                        """
                        insert into candidate_request (tenant, id, candidate, school, plan, kind,
                            field, wanted, extra_minutes, accessible, statement, at_ms, state,
                            school_login, school_ms, body_login, body_ms, reason, file_name)
                        values (:tenant, :id, :candidate, :school, :plan, :kind, :field, :wanted,
                            :extra, :accessible, :statement, :at, 'OPEN', '', 0, '', 0, '', '')
                        """)
                .bind("tenant", added.tenant().value())
                .bind("id", added.id())
                .bind("candidate", added.candidate().value())
                .bind("school", added.school().value())
                .bind("plan", plan(added.wish()))
                .bind("kind", correction ? "CORRECTION" : "ACCOMMODATION")
                .bind("field", field(added.wish()))
                .bind("wanted", wanted(added.wish()))
                .bind("extra", extra(added.wish()))
                .bind("accessible", accessible(added.wish()))
                .bind("statement", added.statement())
                .bind("at", added.at())
                .execute();
    }

    private static long plan(Wish wish) {
        return wish instanceof Wish.Accommodation one ? one.plan().value() : 0;
    }

    private static String field(Wish wish) {
        return wish instanceof Wish.Correction one ? one.field().name() : "";
    }

    private static String wanted(Wish wish) {
        return wish instanceof Wish.Correction one ? one.wanted() : "";
    }

    private static int extra(Wish wish) {
        return wish instanceof Wish.Accommodation one ? one.extraMinutes() : 0;
    }

    private static boolean accessible(Wish wish) {
        return wish instanceof Wish.Accommodation one && one.accessible();
    }

    /** Moves a request on; false when it no longer stands where it stood. */
    boolean move(Tx tx, CandidateRequest from, CandidateRequest to) {
        return tx.update(
                                """
                                update candidate_request set state = :to, school_login = :school,
                                    school_ms = :schoolAt, body_login = :body, body_ms = :bodyAt,
                                    reason = :reason
                                where tenant = :tenant and id = :id and state = :from
                                """)
                        .bind("to", to.state().name())
                        .bind("school", to.bySchool().map(Step::login).orElse(""))
                        .bind("schoolAt", to.bySchool().map(Step::at).orElse(Instant.EPOCH))
                        .bind("body", to.byBody().map(Step::login).orElse(""))
                        .bind("bodyAt", to.byBody().map(Step::at).orElse(Instant.EPOCH))
                        .bind("reason", to.reason())
                        .bind("tenant", from.tenant().value())
                        .bind("id", from.id())
                        .bind("from", from.state().name())
                        .execute()
                == 1;
    }

    void attach(Tx tx, CandidateRequest to, String name, byte[] content) {
        tx.update("delete from candidate_request_file where tenant = :tenant and request = :id")
                .bind("tenant", to.tenant().value())
                .bind("id", to.id())
                .execute();
        tx.update(
                        """
                        insert into candidate_request_file (tenant, request, content)
                        values (:tenant, :id, :content)
                        """)
                .bind("tenant", to.tenant().value())
                .bind("id", to.id())
                .bind("content", content)
                .execute();
        tx.update(
                        """
                        update candidate_request set file_name = :name
                        where tenant = :tenant and id = :id
                        """)
                .bind("name", name)
                .bind("tenant", to.tenant().value())
                .bind("id", to.id())
                .execute();
    }

    Optional<byte[]> file(Tx tx, CandidateRequest of) {
        return tx.query(
                        """
                        select content from candidate_request_file
                        where tenant = :tenant and request = :id
                        """)
                .bind("tenant", of.tenant().value())
                .bind("id", of.id())
                .map((row, context) -> row.getBytes("content"))
                .findOne();
    }

    Optional<CandidateRequest> find(Tx tx, TenantId tenant, long id) {
        return tx.query(SELECT + " where r.tenant = :tenant and r.id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, context) -> request(row))
                .findOne();
    }

    /** A candidate's own, newest first. */
    List<CandidateRequest> ofCandidate(Tx tx, TenantId tenant, CandidateId candidate) {
        return tx.query(
                        SELECT
                                + " where r.tenant = :tenant and r.candidate = :candidate"
                                + " order by r.id desc")
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .map((row, context) -> request(row))
                .list();
    }

    /** Of a school's candidates, pending ones first, then newest first. */
    List<CandidateRequest> ofSchool(
            Tx tx, TenantId tenant, OrganisationId school, int offset, int limit) {
        return tx.query(
                        SELECT
                                + " where r.tenant = :tenant and r.school = :school order by case"
                                + " r.state when 'OPEN' then 0 else 1 end, r.id desc "
                                + tx.dialect().page())
                .bind("tenant", tenant.value())
                .bind("school", school.value())
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> request(row))
                .list();
    }

    long countOfSchool(Tx tx, TenantId tenant, OrganisationId school) {
        return tx.query(
                        "select count(*) from candidate_request"
                                + " where tenant = :tenant and school = :school")
                .bind("tenant", tenant.value())
                .bind("school", school.value())
                .mapTo(Long.class)
                .one();
    }

    /** Accommodations in a body's plans, those that wait for it first. */
    List<CandidateRequest> ofBody(
            Tx tx, TenantId tenant, OrganisationId body, int offset, int limit) {
        return tx.query(
                        SELECT
                                + " join exam_plan p on p.tenant = r.tenant and p.id = r.plan"
                                + " where r.tenant = :tenant and p.body = :body order by case"
                                + " r.state when 'SCHOOL_APPROVED' then 0 else 1 end, r.id desc "
                                + tx.dialect().page())
                .bind("tenant", tenant.value())
                .bind("body", body.value())
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> request(row))
                .list();
    }

    long countOfBody(Tx tx, TenantId tenant, OrganisationId body) {
        return tx.query(
                        """
                        select count(*) from candidate_request r
                        join exam_plan p on p.tenant = r.tenant and p.id = r.plan
                        where r.tenant = :tenant and p.body = :body
                        """)
                .bind("tenant", tenant.value())
                .bind("body", body.value())
                .mapTo(Long.class)
                .one();
    }

    private static CandidateRequest request(ResultSet row) throws SQLException {
        Wish wish =
                row.getString("kind").equals("CORRECTION")
                        ? new Wish.Correction(
                                CandidateField.valueOf(row.getString("field")),
                                row.getString("wanted"))
                        : new Wish.Accommodation(
                                new PlanId(row.getLong("plan")),
                                row.getInt("extra_minutes"),
                                row.getBoolean("accessible"));
        return new CandidateRequest(
                new TenantId(row.getLong("tenant")),
                row.getLong("id"),
                new CandidateId(row.getLong("candidate")),
                new OrganisationId(row.getLong("school")),
                wish,
                row.getString("statement"),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                CandidateRequest.State.valueOf(row.getString("state")),
                step(row.getString("school_login"), row.getLong("school_ms")),
                step(row.getString("body_login"), row.getLong("body_ms")),
                row.getString("reason"),
                row.getString("file_name"));
    }

    private static Optional<Step> step(String login, long at) {
        return login.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step(login, Instant.ofEpochMilli(at)));
    }
}
