package io.invigil.hub.admission;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of reviews. Stateless. */
final class ReviewStore {
    private static final String SELECT =
            """
            select id, item, verdict, reason, proposed_by, proposed_ms, state, decided_by, note,
                decided_ms, outcome
            from bundle_review where tenant = :tenant
            """;

    /** Locks the parked row, so that two proposals cannot cross; false when there is none. */
    boolean lockItem(Tx tx, TenantId tenant, String item) {
        return tx.lockRows("ingest_parked", Map.of("tenant", tenant.value(), "item", item)) == 1;
    }

    long insert(Tx tx, TenantId tenant, BundleReview review) {
        return tx.insert(
                tx.update(
                                """
                                insert into bundle_review (tenant, item, verdict, reason,
                                    proposed_by, proposed_ms, state, decided_by, note, decided_ms,
                                    outcome)
                                values (:tenant, :item, :verdict, :reason, :by, :at, 'OPEN', '',
                                    '', 0, '')
                                """)
                        .bind("tenant", tenant.value())
                        .bind("item", review.item())
                        .bind("verdict", review.verdict().name())
                        .bind("reason", review.reason())
                        .bind("by", review.proposedBy())
                        .bind("at", review.proposedAt()),
                "id");
    }

    void decide(Tx tx, TenantId tenant, BundleReview review) {
        BundleReview.Decision decision = review.decision().orElseThrow();
        tx.update(
                        """
                        update bundle_review set state = :state, decided_by = :by, note = :note,
                            decided_ms = :at, outcome = :outcome
                        where tenant = :tenant and id = :id and state = 'OPEN'
                        """)
                .bind("state", review.state().name())
                .bind("by", decision.by())
                .bind("note", decision.note())
                .bind("at", decision.at())
                .bind("outcome", decision.outcome())
                .bind("tenant", tenant.value())
                .bind("id", review.id())
                .execute();
    }

    /** Reviews of one bundle, the newest first. */
    List<BundleReview> of(Tx tx, TenantId tenant, String item) {
        return tx.query(SELECT + " and item = :item order by id desc")
                .bind("tenant", tenant.value())
                .bind("item", item)
                .map((row, context) -> review(row))
                .list();
    }

    Optional<BundleReview> find(Tx tx, TenantId tenant, long id) {
        return tx.query(SELECT + " and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, context) -> review(row))
                .findOne();
    }

    /** The newest reviews of all bundles, each bundle's last one first. */
    List<BundleReview> newest(Tx tx, TenantId tenant, int limit) {
        return tx.query(SELECT + " order by id desc offset 0 rows fetch next :limit rows only")
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .map((row, context) -> review(row))
                .list();
    }

    private static BundleReview review(ResultSet row) throws SQLException {
        BundleReview.State state = BundleReview.State.valueOf(row.getString("state"));
        Optional<BundleReview.Decision> decision =
                state == BundleReview.State.OPEN
                        ? Optional.empty()
                        : Optional.of(
                                new BundleReview.Decision(
                                        state == BundleReview.State.CONFIRMED,
                                        row.getString("note"),
                                        row.getString("decided_by"),
                                        Instant.ofEpochMilli(row.getLong("decided_ms")),
                                        row.getString("outcome")));
        return new BundleReview(
                row.getLong("id"),
                row.getString("item"),
                Verdict.valueOf(row.getString("verdict")),
                row.getString("reason"),
                row.getString("proposed_by"),
                Instant.ofEpochMilli(row.getLong("proposed_ms")),
                decision);
    }
}
