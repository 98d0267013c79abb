package io.invigil.hub.centreword;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.CentreWord;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.fact.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of the centre's words. Stateless. */
final class CentreWordStore {
    private static final String TO_NODE =
            """
            select w.word, w.text, w.speaker, w.at_ms, r.exam, e.node, n.seal_key
            from centre_word_room r
            join centre_word w on w.tenant = r.tenant and w.word = r.word
            join exam_package e on e.tenant = r.tenant and e.exam = r.exam
            join fleet_node n on n.tenant = e.tenant and n.node = e.node
            where r.tenant = :tenant and r.received_ms = 0 and r.until_ms > :now
                and n.revoked_ms = 0
            """;

    /** Words with the node that they go to. */
    record Outgoing(NodeId node, SealPublicKey key, CentreWord word) {}

    /** A room's line with what decides who may see it. */
    record Line(String word, PlanId plan, SiteId site, SentWord.Room room) {}

    /** Words without their rooms. */
    record Text(String word, String text, String login, Instant at) {}

    void add(Tx tx, TenantId tenant, CentreWord first, String login) {
        tx.update(
                        """
                        insert into centre_word (tenant, word, text, speaker, login, at_ms)
                        values (:tenant, :word, :text, :speaker, :login, :at)
                        """)
                .bind("tenant", tenant.value())
                .bind("word", first.word())
                .bind("text", first.text())
                .bind("speaker", first.from())
                .bind("login", login)
                .bind("at", first.sentMillis())
                .execute();
    }

    void addRoom(Tx tx, TenantId tenant, String word, String exam, Instant until) {
        tx.update(
                        """
                        insert into centre_word_room (tenant, word, exam, sent_ms, until_ms,
                            received_ms, read_ms, read_by)
                        values (:tenant, :word, :exam, 0, :until, 0, 0, '')
                        """)
                .bind("tenant", tenant.value())
                .bind("word", word)
                .bind("exam", exam)
                .bind("until", until.toEpochMilli())
                .execute();
    }

    /** Not received, and not sent since then. */
    List<Outgoing> due(Tx tx, TenantId tenant, Instant now, Instant silentSince, int max) {
        return tx.query(
                        TO_NODE
                                + " and r.sent_ms <= :since order by r.sent_ms, w.at_ms, r.exam"
                                + " fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("now", now.toEpochMilli())
                .bind("since", silentSince.toEpochMilli())
                .bind("max", max)
                .map((row, context) -> outgoing(row))
                .list();
    }

    List<Outgoing> waiting(Tx tx, TenantId tenant, NodeId node, Instant now, int max) {
        return tx.query(
                        TO_NODE
                                + " and e.node = :node order by w.at_ms, r.exam"
                                + " fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("now", now.toEpochMilli())
                .bind("node", node.value())
                .bind("max", max)
                .map((row, context) -> outgoing(row))
                .list();
    }

    private static Outgoing outgoing(ResultSet row) throws SQLException {
        return new Outgoing(
                new NodeId(row.getString("node")),
                SealPublicKey.ofHex(row.getString("seal_key")),
                new CentreWord(
                        row.getString("exam"),
                        row.getString("word"),
                        row.getString("speaker"),
                        row.getLong("at_ms"),
                        row.getString("text")));
    }

    void sent(Tx tx, TenantId tenant, CentreWord word, Instant at) {
        tx.update(
                        """
                        update centre_word_room set sent_ms = :at
                        where tenant = :tenant and word = :word and exam = :exam
                        """)
                .bind("at", at.toEpochMilli())
                .bind("tenant", tenant.value())
                .bind("word", word.word())
                .bind("exam", word.exam())
                .execute();
    }

    /** The node of the exam says that it has the words. */
    void received(Tx tx, IngestedFact fact, String word, String exam) {
        tx.update(
                        """
                        update centre_word_room set received_ms = :at
                        where tenant = :tenant and word = :word and exam = :exam
                            and received_ms = 0 and exam in (
                                select exam from exam_package
                                where tenant = :tenant and node = :node)
                        """)
                .bind("at", fact.storedAt().toEpochMilli())
                .bind("tenant", fact.tenant().value())
                .bind("node", fact.node().value())
                .bind("word", word)
                .bind("exam", exam)
                .execute();
    }

    /** A proctor there has read them; the time is the room's. */
    void read(Tx tx, IngestedFact fact, String word, String exam, String by, long atMillis) {
        received(tx, fact, word, exam);
        tx.update(
                        """
                        update centre_word_room set read_ms = :at, read_by = :by
                        where tenant = :tenant and word = :word and exam = :exam and read_ms = 0
                            and exam in (
                                select exam from exam_package
                                where tenant = :tenant and node = :node)
                        """)
                .bind("at", atMillis)
                .bind("by", by)
                .bind("tenant", fact.tenant().value())
                .bind("node", fact.node().value())
                .bind("word", word)
                .bind("exam", exam)
                .execute();
    }

    /** The newest first. */
    List<Text> recent(Tx tx, TenantId tenant, int max) {
        return tx.query(
                        """
                        select word, text, login, at_ms from centre_word where tenant = :tenant
                        order by at_ms desc, word fetch first :max rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("max", max)
                .map(
                        (row, context) ->
                                new Text(
                                        row.getString("word"),
                                        row.getString("text"),
                                        row.getString("login"),
                                        Instant.ofEpochMilli(row.getLong("at_ms"))))
                .list();
    }

    /** Rooms of one word, with the names of the rooms that sit there. */
    List<Line> lines(Tx tx, TenantId tenant, String word) {
        return tx.query(
                        """
                        select r.word, r.exam, r.sent_ms, r.received_ms, r.read_ms, r.read_by,
                            e.plan, e.site, s.name as site_name, n.rooms
                        from centre_word_room r
                        join exam_package e on e.tenant = r.tenant and e.exam = r.exam
                        join site s on s.tenant = e.tenant and s.id = e.site
                        join fleet_node n on n.tenant = e.tenant and n.node = e.node
                        where r.tenant = :tenant and r.word = :word
                        order by s.name, r.exam
                        """)
                .bind("tenant", tenant.value())
                .bind("word", word)
                .map((row, context) -> line(row))
                .list();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString("word"),
                new PlanId(row.getLong("plan")),
                new SiteId(row.getLong("site")),
                new SentWord.Room(
                        row.getString("exam"),
                        row.getString("site_name"),
                        row.getString("rooms").replace("\n", "、"),
                        instant(row, "sent_ms"),
                        instant(row, "received_ms"),
                        instant(row, "read_ms"),
                        row.getString("read_by")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
