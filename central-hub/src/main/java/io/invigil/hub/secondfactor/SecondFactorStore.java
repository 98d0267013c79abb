package io.invigil.hub.secondfactor;

import io.invigil.appliance.db.Tx;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** SQL of second factors, recovery codes and the roles of which one is demanded. Stateless. */
final class SecondFactorStore {

    Optional<SecondFactor> find(Tx tx, long tenant, long account) {
        return tx.query(
                        """
                        select secret, confirmed, last_step, failures from second_factor
                        where tenant = :tenant and account = :account
                        """)
                .bind("tenant", tenant)
                .bind("account", account)
                .map(
                        (row, context) ->
                                new SecondFactor(
                                        HexFormat.of().parseHex(row.getString("secret")),
                                        row.getBoolean("confirmed"),
                                        row.getLong("last_step"),
                                        row.getInt("failures")))
                .findOne();
    }

    /** Begins an enrolment; one that was not confirmed is forgotten. */
    void begin(Tx tx, long tenant, long account, byte[] sealed) {
        remove(tx, tenant, account);
        tx.update(
                        """
                        insert into second_factor (tenant, account, secret, confirmed, last_step,
                            failures)
                        values (:tenant, :account, :secret, false, 0, 0)
                        """)
                .bind("tenant", tenant)
                .bind("account", account)
                .bind("secret", HexFormat.of().formatHex(sealed))
                .execute();
    }

    /** Takes the code of a step, once; false when that or a later one was taken before. */
    boolean take(Tx tx, long tenant, long account, long step) {
        return tx.update(
                                """
                                update second_factor
                                set last_step = :step, failures = 0, confirmed = true
                                where tenant = :tenant and account = :account
                                    and last_step < :step
                                """)
                        .bind("tenant", tenant)
                        .bind("account", account)
                        .bind("step", step)
                        .execute()
                == 1;
    }

    void failures(Tx tx, long tenant, long account, int failures) {
        tx.update(
                        """
                        update second_factor set failures = :failures
                        where tenant = :tenant and account = :account
                        """)
                .bind("tenant", tenant)
                .bind("account", account)
                .bind("failures", failures)
                .execute();
    }

    boolean remove(Tx tx, long tenant, long account) {
        recovery(tx, tenant, account, List.of());
        return tx.update(
                                """
                                delete from second_factor
                                where tenant = :tenant and account = :account
                                """)
                        .bind("tenant", tenant)
                        .bind("account", account)
                        .execute()
                == 1;
    }

    /** Replaces all recovery codes. */
    void recovery(Tx tx, long tenant, long account, List<String> digests) {
        tx.update(
                        """
                        delete from second_factor_recovery
                        where tenant = :tenant and account = :account
                        """)
                .bind("tenant", tenant)
                .bind("account", account)
                .execute();
        for (String digest : digests) {
            tx.update(
                            """
                            insert into second_factor_recovery (tenant, account, digest)
                            values (:tenant, :account, :digest)
                            """)
                    .bind("tenant", tenant)
                    .bind("account", account)
                    .bind("digest", digest)
                    .execute();
        }
    }

    /** Takes a recovery code, once. */
    boolean takeRecovery(Tx tx, long tenant, long account, String digest) {
        return tx.update(
                                """
                                delete from second_factor_recovery
                                where tenant = :tenant and account = :account and digest = :digest
                                """)
                        .bind("tenant", tenant)
                        .bind("account", account)
                        .bind("digest", digest)
                        .execute()
                == 1;
    }

    int recoveryLeft(Tx tx, long tenant, long account) {
        return tx.query(
                        """
                        select count(*) from second_factor_recovery
                        where tenant = :tenant and account = :account
                        """)
                .bind("tenant", tenant)
                .bind("account", account)
                .mapTo(Integer.class)
                .one();
    }

    Set<String> roles(Tx tx, long tenant) {
        return new HashSet<>(
                tx.query("select role_code from second_factor_role where tenant = :tenant")
                        .bind("tenant", tenant)
                        .mapTo(String.class)
                        .list());
    }

    void demand(Tx tx, long tenant, Set<String> roles) {
        tx.update("delete from second_factor_role where tenant = :tenant")
                .bind("tenant", tenant)
                .execute();
        for (String role : roles) {
            tx.update(
                            """
                            insert into second_factor_role (tenant, role_code)
                            values (:tenant, :role)
                            """)
                    .bind("tenant", tenant)
                    .bind("role", role)
                    .execute();
        }
    }
}
