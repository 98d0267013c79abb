package io.invigil.appliance.account;

import io.invigil.appliance.config.Secret;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.session.Session;
import io.invigil.appliance.web.session.SessionStore;
import io.invigil.protocol.crypto.Entropy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The accounts of a hub, in the database. Thread-safe. */
public final class StaffAccounts implements StaffDirectory {
    public static final int PAGE_ROWS_MAX = 200;

    /** Readable aloud: no 0/O, 1/l/I. */
    private static final String PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int PASSWORD_CHARS = 14;

    private final Database database;
    private final SessionStore sessions;
    private final Clock clock;
    private final Entropy entropy;
    private final StaffStore store = new StaffStore();

    public StaffAccounts(Database database, SessionStore sessions, Clock clock, Entropy entropy) {
        this.database = database;
        this.sessions = sessions;
        this.clock = clock;
        this.entropy = entropy;
    }

    /** What came of making an account. */
    public sealed interface Creation {
        record Created(long id) implements Creation {}

        record Refused(Refusal reason) implements Creation {}
    }

    public enum Refusal {
        LOGIN_TAKEN,
        ACCOUNT_MALFORMED
    }

    /**
     * A random password with its hash, to be handed over once. Takes about 55 ms: make it before
     * the transaction.
     */
    public record InitialPassword(Secret password, String hash) {
        @Override
        public String toString() {
            return "InitialPassword(secret)";
        }
    }

    public InitialPassword newPassword() {
        return newPassword(entropy);
    }

    /** As above, for accounts that another directory keeps. */
    public static InitialPassword newPassword(Entropy entropy) {
        StringBuilder password = new StringBuilder();
        while (password.length() < PASSWORD_CHARS) {
            int value = entropy.bytes(1)[0] & 0xff;
            // values past the last whole multiple would prefer some letters
            if (value < 256 - 256 % PASSWORD_LETTERS.length()) {
                password.append(PASSWORD_LETTERS.charAt(value % PASSWORD_LETTERS.length()));
            }
        }
        String text = password.toString();
        return new InitialPassword(Secret.of(text), PasswordHash.of(text, entropy));
    }

    /** Makes an account whose password must be changed at the first login. */
    public Creation create(Tx tx, long tenant, NewAccount account, InitialPassword password) {
        if (!account.isWellFormed()) {
            return new Creation.Refused(Refusal.ACCOUNT_MALFORMED);
        }
        if (store.byLogin(tx, tenant, account.login()).isPresent()) {
            return new Creation.Refused(Refusal.LOGIN_TAKEN);
        }
        return new Creation.Created(
                store.insert(tx, tenant, account, password.hash(), clock.instant()));
    }

    /**
     * Sets a new password that must be changed, opens the account and ends its sessions.
     *
     * @return false when there is no such account
     */
    public boolean reset(Tx tx, long tenant, long id, InitialPassword password) {
        store.unlock(tx, tenant, id);
        int rows = store.password(tx, tenant, id, password.hash(), true, clock.instant());
        tx.afterCommit(() -> sessions.deleteAccount(tenant, id));
        return rows == 1;
    }

    /** New name, roles and organisation; the person's sessions end, so that roles hold at once. */
    public boolean change(
            Tx tx,
            long tenant,
            long id,
            String name,
            Set<String> roles,
            Optional<Long> organisation) {
        int rows = store.change(tx, tenant, id, name, roles, organisation, clock.instant());
        tx.afterCommit(() -> sessions.deleteAccount(tenant, id));
        return rows == 1;
    }

    /** Opens an account that was locked by wrong passwords. */
    public boolean unlock(Tx tx, long tenant, long id) {
        return store.unlock(tx, tenant, id) == 1;
    }

    /** Locks an account until somebody unlocks it, and ends its sessions. */
    public void lock(Tx tx, long tenant, long id) {
        store.failed(tx, tenant, id, 1, clock.instant());
        tx.afterCommit(() -> sessions.deleteAccount(tenant, id));
    }

    /** Disables or enables; disabling ends the person's sessions. */
    public boolean disable(Tx tx, long tenant, long id, boolean disabled) {
        int rows = store.disable(tx, tenant, id, disabled, clock.instant());
        if (disabled) {
            tx.afterCommit(() -> sessions.deleteAccount(tenant, id));
        }
        return rows == 1;
    }

    /** One page of accounts by login, at most {@link #PAGE_ROWS_MAX}. */
    public List<StaffAccount> list(Tx tx, long tenant, int offset, int limit) {
        return store.list(tx, tenant, offset, Math.min(limit, PAGE_ROWS_MAX));
    }

    /**
     * Accounts of some organisations by login, at most {@link #PAGE_ROWS_MAX}.
     *
     * @param text part of login or name; empty for all
     */
    public List<StaffAccount> find(
            Tx tx, long tenant, Set<Long> organisations, String text, int offset, int limit) {
        int rows = Math.min(limit, PAGE_ROWS_MAX);
        return store.find(tx, tenant, organisations, plain(text), offset, rows);
    }

    public long count(Tx tx, long tenant, Set<Long> organisations, String text) {
        return store.count(tx, tenant, organisations, plain(text));
    }

    /** The wildcards of {@code like} are letters here like any other, and match any. */
    private static String plain(String text) {
        return text.strip().replace('%', '_');
    }

    /** Open sessions of an account. */
    public List<Session> sessions(long tenant, long id) {
        return sessions.ofAccount(tenant, id);
    }

    /** Ends every session of an account after the commit. */
    public void endSessions(Tx tx, long tenant, long id) {
        tx.afterCommit(() -> sessions.deleteAccount(tenant, id));
    }

    public long count(Tx tx, long tenant) {
        return store.count(tx, tenant);
    }

    public Optional<StaffAccount> find(Tx tx, long tenant, long id) {
        return store.byId(tx, tenant, id);
    }

    @Override
    public Optional<StaffAccount> byLogin(long tenant, String login) {
        return database.inTransaction(tx -> byLogin(tx, tenant, login));
    }

    /** The same within a transaction. */
    public Optional<StaffAccount> byLogin(Tx tx, long tenant, String login) {
        return store.byLogin(tx, tenant, login.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<StaffAccount> byId(long tenant, long id) {
        return database.inTransaction(tx -> store.byId(tx, tenant, id));
    }

    @Override
    public boolean failed(long tenant, long id, int lockAt, Instant now) {
        return database.inTransaction(tx -> store.failed(tx, tenant, id, lockAt, now));
    }

    @Override
    public void succeeded(long tenant, long id) {
        database.useTransaction(tx -> store.clearFailures(tx, tenant, id));
    }

    @Override
    public boolean changePassword(long tenant, long id, String passwordHash, Instant now) {
        return database.inTransaction(
                tx -> store.password(tx, tenant, id, passwordHash, false, now) == 1);
    }
}
