package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.manifest.Part;
import io.invigil.protocol.manifest.PartKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SQL of packages and their parts. Stateless. */
final class PackageStore {
    private static final String COLUMNS =
            """
            select exam, plan, slot, site, node, starts_ms, ends_ms, version, digest, sittings,
                published_ms, published_by, fetched_version, active_version, release_ms, sent_ms,
                opened_ms, opened_how
            from exam_package where tenant = :tenant
            """;

    /** A part with the digest of what was sealed in it. */
    record PartRow(Part part, Digest source) {}

    /** Holds the package's row, if there is one, until the transaction ends. */
    void lock(Tx tx, TenantId tenant, String exam) {
        tx.lockRows("exam_package", Map.of("tenant", tenant.value(), "exam", exam));
    }

    Optional<ExamPackage> find(Tx tx, TenantId tenant, String exam) {
        return tx.query(COLUMNS + " and exam = :exam")
                .bind("tenant", tenant.value())
                .bind("exam", exam)
                .map((row, context) -> row(row))
                .findOne();
    }

    List<ExamPackage> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return tx.query(COLUMNS + " and plan = :plan order by starts_ms, exam")
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> row(row))
                .list();
    }

    List<ExamPackage> ofNode(Tx tx, TenantId tenant, NodeId node) {
        return tx.query(COLUMNS + " and node = :node order by starts_ms, exam")
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .map((row, context) -> row(row))
                .list();
    }

    Set<String> examsOf(Tx tx, TenantId tenant, NodeId node) {
        return new HashSet<>(
                tx.query("select exam from exam_package where tenant = :tenant and node = :node")
                        .bind("tenant", tenant.value())
                        .bind("node", node.value())
                        .mapTo(String.class)
                        .list());
    }

    /** Packages not yet opened whose slot is not over and whose release time has come. */
    List<ExamPackage> releasable(Tx tx, TenantId tenant, Instant now) {
        return tx.query(
                        COLUMNS
                                + """
                                and opened_ms = 0 and release_ms <= :now and ends_ms > :now
                                order by starts_ms, exam
                                """)
                .bind("tenant", tenant.value())
                .bind("now", now)
                .map((row, context) -> row(row))
                .list();
    }

    Optional<byte[]> manifest(Tx tx, TenantId tenant, String exam) {
        return bytes(tx, tenant, exam, "manifest");
    }

    Optional<byte[]> secrets(Tx tx, TenantId tenant, String exam) {
        return bytes(tx, tenant, exam, "secrets");
    }

    private static Optional<byte[]> bytes(Tx tx, TenantId tenant, String exam, String column) {
        return tx.query(
                        "select "
                                + column
                                + " as content from exam_package where tenant = :tenant"
                                + " and exam = :exam")
                .bind("tenant", tenant.value())
                .bind("exam", exam)
                .map((row, context) -> row.getBytes("content"))
                .findOne();
    }

    Map<String, PartRow> parts(Tx tx, TenantId tenant, String exam) {
        Map<String, PartRow> parts = new HashMap<>();
        tx.query(
                        """
                        select name, kind, sha256, bytes, source from exam_package_part
                        where tenant = :tenant and exam = :exam
                        """)
                .bind("tenant", tenant.value())
                .bind("exam", exam)
                .map(
                        (row, context) ->
                                new PartRow(
                                        new Part(
                                                row.getString("name"),
                                                PartKind.valueOf(row.getString("kind")),
                                                row.getString("sha256"),
                                                row.getLong("bytes")),
                                        Digest.ofHex(row.getString("source"))))
                .forEach(part -> parts.put(part.part().name(), part));
        return parts;
    }

    /** Whether a published package of this node has a part of these bytes. */
    boolean mayFetch(Tx tx, TenantId tenant, NodeId node, Digest part) {
        return tx.query(
                                """
                                select count(*) from exam_package_part p
                                join exam_package e on e.tenant = p.tenant and e.exam = p.exam
                                where p.tenant = :tenant and p.sha256 = :sha and e.node = :node
                                """)
                        .bind("tenant", tenant.value())
                        .bind("sha", part)
                        .bind("node", node.value())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Adds the first version, or replaces the version before. */
    void save(Tx tx, TenantId tenant, ExamPackage saved, byte[] secrets, byte[] manifest) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "exam_package",
                                        List.of("tenant", "exam"),
                                        List.of(
                                                "plan",
                                                "slot",
                                                "site",
                                                "node",
                                                "starts_ms",
                                                "ends_ms",
                                                "secrets",
                                                "version",
                                                "digest",
                                                "manifest",
                                                "sittings",
                                                "published_ms",
                                                "published_by",
                                                "fetched_version",
                                                "active_version",
                                                "release_ms",
                                                "sent_ms",
                                                "opened_ms",
                                                "opened_how")))
                .bind("tenant", tenant.value())
                .bind("exam", saved.exam())
                .bind("plan", saved.plan().value())
                .bind("slot", saved.slot().value())
                .bind("site", saved.site().value())
                .bind("node", saved.node().value())
                .bind("starts_ms", saved.startsAt())
                .bind("ends_ms", saved.endsAt())
                .bind("secrets", secrets)
                .bind("version", saved.version())
                .bind("digest", saved.digest())
                .bind("manifest", manifest)
                .bind("sittings", saved.sittings())
                .bind("published_ms", saved.publishedAt())
                .bind("published_by", saved.publishedBy())
                .bind("fetched_version", saved.fetchedVersion())
                .bind("active_version", saved.activeVersion())
                .bind("release_ms", saved.releaseAt())
                .bind("sent_ms", millis(saved.sentAt()))
                .bind("opened_ms", millis(saved.openedAt()))
                .bind("opened_how", saved.openedHow())
                .execute();
    }

    void saveParts(Tx tx, TenantId tenant, String exam, List<PartRow> parts) {
        tx.update("delete from exam_package_part where tenant = :tenant and exam = :exam")
                .bind("tenant", tenant.value())
                .bind("exam", exam)
                .execute();
        var batch =
                tx.batch(
                        """
                        insert into exam_package_part (tenant, exam, name, kind, sha256, bytes,
                            source)
                        values (:tenant, :exam, :name, :kind, :sha256, :bytes, :source)
                        """);
        for (PartRow row : parts) {
            batch.bind("tenant", tenant.value())
                    .bind("exam", exam)
                    .bind("name", row.part().name())
                    .bind("kind", row.part().kind().name())
                    .bind("sha256", row.part().sha256())
                    .bind("bytes", row.part().bytes())
                    .bind("source", row.source())
                    .add();
        }
        batch.execute();
    }

    void fetched(Tx tx, TenantId tenant, String exam, long version) {
        raise(tx, tenant, exam, "fetched_version", version);
    }

    void active(Tx tx, TenantId tenant, String exam, long version) {
        raise(tx, tenant, exam, "active_version", version);
    }

    private static void raise(Tx tx, TenantId tenant, String exam, String column, long version) {
        tx.update(
                        "update exam_package set "
                                + column
                                + " = :version where tenant = :tenant and exam = :exam and "
                                + column
                                + " < :version")
                .bind("version", version)
                .bind("tenant", tenant.value())
                .bind("exam", exam)
                .execute();
    }

    void opened(Tx tx, TenantId tenant, String exam, Instant at, String how) {
        tx.update(
                        """
                        update exam_package set opened_ms = :at, opened_how = :how
                        where tenant = :tenant and exam = :exam and opened_ms = 0
                        """)
                .bind("at", at)
                .bind("how", how)
                .bind("tenant", tenant.value())
                .bind("exam", exam)
                .execute();
    }

    void sent(Tx tx, TenantId tenant, String exam, Instant at) {
        set(tx, tenant, exam, "sent_ms", at);
    }

    void releaseAt(Tx tx, TenantId tenant, String exam, Instant at) {
        set(tx, tenant, exam, "release_ms", at);
    }

    private static void set(Tx tx, TenantId tenant, String exam, String column, Instant at) {
        tx.update(
                        "update exam_package set "
                                + column
                                + " = :at where tenant = :tenant and exam = :exam")
                .bind("at", at)
                .bind("tenant", tenant.value())
                .bind("exam", exam)
                .execute();
    }

    private static long millis(Optional<Instant> instant) {
        return instant.map(Instant::toEpochMilli).orElse(0L);
    }

    private static Optional<Instant> instant(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static ExamPackage row(ResultSet row) throws SQLException {
        return new ExamPackage(
                row.getString("exam"),
                new PlanId(row.getLong("plan")),
                new SlotId(row.getLong("slot")),
                new SiteId(row.getLong("site")),
                new NodeId(row.getString("node")),
                Instant.ofEpochMilli(row.getLong("starts_ms")),
                Instant.ofEpochMilli(row.getLong("ends_ms")),
                row.getLong("version"),
                Digest.ofHex(row.getString("digest")),
                row.getInt("sittings"),
                Instant.ofEpochMilli(row.getLong("published_ms")),
                row.getString("published_by"),
                row.getLong("fetched_version"),
                row.getLong("active_version"),
                Instant.ofEpochMilli(row.getLong("release_ms")),
                instant(row.getLong("sent_ms")),
                instant(row.getLong("opened_ms")),
                row.getString("opened_how"));
    }
}
