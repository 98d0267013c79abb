package io.invigil.appliance.web.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.SignedIn;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.StatementContext;

/** Table {@code web_session}. The person is kept as JSON: it is never searched for. */
final class SessionRowStore {
    /** Reached only when a person has hundreds of roles. */
    static final int CONTENT_CHARS_MAX = 4_000;

    private static final int LISTED_MAX = 100;

    void insert(Tx tx, Session session) {
        tx.update(
                        """
                        insert into web_session
                            (id_hash, tenant, account, content, address, agent,
                             created_at, seen_at, expires_at)
                        values (:idHash, :tenant, :account, :content, :address, :agent,
                             :createdAt, :seenAt, :expiresAt)
                        """)
                .bind("tenant", session.person().tenant())
                .bind("account", session.person().account())
                .bind("content", json(session.person()))
                .bindMethods(session)
                .execute();
    }

    Optional<Session> find(Tx tx, Digest idHash) {
        return tx.query("select * from web_session where id_hash = :id")
                .bind("id", idHash)
                .map(SessionRowStore::session)
                .findOne();
    }

    void seen(Tx tx, Digest idHash, Instant now) {
        tx.update("update web_session set seen_at = :now where id_hash = :id")
                .bind("now", now)
                .bind("id", idHash)
                .execute();
    }

    void delete(Tx tx, Digest idHash) {
        tx.update("delete from web_session where id_hash = :id").bind("id", idHash).execute();
    }

    List<Session> ofAccount(Tx tx, long tenant, long account) {
        return tx.query(
                        """
                        select * from web_session
                        where tenant = :tenant and account = :account order by seen_at desc
                        """
                                + tx.dialect().page())
                .bind("tenant", tenant)
                .bind("account", account)
                .bind("offset", 0)
                .bind("limit", LISTED_MAX)
                .map(SessionRowStore::session)
                .list();
    }

    void deleteAccount(Tx tx, long tenant, long account) {
        tx.update("delete from web_session where tenant = :tenant and account = :account")
                .bind("tenant", tenant)
                .bind("account", account)
                .execute();
    }

    void deleteExpired(Tx tx, Instant now, Instant idleSince) {
        tx.update("delete from web_session where expires_at <= :now or seen_at < :idleSince")
                .bind("now", now)
                .bind("idleSince", idleSince)
                .execute();
    }

    private static String json(SignedIn person) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("login", person.login()).put("name", person.name());
        person.roles().forEach(json.putArray("roles")::add);
        person.organisation().ifPresent(id -> json.put("organisation", id));
        ObjectNode attributes = json.putObject("attributes");
        person.attributes().forEach(attributes::put);
        String text = json.toString();
        if (text.length() > CONTENT_CHARS_MAX) {
            throw new IllegalArgumentException("the session of a person is too large");
        }
        return text;
    }

    private static SignedIn person(ResultSet row) throws SQLException {
        JsonNode json =
                Json.readTree(row.getString("content").getBytes(StandardCharsets.UTF_8))
                        .orElseThrow(() -> new SQLException("a session row cannot be read"));
        Set<String> roles = new HashSet<>();
        json.path("roles").forEach(role -> roles.add(role.asText()));
        Map<String, String> attributes = new HashMap<>();
        json.path("attributes")
                .properties()
                .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
        return new SignedIn(
                row.getLong("tenant"),
                row.getLong("account"),
                json.path("login").asText(),
                json.path("name").asText(),
                roles,
                json.has("organisation")
                        ? Optional.of(json.path("organisation").asLong())
                        : Optional.empty(),
                attributes);
    }

    private static Session session(ResultSet row, StatementContext context) throws SQLException {
        return new Session(
                Digest.ofHex(row.getString("id_hash")),
                person(row),
                row.getString("address"),
                row.getString("agent"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("seen_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
