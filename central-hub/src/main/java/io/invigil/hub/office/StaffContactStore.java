package io.invigil.hub.office;

import io.invigil.appliance.db.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Table {@code staff_contact}. Stateless. */
final class StaffContactStore {

    /** Makes other changes of this account wait until the transaction ends. */
    void lock(Tx tx, long tenant, long account) {
        tx.lockRows("staff_account", Map.of("tenant", tenant, "id", account));
    }

    void save(Tx tx, long tenant, long account, StaffContact contact) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "staff_contact",
                                        List.of("tenant", "account"),
                                        List.of("mail", "mobile")))
                .bind("tenant", tenant)
                .bind("account", account)
                .bind("mail", contact.mail())
                .bind("mobile", contact.mobile())
                .execute();
    }

    Optional<StaffContact> find(Tx tx, long tenant, long account) {
        return tx.query(
                        """
                        select mail, mobile from staff_contact
                        where tenant = :tenant and account = :account
                        """)
                .bind("tenant", tenant)
                .bind("account", account)
                .map((row, context) -> new StaffContact(row.getString(1), row.getString(2)))
                .findOne();
    }
}
