package io.invigil.hub.site;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of sites. Stateless. */
final class SiteStore {
    private static final String SELECT =
            """
            select tenant, id, school, name, region, address, contact, phone, approval, reason
            from site
            """;

    void add(Tx tx, Site site) {
        tx.update(
                        """
                        insert into site (tenant, id, school, name, region, address, contact,
                            phone, approval, reason)
                        values (:tenant, :id, :school, :name, :region, :address, :contact, :phone,
                            :approval, :reason)
                        """)
                .bind("tenant", site.tenant().value())
                .bind("id", site.id().value())
                .bind("school", site.school().value())
                .bind("name", site.name())
                .bind("region", site.region())
                .bind("address", site.address())
                .bind("contact", site.contact())
                .bind("phone", site.phone())
                .bind("approval", site.approval().name())
                .bind("reason", site.reason())
                .execute();
    }

    void lock(Tx tx, TenantId tenant, SiteId id) {
        tx.lockRows("site", Map.of("tenant", tenant.value(), "id", id.value()));
    }

    void change(Tx tx, Site site) {
        tx.update(
                        """
                        update site set name = :name, region = :region, address = :address,
                            contact = :contact, phone = :phone, approval = :approval,
                            reason = :reason
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", site.tenant().value())
                .bind("id", site.id().value())
                .bind("name", site.name())
                .bind("region", site.region())
                .bind("address", site.address())
                .bind("contact", site.contact())
                .bind("phone", site.phone())
                .bind("approval", site.approval().name())
                .bind("reason", site.reason())
                .execute();
    }

    Optional<Site> find(Tx tx, TenantId tenant, SiteId id) {
        return tx.query(SELECT + " where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> site(row))
                .findOne();
    }

    Optional<Site> findByName(Tx tx, TenantId tenant, String name) {
        return tx.query(SELECT + " where tenant = :tenant and name = :name")
                .bind("tenant", tenant.value())
                .bind("name", name)
                .map((row, context) -> site(row))
                .findOne();
    }

    List<Site> all(Tx tx, TenantId tenant, int max) {
        return tx.query(
                        SELECT
                                + " where tenant = :tenant order by name, id"
                                + " fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("max", max)
                .map((row, context) -> site(row))
                .list();
    }

    private static Site site(ResultSet row) throws SQLException {
        return new Site(
                new TenantId(row.getLong("tenant")),
                new SiteId(row.getLong("id")),
                new OrganisationId(row.getLong("school")),
                row.getString("name"),
                row.getString("region"),
                row.getString("address"),
                row.getString("contact"),
                row.getString("phone"),
                Site.Approval.valueOf(row.getString("approval")),
                row.getString("reason"));
    }
}
