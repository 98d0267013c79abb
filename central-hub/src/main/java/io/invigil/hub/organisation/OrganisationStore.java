package io.invigil.hub.organisation;

import io.invigil.appliance.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of tenants, organisations and memberships. Stateless. */
final class OrganisationStore {

    boolean tenantExists(Tx tx, TenantId tenant) {
        return tx.query("select count(*) from tenant where id = :id")
                        .bind("id", tenant.value())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    void addTenant(Tx tx, TenantId tenant, String name) {
        tx.update("insert into tenant (id, name) values (:id, :name)")
                .bind("id", tenant.value())
                .bind("name", name)
                .execute();
        for (NumberSeries series : NumberSeries.values()) {
            tx.update(
                            """
                            insert into number_block (tenant, name, next_value)
                            values (:tenant, :name, 1)
                            """)
                    .bind("tenant", tenant.value())
                    .bind("name", series.name())
                    .execute();
        }
    }

    void add(Tx tx, Organisation added) {
        tx.update(
                        """
                        insert into organisation (tenant, id, kind, code, name, region, parent)
                        values (:tenant, :id, :kind, :code, :name, :region, :parent)
                        """)
                .bind("tenant", added.tenant().value())
                .bind("id", added.id().value())
                .bind("kind", added.kind().name())
                .bind("code", added.code())
                .bind("name", added.name())
                .bind("region", added.region())
                .bind("parent", added.parent().map(OrganisationId::value).orElse(0L))
                .execute();
    }

    Optional<Organisation> find(Tx tx, TenantId tenant, OrganisationId id) {
        return tx.query(
                        """
                        select tenant, id, kind, code, name, region, parent from organisation
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> organisation(row))
                .findOne();
    }

    Optional<Organisation> findByCode(Tx tx, TenantId tenant, String code) {
        return tx.query(
                        """
                        select tenant, id, kind, code, name, region, parent from organisation
                        where tenant = :tenant and code = :code
                        """)
                .bind("tenant", tenant.value())
                .bind("code", code)
                .map((row, context) -> organisation(row))
                .findOne();
    }

    Optional<Organisation> findByName(Tx tx, TenantId tenant, String name) {
        return tx.query(
                        """
                        select tenant, id, kind, code, name, region, parent from organisation
                        where tenant = :tenant and name = :name
                        """)
                .bind("tenant", tenant.value())
                .bind("name", name)
                .map((row, context) -> organisation(row))
                .findOne();
    }

    List<Organisation> ofKind(Tx tx, TenantId tenant, OrganisationKind kind) {
        return tx.query(
                        """
                        select tenant, id, kind, code, name, region, parent from organisation
                        where tenant = :tenant and kind = :kind order by name
                        """)
                .bind("tenant", tenant.value())
                .bind("kind", kind.name())
                .map((row, context) -> organisation(row))
                .list();
    }

    List<Organisation> all(Tx tx, TenantId tenant) {
        return tx.query(
                        """
                        select tenant, id, kind, code, name, region, parent from organisation
                        where tenant = :tenant order by kind, name
                        """)
                .bind("tenant", tenant.value())
                .map((row, context) -> organisation(row))
                .list();
    }

    List<Organisation> colleges(Tx tx, TenantId tenant, OrganisationId school) {
        return tx.query(
                        """
                        select tenant, id, kind, code, name, region, parent from organisation
                        where tenant = :tenant and parent = :school order by name
                        """)
                .bind("tenant", tenant.value())
                .bind("school", school.value())
                .map((row, context) -> organisation(row))
                .list();
    }

    void lock(Tx tx, TenantId tenant, OrganisationId id) {
        tx.lockRows("organisation", Map.of("tenant", tenant.value(), "id", id.value()));
    }

    void change(Tx tx, Organisation changed) {
        tx.update(
                        """
                        update organisation set name = :name, region = :region
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", changed.tenant().value())
                .bind("id", changed.id().value())
                .bind("name", changed.name())
                .bind("region", changed.region())
                .execute();
    }

    private static Organisation organisation(ResultSet row) throws SQLException {
        long parent = row.getLong("parent");
        return new Organisation(
                new TenantId(row.getLong("tenant")),
                new OrganisationId(row.getLong("id")),
                OrganisationKind.valueOf(row.getString("kind")),
                row.getString("code"),
                row.getString("name"),
                row.getString("region"),
                parent == 0 ? Optional.empty() : Optional.of(new OrganisationId(parent)));
    }
}
