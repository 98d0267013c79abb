package io.invigil.hub.site;

import io.invigil.appliance.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of sites' evidence and review history. Stateless. */
final class SiteFileStore {

    void add(Tx tx, Site site, SiteFile file, byte[] content) {
        tx.update(
                        """
                        insert into site_file (tenant, site, number, file_name, sha256, bytes,
                            login, at_ms, content)
                        values (:tenant, :site, :number, :name, :sha256, :bytes, :login, :at,
                            :content)
                        """)
                .bind("tenant", site.tenant().value())
                .bind("site", site.id().value())
                .bind("number", file.number())
                .bind("name", file.name())
                .bind("sha256", file.sha256())
                .bind("bytes", file.bytes())
                .bind("login", file.login())
                .bind("at", file.at())
                .bind("content", content)
                .execute();
    }

    void remove(Tx tx, Site site, int number) {
        tx.update("delete from site_file where tenant = :tenant and site = :site and number = :n")
                .bind("tenant", site.tenant().value())
                .bind("site", site.id().value())
                .bind("n", number)
                .execute();
    }

    List<SiteFile> of(Tx tx, Site site) {
        return tx.query(
                        """
                        select number, file_name, sha256, bytes, login, at_ms from site_file
                        where tenant = :tenant and site = :site order by number
                        """)
                .bind("tenant", site.tenant().value())
                .bind("site", site.id().value())
                .map(
                        (row, context) ->
                                new SiteFile(
                                        row.getInt("number"),
                                        row.getString("file_name"),
                                        row.getString("sha256"),
                                        row.getInt("bytes"),
                                        row.getString("login"),
                                        Instant.ofEpochMilli(row.getLong("at_ms"))))
                .list();
    }

    Optional<byte[]> content(Tx tx, Site site, int number) {
        return tx.query(
                        """
                        select content from site_file
                        where tenant = :tenant and site = :site and number = :number
                        """)
                .bind("tenant", site.tenant().value())
                .bind("site", site.id().value())
                .bind("number", number)
                .map((row, context) -> row.getBytes("content"))
                .findOne();
    }

    void addEvent(Tx tx, Site site, SiteEvent event) {
        tx.update(
                        """
                        insert into site_event (tenant, site, number, step, login, at_ms, reason)
                        values (:tenant, :site, :number, :step, :login, :at, :reason)
                        """)
                .bind("tenant", site.tenant().value())
                .bind("site", site.id().value())
                .bind("number", events(tx, site).size() + 1)
                .bind("step", event.step().name())
                .bind("login", event.login())
                .bind("at", event.at())
                .bind("reason", event.reason())
                .execute();
    }

    /** Oldest first. */
    List<SiteEvent> events(Tx tx, Site site) {
        return tx.query(
                        """
                        select step, login, at_ms, reason from site_event
                        where tenant = :tenant and site = :site order by number
                        """)
                .bind("tenant", site.tenant().value())
                .bind("site", site.id().value())
                .map(
                        (row, context) ->
                                new SiteEvent(
                                        SiteEvent.Step.valueOf(row.getString("step")),
                                        row.getString("login"),
                                        Instant.ofEpochMilli(row.getLong("at_ms")),
                                        row.getString("reason")))
                .list();
    }
}
