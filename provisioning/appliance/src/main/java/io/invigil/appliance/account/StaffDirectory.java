package io.invigil.appliance.account;

import java.time.Instant;
import java.util.Optional;

/** Where logins look accounts up: the database of a hub, or the roster on a node. Thread-safe. */
public interface StaffDirectory {

    Optional<StaffAccount> byLogin(long tenant, String login);

    Optional<StaffAccount> byId(long tenant, long id);

    /**
     * Counts a wrong password and locks the account at {@code lockAt} of them.
     *
     * @return whether the account is locked now
     */
    boolean failed(long tenant, long id, int lockAt, Instant now);

    /** Forgets the wrong passwords. */
    void succeeded(long tenant, long id);

    /**
     * Sets a password the person chose.
     *
     * @return false when accounts of this directory are not changed here (a node's come from the
     *     hub)
     */
    boolean changePassword(long tenant, long id, String passwordHash, Instant now);
}
