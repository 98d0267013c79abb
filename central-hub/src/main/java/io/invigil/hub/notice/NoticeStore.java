package io.invigil.hub.notice;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.message.Message;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Tables {@code candidate_notice} and {@code candidate_notice_to}. Stateless. */
final class NoticeStore {
    private static final int BATCH_ROWS = 1_000;
    private static final String SELECT =
            """
            select n.tenant, n.id, n.organisation, n.login, n.at_ms, n.title, n.body, n.audience,
                n.recipients
            from candidate_notice n
            """;

    void add(Tx tx, Notice added, Map<CandidateId, Long> messages) {
        tx.update(
                        """
                        insert into candidate_notice (tenant, id, organisation, login, at_ms,
                            title, body, audience, recipients)
                        values (:tenant, :id, :organisation, :login, :at, :title, :body,
                            :audience, :recipients)
                        """)
                .bind("tenant", added.tenant().value())
                .bind("id", added.id())
                .bind("organisation", added.organisation().value())
                .bind("login", added.login())
                .bind("at", added.at())
                .bind("title", added.title())
                .bind("body", added.body())
                .bind("audience", added.audience().name())
                .bind("recipients", added.recipients())
                .execute();
        List<Map.Entry<CandidateId, Long>> all = List.copyOf(messages.entrySet());
        for (int from = 0; from < all.size(); from += BATCH_ROWS) {
            PreparedBatch batch =
                    tx.batch(
                            """
                            insert into candidate_notice_to (tenant, notice, candidate, read_ms,
                                message)
                            values (:tenant, :notice, :candidate, 0, :message)
                            """);
            for (var one : all.subList(from, Math.min(all.size(), from + BATCH_ROWS))) {
                batch.bind("tenant", added.tenant().value())
                        .bind("notice", added.id())
                        .bind("candidate", one.getKey().value())
                        .bind("message", one.getValue())
                        .add();
            }
            batch.execute();
        }
    }

    /** An organisation's, newest first. */
    List<Notice> of(Tx tx, TenantId tenant, OrganisationId organisation, int offset, int limit) {
        return tx.query(
                        SELECT
                                + " where n.tenant = :tenant and n.organisation = :organisation"
                                + " order by n.id desc "
                                + tx.dialect().page())
                .bind("tenant", tenant.value())
                .bind("organisation", organisation.value())
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> notice(row))
                .list();
    }

    long count(Tx tx, TenantId tenant, OrganisationId organisation) {
        return tx.query(
                        "select count(*) from candidate_notice"
                                + " where tenant = :tenant and organisation = :organisation")
                .bind("tenant", tenant.value())
                .bind("organisation", organisation.value())
                .mapTo(Long.class)
                .one();
    }

    Optional<Notice> find(Tx tx, TenantId tenant, long id) {
        return tx.query(SELECT + " where n.tenant = :tenant and n.id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, context) -> notice(row))
                .findOne();
    }

    /** One page of deliveries, unread ones first, by name. */
    List<NoticeDelivery> deliveries(Tx tx, Notice notice, int offset, int limit) {
        return tx.query(
                        """
                        select t.candidate, c.name, c.number, t.read_ms, m.state as message_state
                        from candidate_notice_to t
                        join candidate c on c.tenant = t.tenant and c.id = t.candidate
                        left join outbox_message m on m.tenant = t.tenant and m.id = t.message
                        where t.tenant = :tenant and t.notice = :notice
                        order by case t.read_ms when 0 then 0 else 1 end, c.name, c.id
                        """
                                + tx.dialect().page())
                .bind("tenant", notice.tenant().value())
                .bind("notice", notice.id())
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> delivery(row))
                .list();
    }

    private static NoticeDelivery delivery(ResultSet row) throws SQLException {
        long read = row.getLong("read_ms");
        String state = row.getString("message_state");
        return new NoticeDelivery(
                row.getLong("candidate"),
                row.getString("name"),
                row.getString("number"),
                read == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(read)),
                Optional.ofNullable(state).map(Message.State::valueOf));
    }

    long read(Tx tx, Notice notice) {
        return tx.query(
                        """
                        select count(*) from candidate_notice_to
                        where tenant = :tenant and notice = :notice and read_ms > 0
                        """)
                .bind("tenant", notice.tenant().value())
                .bind("notice", notice.id())
                .mapTo(Long.class)
                .one();
    }

    /** A candidate's, newest first, each with when it was read. */
    List<Notices.Received> received(Tx tx, TenantId tenant, CandidateId candidate) {
        return tx.query(
                        """
                        select n.tenant, n.id, n.organisation, n.login, n.at_ms, n.title, n.body,
                            n.audience, n.recipients, t.read_ms
                        from candidate_notice_to t
                        join candidate_notice n on n.tenant = t.tenant and n.id = t.notice
                        where t.tenant = :tenant and t.candidate = :candidate
                        order by n.id desc
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .map(
                        (row, context) ->
                                new Notices.Received(notice(row), row.getLong("read_ms") > 0))
                .list();
    }

    void markRead(Tx tx, Notice notice, CandidateId candidate, Instant now) {
        tx.update(
                        """
                        update candidate_notice_to set read_ms = :now
                        where tenant = :tenant and notice = :notice and candidate = :candidate
                            and read_ms = 0
                        """)
                .bind("now", now)
                .bind("tenant", notice.tenant().value())
                .bind("notice", notice.id())
                .bind("candidate", candidate.value())
                .execute();
    }

    private static Notice notice(ResultSet row) throws SQLException {
        return new Notice(
                new TenantId(row.getLong("tenant")),
                row.getLong("id"),
                new OrganisationId(row.getLong("organisation")),
                row.getString("login"),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                row.getString("title"),
                row.getString("body"),
                Notice.Audience.valueOf(row.getString("audience")),
                row.getInt("recipients"));
    }
}
