package io.invigil.hub.candidate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SQL of photos. They stand in the database and not in files: so they are encrypted with it and a
 * photo and the candidate that names it are stored in one transaction. Stateless.
 */
final class PhotoStore {

    void put(Tx tx, TenantId tenant, Digest sha256, byte[] jpeg) {
        String insert =
                tx.dialect()
                        .insertIfAbsent("photo", List.of("tenant", "sha256"), List.of("content"));
        tx.update(insert)
                .bind("tenant", tenant.value())
                .bind("sha256", sha256)
                .bind("content", jpeg)
                .execute();
    }

    /** Gives the candidate the photo. {@code source} is the digest of the file as uploaded. */
    void assign(Tx tx, TenantId tenant, CandidateId candidate, Digest sha256, Digest source) {
        tx.update(
                        """
                        update candidate set photo = :photo, photo_source = :source
                        where tenant = :tenant and id = :id
                        """)
                .bind("photo", sha256)
                .bind("source", source)
                .bind("tenant", tenant.value())
                .bind("id", candidate.value())
                .execute();
    }

    void unassign(Tx tx, TenantId tenant, CandidateId candidate) {
        tx.update(
                        """
                        update candidate set photo = '', photo_source = ''
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", tenant.value())
                .bind("id", candidate.value())
                .execute();
    }

    /** Digest of the uploaded file behind each candidate's photo, where there is one. */
    Map<CandidateId, String> sources(Tx tx, TenantId tenant, List<CandidateId> candidates) {
        Map<CandidateId, String> sources = new HashMap<>();
        for (int from = 0; from < candidates.size(); from += CandidateStore.IN_LIST_MAX) {
            int to = Math.min(candidates.size(), from + CandidateStore.IN_LIST_MAX);
            tx.query(
                            """
                            select id, photo_source from candidate
                            where tenant = :tenant and photo_source <> '' and id in (<wanted>)
                            """)
                    .bindList(
                            "wanted",
                            candidates.subList(from, to).stream().map(CandidateId::value).toList())
                    .bind("tenant", tenant.value())
                    .map(
                            (row, context) ->
                                    Map.entry(
                                            new CandidateId(row.getLong("id")),
                                            row.getString("photo_source")))
                    .forEach(entry -> sources.put(entry.getKey(), entry.getValue()));
        }
        return sources;
    }

    Optional<PhotoBackground> background(Tx tx, TenantId tenant) {
        return tx.query("select background from photo_rule where tenant = :tenant")
                .bind("tenant", tenant.value())
                .mapTo(String.class)
                .findOne()
                .map(PhotoBackground::valueOf);
    }

    void demand(Tx tx, TenantId tenant, PhotoBackground background) {
        tx.update(tx.dialect().upsert("photo_rule", List.of("tenant"), List.of("background")))
                .bind("tenant", tenant.value())
                .bind("background", background.name())
                .execute();
    }

    /** Removes a photo that no candidate has any more. */
    void removeUnused(Tx tx, TenantId tenant, String sha256) {
        tx.update(
                        """
                        delete from photo where tenant = :tenant and sha256 = :sha256
                            and not exists (select 1 from candidate c
                                where c.tenant = photo.tenant and c.photo = photo.sha256)
                        """)
                .bind("tenant", tenant.value())
                .bind("sha256", sha256)
                .execute();
    }

    Optional<byte[]> find(Tx tx, TenantId tenant, String sha256) {
        return tx.query("select content from photo where tenant = :tenant and sha256 = :sha256")
                .bind("tenant", tenant.value())
                .bind("sha256", sha256)
                .map((row, context) -> row.getBytes("content"))
                .findOne();
    }
}
