package io.invigil.appliance.account;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts of the active rosters of a node, in memory. Their passwords are those of the hub and
 * are not changed here; wrong ones are counted until the process ends or {@link #unlock}.
 * Thread-safe.
 */
public final class RosterStaff implements StaffDirectory {
    public static final int ACCOUNTS_MAX = 5_000;

    private Map<Long, StaffAccount> byId = Map.of();
    private final Map<Long, StaffAccount> counted = new HashMap<>();

    /** Replaces all accounts. Locks stay with those whose id and login stay. */
    public synchronized void replace(List<StaffAccount> accounts) {
        if (accounts.size() > ACCOUNTS_MAX) {
            throw new IllegalArgumentException("more than " + ACCOUNTS_MAX + " accounts");
        }
        Map<Long, StaffAccount> fresh = new HashMap<>();
        accounts.forEach(account -> fresh.put(account.id(), account));
        counted.keySet()
                .removeIf(
                        id ->
                                !fresh.containsKey(id)
                                        || !fresh.get(id).login().equals(byId.get(id).login()));
        byId = Map.copyOf(fresh);
    }

    @Override
    public synchronized Optional<StaffAccount> byLogin(long tenant, String login) {
        String lower = login.toLowerCase(Locale.ROOT);
        return byId.values().stream()
                .filter(a -> a.tenant() == tenant && a.login().equals(lower))
                .findFirst()
                .map(this::current);
    }

    @Override
    public synchronized Optional<StaffAccount> byId(long tenant, long id) {
        return Optional.ofNullable(byId.get(id))
                .filter(account -> account.tenant() == tenant)
                .map(this::current);
    }

    /** The account as the roster has it, with the failures counted here. */
    private StaffAccount current(StaffAccount account) {
        StaffAccount own = counted.get(account.id());
        return own == null ? account : with(account, own.failures(), own.lockedAt());
    }

    @Override
    public synchronized boolean failed(long tenant, long id, int lockAt, Instant now) {
        Optional<StaffAccount> account = byId(tenant, id);
        if (account.isEmpty()) {
            return false;
        }
        int failures = account.get().failures() + 1;
        Optional<Instant> lockedAt =
                account.get().lockedAt().or(() -> failures >= lockAt ? Optional.of(now) : none());
        counted.put(id, with(account.get(), failures, lockedAt));
        return lockedAt.isPresent();
    }

    private static Optional<Instant> none() {
        return Optional.empty();
    }

    @Override
    public synchronized void succeeded(long tenant, long id) {
        byId(tenant, id)
                .filter(account -> account.lockedAt().isEmpty())
                .ifPresent(account -> counted.remove(id));
    }

    /** Opens a locked account again. */
    public synchronized void unlock(long id) {
        counted.remove(id);
    }

    @Override
    public boolean changePassword(long tenant, long id, String passwordHash, Instant now) {
        return false;
    }

    private static StaffAccount with(StaffAccount a, int failures, Optional<Instant> lockedAt) {
        return new StaffAccount(
                a.tenant(),
                a.id(),
                a.login(),
                a.name(),
                a.roles(),
                a.organisation(),
                a.passwordHash(),
                failures,
                lockedAt,
                a.disabled(),
                a.mustChange());
    }
}
