package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import java.time.Instant;
import java.util.List;

/** SQL of approvals and looks at codes. Stateless. */
final class ReleaseStore {
    private static final int LOOKS_MAX = 50;

    List<KeyReleases.Approval> approvals(Tx tx, TenantId tenant, String exam) {
        return tx.query(
                        """
                        select login, at_ms from exam_release_approval
                        where tenant = :tenant and exam = :exam order by at_ms, login
                        """)
                .bind("tenant", tenant.value())
                .bind("exam", exam)
                .map(
                        (row, context) ->
                                new KeyReleases.Approval(
                                        row.getString("login"),
                                        Instant.ofEpochMilli(row.getLong("at_ms"))))
                .list();
    }

    /** False when this person has approved before. */
    boolean approve(Tx tx, TenantId tenant, String exam, String login, Instant at) {
        return tx.update(
                                tx.dialect()
                                        .insertIfAbsent(
                                                "exam_release_approval",
                                                List.of("tenant", "exam", "login"),
                                                List.of("at_ms")))
                        .bind("tenant", tenant.value())
                        .bind("exam", exam)
                        .bind("login", login)
                        .bind("at_ms", at)
                        .execute()
                == 1;
    }

    void looked(Tx tx, TenantId tenant, String exam, String login, Instant at) {
        tx.update(
                        """
                        insert into exam_code_look (tenant, exam, login, at_ms)
                        values (:tenant, :exam, :login, :at)
                        """)
                .bind("tenant", tenant.value())
                .bind("exam", exam)
                .bind("login", login)
                .bind("at", at)
                .execute();
    }

    List<KeyReleases.Approval> looks(Tx tx, TenantId tenant, String exam) {
        return tx.query(
                        """
                        select login, at_ms from exam_code_look
                        where tenant = :tenant and exam = :exam order by id desc
                        offset 0 rows fetch next :limit rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("exam", exam)
                .bind("limit", LOOKS_MAX)
                .map(
                        (row, context) ->
                                new KeyReleases.Approval(
                                        row.getString("login"),
                                        Instant.ofEpochMilli(row.getLong("at_ms"))))
                .list();
    }
}
