package io.invigil.hub.examday;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.hub.ingest.IngestedFact;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;

/** SQL that keeps what rooms told. Stateless. */
final class RoomDayStore {
    private static final List<String> CASE_COLUMNS =
            List.of(
                    "exam",
                    "sitting",
                    "kind",
                    "statement",
                    "opened_by",
                    "opened_ms",
                    "due_ms",
                    "owner",
                    "owner_position",
                    "outcome",
                    "note",
                    "settled_by",
                    "settled_ms");

    /** The highest position of the node's ledger is the phase now. */
    void phase(
            Tx tx, IngestedFact fact, String exam, RoomPhase phase, long position, long atMillis) {
        keyed(
                        tx,
                        fact,
                        tx.dialect()
                                .insertIfAbsent(
                                        "room_phase",
                                        List.of("tenant", "node", "exam"),
                                        List.of("phase", "position_no", "at_ms")))
                .bind("exam", exam)
                .bind("phase", phase.name())
                .bind("position_no", position)
                .bind("at_ms", atMillis)
                .execute();
        keyed(
                        tx,
                        fact,
                        """
                        update room_phase set phase = :phase, position_no = :position, at_ms = :at
                        where tenant = :tenant and node = :node and exam = :exam
                            and position_no < :position
                        """)
                .bind("exam", exam)
                .bind("phase", phase.name())
                .bind("position", position)
                .bind("at", atMillis)
                .execute();
    }

    void opened(Tx tx, IngestedFact fact, ProctorFact.CaseOpened opened, FactStamp stamp) {
        begin(tx, fact, opened.exam(), opened.caseId(), sitting(opened.sitting()));
        keyed(
                        tx,
                        fact,
                        """
                        update room_case set kind = :kind, statement = :statement, opened_by = :by,
                            opened_ms = :at, due_ms = :due
                        where tenant = :tenant and node = :node and case_id = :id
                        """)
                .bind("id", opened.caseId())
                .bind("kind", opened.kind().name())
                .bind("statement", opened.statement())
                .bind("by", stamp.by())
                .bind("at", stamp.at())
                .bind("due", stamp.at() + opened.dueMillis())
                .execute();
        owner(tx, fact, opened.caseId(), opened.owner().name(), 0);
    }

    void passedOn(Tx tx, IngestedFact fact, ProctorFact.CasePassedOn passed, long position) {
        begin(tx, fact, passed.exam(), passed.caseId(), sitting(passed.sitting()));
        owner(tx, fact, passed.caseId(), passed.owner().name(), position);
    }

    private static void owner(Tx tx, IngestedFact fact, String id, String owner, long position) {
        keyed(
                        tx,
                        fact,
                        """
                        update room_case set owner = :owner, owner_position = :position
                        where tenant = :tenant and node = :node and case_id = :id
                            and owner_position <= :position
                        """)
                .bind("id", id)
                .bind("owner", owner)
                .bind("position", position)
                .execute();
    }

    void settled(Tx tx, IngestedFact fact, ProctorFact.CaseSettled settled, FactStamp stamp) {
        begin(tx, fact, settled.exam(), settled.caseId(), sitting(settled.sitting()));
        keyed(
                        tx,
                        fact,
                        """
                        update room_case set outcome = :outcome, note = :note, settled_by = :by,
                            settled_ms = :at
                        where tenant = :tenant and node = :node and case_id = :id
                        """)
                .bind("id", settled.caseId())
                .bind("outcome", settled.outcome().name())
                .bind("note", settled.note())
                .bind("by", stamp.by())
                .bind("at", stamp.at())
                .execute();
    }

    /** A case of which nothing but its id is known, unless more is. */
    private static void begin(Tx tx, IngestedFact fact, String exam, String id, long sitting) {
        Update row =
                keyed(
                        tx,
                        fact,
                        tx.dialect()
                                .insertIfAbsent(
                                        "room_case",
                                        List.of("tenant", "node", "case_id"),
                                        CASE_COLUMNS));
        for (String text : List.of("kind", "statement", "opened_by", "owner", "outcome", "note")) {
            row.bind(text, "");
        }
        for (String number : List.of("opened_ms", "due_ms", "owner_position", "settled_ms")) {
            row.bind(number, 0L);
        }
        row.bind("settled_by", "")
                .bind("case_id", id)
                .bind("exam", exam)
                .bind("sitting", sitting)
                .execute();
    }

    void incident(Tx tx, IngestedFact fact, RoomFact.IncidentReported reported, FactStamp stamp) {
        keyed(
                        tx,
                        fact,
                        tx.dialect()
                                .insertIfAbsent(
                                        "room_incident",
                                        List.of("tenant", "node", "incident"),
                                        List.of(
                                                "exam",
                                                "sitting",
                                                "category",
                                                "statement",
                                                "reported_by",
                                                "at_ms")))
                .bind("incident", reported.incident())
                .bind("exam", reported.exam())
                .bind("sitting", sitting(reported.sitting()))
                .bind("category", reported.category())
                .bind("statement", reported.statement())
                .bind("reported_by", stamp.by())
                .bind("at_ms", stamp.at())
                .execute();
    }

    /** Of whichever attempt; 0 for the whole room. */
    private static long sitting(Optional<Long> attempt) {
        return attempt.map(AttemptKey::sittingOf).orElse(0L);
    }

    private static Update keyed(Tx tx, IngestedFact fact, String sql) {
        return tx.update(sql)
                .bind("tenant", fact.tenant().value())
                .bind("node", fact.node().value());
    }
}
