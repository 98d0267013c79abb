package io.invigil.hub.attempt;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;

/** SQL of what the rooms recorded. Zero stands for "no time" in time columns. Stateless. */
final class AttemptStore {
    /** Facts of one sitting read at once; a sitting has a few dozen. */
    static final int EVENTS_MAX = 5_000;

    /** A fact about a sitting. */
    @SuppressWarnings("ArrayRecordComponent")
    record Event(LedgerPlace place, String kind, byte[] body, long sitting) {
        static Event of(IngestedFact fact, long sitting) {
            return new Event(LedgerPlace.of(fact), fact.type(), fact.json(), sitting);
        }
    }

    /** A saved answer and its response as it was written. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(
            IngestedFact fact, StampedFact stamped, RoomFact.AnswerSaved answer, byte[] response) {}

    void addEvents(Tx tx, List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                tx.batch(
                        tx.dialect()
                                .insertIfAbsent(
                                        "room_event",
                                        List.of("tenant", "node", "epoch", "lane", "seq"),
                                        List.of("position_no", "sitting", "kind", "body")));
        for (Event event : events) {
            LedgerPlace place = event.place();
            batch.bind("tenant", place.tenant().value())
                    .bind("node", place.node())
                    .bind("epoch", place.epoch())
                    .bind("lane", place.lane())
                    .bind("seq", place.seq())
                    .bind("position_no", place.position())
                    .bind("sitting", event.sitting())
                    .bind("kind", event.kind())
                    .bind("body", event.body())
                    .add();
        }
        batch.execute();
    }

    void addAnswers(Tx tx, List<Answer> answers) {
        if (answers.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                tx.batch(
                        tx.dialect()
                                .insertIfAbsent(
                                        "answer_revision",
                                        List.of(
                                                "tenant",
                                                "sitting",
                                                "item",
                                                "revision",
                                                "node",
                                                "epoch",
                                                "seq"),
                                        List.of("position_no", "op", "response", "at_ms")));
        for (Answer row : answers) {
            IngestedFact fact = row.fact();
            batch.bind("tenant", fact.tenant().value())
                    .bind("sitting", row.answer().sitting())
                    .bind("item", row.answer().item())
                    .bind("revision", row.answer().revision())
                    .bind("node", fact.node().value())
                    .bind("epoch", fact.epoch().hex())
                    .bind("seq", fact.seq())
                    .bind("position_no", fact.position())
                    .bind("op", row.answer().op())
                    .bind("response", row.response())
                    .bind("at_ms", row.stamped().stamp().at())
                    .add();
        }
        batch.execute();
    }

    List<RoomEvent> eventsOfSitting(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        """
                        select node, epoch, position_no, body from room_event
                        where tenant = :tenant and sitting = :sitting
                        order by node, position_no
                        """
                                + tx.dialect().page())
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .bind("offset", 0)
                .bind("limit", EVENTS_MAX)
                .map(
                        (row, context) ->
                                new RoomEvent(
                                        row.getString("node"),
                                        row.getString("epoch"),
                                        row.getLong("position_no"),
                                        StampedFact.parse(row.getBytes("body")).orElseThrow()))
                .list();
    }

    void put(Tx tx, TenantId tenant, Attempt attempt) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "attempt",
                                        List.of("tenant", "sitting"),
                                        List.of(
                                                "node",
                                                "attendance",
                                                "check_in_way",
                                                "started_ms",
                                                "paper",
                                                "allowed_ms",
                                                "granted_ms",
                                                "hand_in_cause",
                                                "handed_in_ms",
                                                "answered",
                                                "answers_digest",
                                                "provisional_score",
                                                "provisional_maximum",
                                                "incidents")))
                .bind("tenant", tenant.value())
                .bind("sitting", attempt.sitting())
                .bind("node", attempt.node())
                .bind("attendance", attempt.attendance().name())
                .bind("check_in_way", attempt.checkInWay())
                .bind("started_ms", attempt.startedAt().map(Instant::toEpochMilli).orElse(0L))
                .bind("paper", attempt.paper())
                .bind("allowed_ms", attempt.allowed().toMillis())
                .bind("granted_ms", attempt.granted().toMillis())
                .bind("hand_in_cause", attempt.handIn().map(h -> h.cause().name()).orElse(""))
                .bind("handed_in_ms", attempt.handIn().map(h -> h.at().toEpochMilli()).orElse(0L))
                .bind("answered", attempt.handIn().map(Attempt.HandIn::answered).orElse(0))
                .bind(
                        "answers_digest",
                        attempt.handIn().map(Attempt.HandIn::answersDigest).orElse(""))
                .bind(
                        "provisional_score",
                        attempt.provisional().map(p -> p.score().toPlainString()).orElse(""))
                .bind(
                        "provisional_maximum",
                        attempt.provisional().map(p -> p.maximum().toPlainString()).orElse(""))
                .bind("incidents", attempt.incidents())
                .execute();
    }

    Optional<Attempt> find(Tx tx, TenantId tenant, long sitting) {
        return tx.query("select * from attempt where tenant = :tenant and sitting = :sitting")
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .map((row, context) -> attempt(row))
                .findOne();
    }

    List<Long> numbers(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        """
                        select sitting from attempt
                        where tenant = :tenant and of_sitting = :sitting order by sitting
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .mapTo(Long.class)
                .list();
    }

    /** All attempts at sittings of a plan. */
    List<Attempt> ofPlan(Tx tx, TenantId tenant, long plan) {
        return tx.query(
                        """
                        select a.* from attempt a join sitting s
                            on s.tenant = a.tenant and s.id = a.of_sitting
                        where a.tenant = :tenant and s.plan = :plan
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan)
                .map((row, context) -> attempt(row))
                .list();
    }

    /** Every revision of every answer of a sitting, by item and revision. */
    List<AnswerRevision> answers(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        """
                        select sitting, item, revision, node, epoch, position_no, op, response,
                            at_ms
                        from answer_revision where tenant = :tenant and sitting = :sitting
                        order by item, revision, position_no, node, epoch
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .map((row, context) -> answer(row))
                .list();
    }

    private static AnswerRevision answer(ResultSet row) throws SQLException {
        return new AnswerRevision(
                row.getLong("sitting"),
                row.getString("item"),
                row.getLong("revision"),
                row.getString("node"),
                row.getString("epoch"),
                row.getLong("position_no"),
                row.getString("op"),
                row.getBytes("response"),
                Instant.ofEpochMilli(row.getLong("at_ms")));
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        String cause = row.getString("hand_in_cause");
        String score = row.getString("provisional_score");
        long started = row.getLong("started_ms");
        Optional<Attempt.HandIn> handIn =
                cause.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Attempt.HandIn(
                                        HandInCause.valueOf(cause),
                                        Instant.ofEpochMilli(row.getLong("handed_in_ms")),
                                        row.getInt("answered"),
                                        row.getString("answers_digest")));
        Optional<Attempt.Provisional> provisional =
                score.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Attempt.Provisional(
                                        new BigDecimal(score),
                                        new BigDecimal(row.getString("provisional_maximum"))));
        return new Attempt(
                row.getLong("sitting"),
                row.getString("node"),
                Attempt.Attendance.valueOf(row.getString("attendance")),
                row.getString("check_in_way"),
                started == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(started)),
                row.getString("paper"),
                Duration.ofMillis(row.getLong("allowed_ms")),
                Duration.ofMillis(row.getLong("granted_ms")),
                handIn,
                provisional,
                row.getInt("incidents"));
    }
}
