package io.invigil.hub.facecapture;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.facecapture.FaceStanding.Decision;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tables {@code candidate_face}, its events and links. Pictures stand in the database as photos do,
 * so that they are encrypted with it. Stateless.
 */
final class FaceStore {
    /** Candidates asked for in one statement. */
    static final int IN_LIST_MAX = 500;

    Optional<FaceStanding> find(Tx tx, TenantId tenant, CandidateId candidate) {
        return tx.query(
                        """
                        select decision, notice_version, decided_ms, sha256, model, captured_ms
                        from candidate_face where tenant = :tenant and candidate = :candidate
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .map(
                        (row, context) ->
                                new FaceStanding(
                                        candidate,
                                        Decision.valueOf(row.getString("decision")),
                                        row.getString("notice_version"),
                                        Instant.ofEpochMilli(row.getLong("decided_ms")),
                                        row.getString("sha256"),
                                        row.getString("model"),
                                        Instant.ofEpochMilli(row.getLong("captured_ms"))))
                .findOne();
    }

    /** Keeps the decision; a picture that is there goes when the candidate declines. */
    void decide(Tx tx, TenantId tenant, CandidateId candidate, Decision decision, String version) {
        String picture =
                decision == Decision.DECLINED
                        ? ", sha256 = '', content = null, model = '', captured_ms = 0"
                        : "";
        int changed =
                tx.update(
                                "update candidate_face set decision = :decision,"
                                        + " notice_version = :version, decided_ms = :now"
                                        + picture
                                        + " where tenant = :tenant and candidate = :candidate")
                        .bind("decision", decision.name())
                        .bind("version", version)
                        .bind("now", tx.at())
                        .bind("tenant", tenant.value())
                        .bind("candidate", candidate.value())
                        .execute();
        if (changed == 1) {
            return;
        }
        tx.update(
                        """
                        insert into candidate_face (tenant, candidate, decision, notice_version,
                            decided_ms, sha256, model, captured_ms)
                        values (:tenant, :candidate, :decision, :version, :now, '', '', 0)
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .bind("decision", decision.name())
                .bind("version", version)
                .bind("now", tx.at())
                .execute();
    }

    /** Keeps a picture where none is and the candidate agreed; false when that is not so. */
    boolean capture(
            Tx tx,
            TenantId tenant,
            CandidateId candidate,
            Digest sha256,
            byte[] jpeg,
            String model) {
        return tx.update(
                                """
                                update candidate_face set sha256 = :sha256, content = :content,
                                    model = :model, captured_ms = :now
                                where tenant = :tenant and candidate = :candidate
                                    and sha256 = '' and decision = 'AGREED'
                                """)
                        .bind("sha256", sha256)
                        .bind("content", jpeg)
                        .bind("model", model)
                        .bind("now", tx.at())
                        .bind("tenant", tenant.value())
                        .bind("candidate", candidate.value())
                        .execute()
                == 1;
    }

    /** Removes the picture; false when there was none. */
    boolean unbind(Tx tx, TenantId tenant, CandidateId candidate) {
        return tx.update(
                                """
                                update candidate_face set sha256 = '', content = null,
                                    model = '', captured_ms = 0
                                where tenant = :tenant and candidate = :candidate
                                    and sha256 <> ''
                                """)
                        .bind("tenant", tenant.value())
                        .bind("candidate", candidate.value())
                        .execute()
                == 1;
    }

    Optional<byte[]> picture(Tx tx, TenantId tenant, CandidateId candidate) {
        return tx.query(
                        """
                        select content from candidate_face
                        where tenant = :tenant and candidate = :candidate and sha256 <> ''
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .map((row, context) -> row.getBytes("content"))
                .findOne();
    }

    /** Those of the candidates of whom the condition is true. */
    private Set<CandidateId> those(
            Tx tx, TenantId tenant, Collection<CandidateId> asked, String condition) {
        Set<CandidateId> found = new HashSet<>();
        List<Long> ids = new ArrayList<>(asked.stream().map(CandidateId::value).toList());
        for (int from = 0; from < ids.size(); from += IN_LIST_MAX) {
            tx.query(
                            "select candidate from candidate_face where tenant = :tenant"
                                    + " and candidate in (<wanted>) and "
                                    + condition)
                    .bindList("wanted", ids.subList(from, Math.min(ids.size(), from + IN_LIST_MAX)))
                    .bind("tenant", tenant.value())
                    .mapTo(Long.class)
                    .forEach(id -> found.add(new CandidateId(id)));
        }
        return found;
    }

    Set<CandidateId> declined(Tx tx, TenantId tenant, Collection<CandidateId> asked) {
        return those(tx, tenant, asked, "decision = 'DECLINED'");
    }

    Set<CandidateId> captured(Tx tx, TenantId tenant, Collection<CandidateId> asked) {
        return those(tx, tenant, asked, "sha256 <> ''");
    }

    void note(Tx tx, TenantId tenant, CandidateId candidate, FaceEvent event) {
        tx.update(
                        """
                        insert into candidate_face_event (tenant, candidate, kind, at_ms, who, way,
                            detail)
                        values (:tenant, :candidate, :kind, :at, :who, :way, :detail)
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .bind("kind", event.kind().name())
                .bind("at", event.at())
                .bind("who", event.who())
                .bind("way", event.way().name())
                .bind("detail", event.detail())
                .execute();
    }

    /** Newest first. */
    List<FaceEvent> events(Tx tx, TenantId tenant, CandidateId candidate, int max) {
        return tx.query(
                        """
                        select kind, at_ms, who, way, detail from candidate_face_event
                        where tenant = :tenant and candidate = :candidate
                        order by id desc fetch first :max rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .bind("max", max)
                .map(
                        (row, context) ->
                                new FaceEvent(
                                        FaceEvent.Kind.valueOf(row.getString("kind")),
                                        Instant.ofEpochMilli(row.getLong("at_ms")),
                                        row.getString("who"),
                                        FaceWay.valueOf(row.getString("way")),
                                        row.getString("detail")))
                .list();
    }

    /** One link for a candidate: a new one ends the one before. */
    void link(Tx tx, TenantId tenant, CandidateId candidate, Digest token, Instant until) {
        unlink(tx, tenant, candidate);
        tx.update(
                        """
                        insert into candidate_face_link (tenant, candidate, token_sha256, until_ms)
                        values (:tenant, :candidate, :token, :until)
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .bind("token", token)
                .bind("until", until)
                .execute();
    }

    void unlink(Tx tx, TenantId tenant, CandidateId candidate) {
        tx.update(
                        """
                        delete from candidate_face_link
                        where tenant = :tenant and candidate = :candidate
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .execute();
    }

    Optional<CandidateId> linked(Tx tx, TenantId tenant, Digest token, Instant now) {
        return tx.query(
                        """
                        select candidate from candidate_face_link
                        where tenant = :tenant and token_sha256 = :token and until_ms > :now
                        """)
                .bind("tenant", tenant.value())
                .bind("token", token)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne()
                .map(CandidateId::new);
    }
}
