package io.invigil.hub.message;

import io.invigil.appliance.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Table {@code outbox_message}. Stateless. */
final class MessageStore {
    private static final String SELECT =
            """
            select tenant, id, organisation, kind, channel, recipient, subject, body, state, attempts,
                   created_ms, next_ms, sent_ms, problem
            from outbox_message
            """;

    long add(Tx tx, Message message) {
        return tx.insert(
                tx.update(
                                """
                                insert into outbox_message
                                    (tenant, organisation, kind, channel, recipient, subject, body,
                                     state, attempts, created_ms, next_ms, sent_ms, problem)
                                values (:tenant, :organisation, :kind, :channel, :recipient, :subject,
                                     :body, 'WAITING', 0, :now, :now, 0, '')
                                """)
                        .bind("tenant", message.tenant())
                        .bind("organisation", message.organisation())
                        .bind("kind", message.kind().name())
                        .bind("channel", message.channel().name())
                        .bind("recipient", message.recipient())
                        .bind("subject", message.subject())
                        .bind("body", message.text())
                        .bind("now", message.createdAt()),
                "id");
    }

    /** Waiting messages of a channel that are due, oldest first. */
    List<Message> due(Tx tx, Channel channel, Instant now, int max) {
        return tx.query(
                        SELECT
                                + """
                                where state = 'WAITING' and channel = :channel and next_ms <= :now
                                order by next_ms, id fetch first :max rows only
                                """)
                .bind("channel", channel.name())
                .bind("now", now)
                .bind("max", max)
                .map((row, context) -> message(row))
                .list();
    }

    /** Takes a message for one sender; false when another one was quicker. */
    boolean take(Tx tx, Message message, Instant until) {
        return tx.update(
                                """
                                update outbox_message
                                set attempts = attempts + 1, next_ms = :until
                                where id = :id and state = 'WAITING' and attempts = :attempts
                                """)
                        .bind("id", message.id())
                        .bind("attempts", message.attempts())
                        .bind("until", until)
                        .execute()
                == 1;
    }

    void sent(Tx tx, long id, Instant now) {
        tx.update(
                        """
                        update outbox_message
                        set state = 'SENT', body = '', sent_ms = :now, problem = ''
                        where id = :id
                        """)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    void failed(Tx tx, long id, Message.State state, Instant next, String problem) {
        tx.update(
                        """
                        update outbox_message
                        set state = :state, next_ms = :next, problem = :problem
                        where id = :id and state = 'WAITING'
                        """)
                .bind("id", id)
                .bind("state", state.name())
                .bind("next", next)
                .bind("problem", problem)
                .execute();
    }

    int again(Tx tx, long tenant, long id, Instant now) {
        return tx.update(
                        """
                        update outbox_message set state = 'WAITING', attempts = 0, next_ms = :now
                        where tenant = :tenant and id = :id and state <> 'SENT'
                        """)
                .bind("tenant", tenant)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    Optional<Message> find(Tx tx, long tenant, long id) {
        return tx.query(SELECT + "where tenant = :tenant and id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .map((row, context) -> message(row))
                .findOne();
    }

    /** An organisation's messages, newest first. */
    List<Message> list(
            Tx tx,
            long tenant,
            long organisation,
            Optional<Message.State> state,
            int offset,
            int n) {
        var query =
                tx.query(
                                SELECT
                                        + "where tenant = :tenant and organisation = :organisation"
                                        + state.map(any -> " and state = :state").orElse("")
                                        + " order by id desc "
                                        + tx.dialect().page())
                        .bind("tenant", tenant)
                        .bind("organisation", organisation)
                        .bind("offset", offset)
                        .bind("limit", n);
        state.ifPresent(wanted -> query.bind("state", wanted.name()));
        return query.map((row, context) -> message(row)).list();
    }

    long count(Tx tx, long tenant, long organisation, Optional<Message.State> state) {
        var query =
                tx.query(
                                "select count(*) from outbox_message where tenant = :tenant"
                                        + " and organisation = :organisation"
                                        + state.map(any -> " and state = :state").orElse(""))
                        .bind("tenant", tenant)
                        .bind("organisation", organisation);
        state.ifPresent(wanted -> query.bind("state", wanted.name()));
        return query.mapTo(Long.class).one();
    }

    private static Message message(ResultSet row) throws SQLException {
        long sent = row.getLong("sent_ms");
        return new Message(
                row.getLong("tenant"),
                row.getLong("id"),
                row.getLong("organisation"),
                MessageKind.valueOf(row.getString("kind")),
                Channel.valueOf(row.getString("channel")),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("body"),
                Message.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("created_ms")),
                Instant.ofEpochMilli(row.getLong("next_ms")),
                sent == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(sent)),
                row.getString("problem"));
    }
}
