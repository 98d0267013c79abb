package io.invigil.hub.paper;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.Paper;
import io.invigil.exam.paper.PaperCodec;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of papers, their pictures and assignments. Stateless. */
final class PaperStore {
    /** Stands for every slot in {@code paper_assignment}. */
    private static final long EVERY_SLOT = 0;

    private static final String COLUMNS =
            """
            p.tenant, p.id, p.subject, p.title, p.qti_version, p.file_name, p.file_sha256,
            p.items, p.full_mark, p.text_mark, p.login, p.at_ms
            """;

    void add(Tx tx, PaperVersion version, Paper paper, AnswerKey key) {
        tx.update(
                        """
                        insert into paper (tenant, id, subject, title, qti_version, file_name,
                            file_sha256, items, full_mark, text_mark, content, answer_key, login,
                            at_ms)
                        values (:tenant, :id, :subject, :title, :version, :file, :sha256, :items,
                            :full, :text, :content, :key, :login, :at)
                        """)
                .bind("tenant", version.tenant().value())
                .bind("id", version.id().value())
                .bind("subject", version.subject().value())
                .bind("title", version.title())
                .bind("version", version.qtiVersion())
                .bind("file", version.fileName())
                .bind("sha256", version.fileSha256())
                .bind("items", version.items())
                .bind("full", version.fullMark())
                .bind("text", version.textMark())
                .bind("content", PaperCodec.encode(paper))
                .bind("key", PaperCodec.encodeKey(key))
                .bind("login", version.login())
                .bind("at", version.at().toEpochMilli())
                .execute();
    }

    void addPicture(Tx tx, PaperVersion version, Paper.Asset asset, byte[] content) {
        tx.update(
                        """
                        insert into paper_asset (tenant, paper, name, media_type, content)
                        values (:tenant, :paper, :name, :type, :content)
                        """)
                .bind("tenant", version.tenant().value())
                .bind("paper", version.id().value())
                .bind("name", asset.name())
                .bind("type", asset.mediaType())
                .bind("content", content)
                .execute();
    }

    boolean isThere(Tx tx, TenantId tenant, SubjectId subject, String fileSha256) {
        return tx.query(
                                """
                                select count(*) from paper where tenant = :tenant
                                    and subject = :subject and file_sha256 = :sha256
                                """)
                        .bind("tenant", tenant.value())
                        .bind("subject", subject.value())
                        .bind("sha256", fileSha256)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    void assign(Tx tx, PaperVersion version, Optional<SlotId> slot, String login, long at) {
        long number = slot.map(SlotId::value).orElse(EVERY_SLOT);
        assign(tx, version, version.subject(), number, login, at);
    }

    /** Assigns it to the slot of a class session, whose subject is another. */
    void assign(
            Tx tx, PaperVersion version, SubjectId subject, SlotId slot, String login, long at) {
        assign(tx, version, subject, slot.value(), login, at);
    }

    private static void assign(
            Tx tx, PaperVersion version, SubjectId subject, long slot, String login, long at) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "paper_assignment",
                                        List.of("tenant", "subject", "slot"),
                                        List.of("paper", "login", "at_ms")))
                .bind("tenant", version.tenant().value())
                .bind("subject", subject.value())
                .bind("slot", slot)
                .bind("paper", version.id().value())
                .bind("login", login)
                .bind("at_ms", at)
                .execute();
    }

    /** Whether an exam of its own subject is sat with it. */
    boolean isAssigned(Tx tx, PaperVersion version) {
        return assignments(tx, version, "=") > 0;
    }

    /** Whether a class was or is to be tested with it. */
    boolean isUsedInClass(Tx tx, PaperVersion version) {
        return assignments(tx, version, "<>") > 0;
    }

    private static long assignments(Tx tx, PaperVersion version, String compared) {
        return tx.query(
                        "select count(*) from paper_assignment where tenant = :tenant"
                                + " and paper = :paper and subject "
                                + compared
                                + " :subject")
                .bind("tenant", version.tenant().value())
                .bind("paper", version.id().value())
                .bind("subject", version.subject().value())
                .mapTo(Long.class)
                .one();
    }

    Optional<PaperVersion> assigned(
            Tx tx, TenantId tenant, SubjectId subject, Optional<SlotId> slot) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                from paper p join paper_assignment a
                                    on a.tenant = p.tenant and a.paper = p.id
                                where a.tenant = :tenant and a.subject = :subject
                                    and a.slot = :slot
                                """)
                .bind("tenant", tenant.value())
                .bind("subject", subject.value())
                .bind("slot", slot.map(SlotId::value).orElse(EVERY_SLOT))
                .map((row, context) -> version(row))
                .findOne();
    }

    Optional<PaperVersion> find(Tx tx, TenantId tenant, PaperId id) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from paper p where p.tenant = :tenant and p.id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> version(row))
                .findOne();
    }

    List<PaperVersion> ofSubject(Tx tx, TenantId tenant, SubjectId subject, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                from paper p where p.tenant = :tenant and p.subject = :subject
                                order by p.id desc
                                """
                                + tx.dialect().page())
                .bind("tenant", tenant.value())
                .bind("subject", subject.value())
                .bind("offset", 0)
                .bind("limit", limit)
                .map((row, context) -> version(row))
                .list();
    }

    Optional<PaperContent> content(Tx tx, TenantId tenant, PaperId id) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                , p.content, p.answer_key from paper p
                                where p.tenant = :tenant and p.id = :id
                                """)
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map(
                        (row, context) ->
                                new PaperContent(
                                        version(row),
                                        PaperCodec.decode(row.getBytes("content"))
                                                .orElseThrow(() -> new StoredPaperDamaged(id)),
                                        PaperCodec.decodeKey(row.getBytes("answer_key"))
                                                .orElseThrow(() -> new StoredPaperDamaged(id))))
                .findOne();
    }

    Map<String, byte[]> pictures(Tx tx, TenantId tenant, PaperId id) {
        Map<String, byte[]> pictures = new HashMap<>();
        tx.query(
                        """
                        select name, content from paper_asset
                        where tenant = :tenant and paper = :paper
                        """)
                .bind("tenant", tenant.value())
                .bind("paper", id.value())
                .map((row, context) -> Map.entry(row.getString("name"), row.getBytes("content")))
                .forEach(entry -> pictures.put(entry.getKey(), entry.getValue()));
        return pictures;
    }

    Optional<Papers.Picture> picture(Tx tx, TenantId tenant, PaperId id, String name) {
        return tx.query(
                        """
                        select media_type, content from paper_asset
                        where tenant = :tenant and paper = :paper and name = :name
                        """)
                .bind("tenant", tenant.value())
                .bind("paper", id.value())
                .bind("name", name)
                .map(
                        (row, context) ->
                                new Papers.Picture(
                                        row.getString("media_type"), row.getBytes("content")))
                .findOne();
    }

    private static PaperVersion version(ResultSet row) throws SQLException {
        return new PaperVersion(
                new TenantId(row.getLong("tenant")),
                new PaperId(row.getLong("id")),
                new SubjectId(row.getLong("subject")),
                row.getString("title"),
                row.getString("qti_version"),
                row.getString("file_name"),
                row.getString("file_sha256"),
                row.getInt("items"),
                row.getBigDecimal("full_mark"),
                row.getBigDecimal("text_mark"),
                row.getString("login"),
                Instant.ofEpochMilli(row.getLong("at_ms")));
    }

    /** A stored paper or key no longer decodes. */
    static final class StoredPaperDamaged extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        StoredPaperDamaged(PaperId id) {
            super("paper " + id.name() + " does not decode");
        }
    }
}
