package io.invigil.hub;

import io.invigil.appliance.db.Database;
import io.invigil.hub.organisation.TenantId;
import java.util.List;

/** What the audit was told of a tenant and has not sealed yet. */
public final class AuditTrail {
    private AuditTrail() {}

    /** Action, kind and key, such as {@code CHANGED plan 7}, in the order recorded. */
    public static List<String> of(Database database, TenantId tenant) {
        return database.inTransaction(
                tx ->
                        tx.query(
                                        """
                                        select action_name, subject, subject_key from audit_inbox
                                        where tenant = :tenant order by id
                                        """)
                                .bind("tenant", tenant.value())
                                .map(
                                        (row, context) ->
                                                row.getString("action_name")
                                                        + " "
                                                        + row.getString("subject")
                                                        + " "
                                                        + row.getString("subject_key"))
                                .list());
    }

    /** Entries about records of a kind, sealed or not. */
    public static long count(Database database, TenantId tenant, String kind) {
        return database.inTransaction(
                tx ->
                        tx.query(
                                        """
                                        select count(*) from (
                                            select id from audit_inbox
                                            where tenant = :tenant and subject = :kind
                                            union
                                            select id from audit_entry
                                            where tenant = :tenant and subject = :kind
                                        ) recorded
                                        """)
                                .bind("tenant", tenant.value())
                                .bind("kind", kind)
                                .mapTo(Long.class)
                                .one());
    }
}
