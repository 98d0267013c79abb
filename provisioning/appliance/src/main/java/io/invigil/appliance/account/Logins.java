package io.invigil.appliance.account;

import io.invigil.appliance.web.limit.Throttle;
import io.invigil.protocol.crypto.Entropy;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Checks logins and passwords. Before a password is hashed, three throttles are asked: per address,
 * per account, and one for all addresses that never logged in here; and at most {@link #HASHES_MAX}
 * hashes run at once. A flood of wrong passwords therefore costs map look-ups, and the staff at
 * their usual places still get in. Thread-safe.
 */
public final class Logins {
    public static final int HASHES_MAX = 2;
    public static final int LOCK_AT = 10;
    public static final int FAMILIAR_MAX = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StaffDirectory directory;
    private final Clock clock;
    private final Entropy entropy;
    private final Consumer<LoginEvent> audit;
    private final Throttle byAddress;
    private final Throttle byAccount;
    private final Throttle strangers;
    private final Semaphore hashes = new Semaphore(HASHES_MAX);
    private final Map<String, Boolean> familiar = new LinkedHashMap<>(16, 0.75f, true);
    private final String nobodysHash;

    /**
     * For staff: few come from a place that never was here before.
     *
     * @param audit told of everything that happens; must be quick
     */
    public Logins(
            StaffDirectory directory, Clock clock, Entropy entropy, Consumer<LoginEvent> audit) {
        this(directory, clock, entropy, audit, new Throttle(100, Duration.ofMillis(250), clock));
    }

    /**
     * @param strangers allows logins from all addresses together that never logged in here
     */
    public Logins(
            StaffDirectory directory,
            Clock clock,
            Entropy entropy,
            Consumer<LoginEvent> audit,
            Throttle strangers) {
        this.directory = directory;
        this.clock = clock;
        this.entropy = entropy;
        this.audit = audit;
        byAddress = new Throttle(20, Duration.ofSeconds(6), clock);
        byAccount = new Throttle(LOCK_AT + 2, Duration.ofSeconds(30), clock);
        this.strangers = strangers;
        nobodysHash = PasswordHash.of("nobody", entropy);
    }

    /**
     * Checks a login.
     *
     * @param address of the client, without port
     */
    public LoginOutcome attempt(long tenant, String login, String password, String address) {
        String lower = login.strip().toLowerCase(Locale.ROOT);
        if (lower.length() > NewAccount.LOGIN_CHARS_MAX
                || password.length() > PasswordHash.PASSWORD_CHARS_MAX) {
            return refused(LoginOutcome.Reason.LOGIN_WRONG);
        }
        String place = network(address);
        boolean allowed =
                byAddress.allow(place)
                        && byAccount.allow(tenant + "/" + lower)
                        && (isFamiliar(place) || strangers.allow("all"));
        if (!allowed) {
            return refused(LoginOutcome.Reason.LOGIN_THROTTLED);
        }
        Optional<StaffAccount> account = directory.byLogin(tenant, lower);
        // an unknown login takes as long as a known one, or its time would tell
        Optional<Boolean> fits =
                fits(password, account.map(StaffAccount::passwordHash).orElse(nobodysHash));
        if (fits.isEmpty()) {
            return refused(LoginOutcome.Reason.LOGIN_THROTTLED);
        }
        if (account.isEmpty() || !fits.get()) {
            account.ifPresent(known -> failed(known, address));
            return refused(LoginOutcome.Reason.LOGIN_WRONG);
        }
        return enter(account.get(), place, address);
    }

    private LoginOutcome enter(StaffAccount account, String place, String address) {
        if (account.disabled()) {
            return refused(LoginOutcome.Reason.LOGIN_DISABLED);
        }
        if (account.lockedAt().isPresent()) {
            return refused(LoginOutcome.Reason.LOGIN_LOCKED);
        }
        directory.succeeded(account.tenant(), account.id());
        byAccount.forget(account.tenant() + "/" + account.login());
        byAddress.forget(place);
        remember(place);
        tell(LoginEvent.Kind.SIGNED_IN, account, address);
        return new LoginOutcome.Welcome(account);
    }

    private void failed(StaffAccount account, String address) {
        boolean wasLocked = account.lockedAt().isPresent();
        boolean locked = directory.failed(account.tenant(), account.id(), LOCK_AT, clock.instant());
        tell(LoginEvent.Kind.WRONG_PASSWORD, account, address);
        if (locked && !wasLocked) {
            tell(LoginEvent.Kind.LOCKED, account, address);
        }
    }

    /** Whether the password of an account fits; empty when too many hashes are waiting. */
    public Optional<Boolean> fits(String password, String passwordHash) {
        return hashing(() -> PasswordHash.fits(password, passwordHash));
    }

    /** The hash of a new password; empty when too many hashes are waiting. */
    public Optional<String> hash(String password) {
        return hashing(() -> PasswordHash.of(password, entropy));
    }

    private <T> Optional<T> hashing(java.util.function.Supplier<T> work) {
        boolean permitted;
        try {
            permitted = hashes.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        if (!permitted) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            hashes.release();
        }
    }

    void tell(LoginEvent.Kind kind, StaffAccount account, String address) {
        tell(kind, account.tenant(), account.login(), address);
    }

    void tell(LoginEvent.Kind kind, long tenant, String login, String address) {
        audit.accept(new LoginEvent(kind, tenant, login, address, clock.instant()));
    }

    StaffDirectory directory() {
        return directory;
    }

    /** An IPv6 subscriber owns a whole /64: counting single addresses would count nothing. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.split("%", 2)[0].split(":");
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < Math.min(4, groups.length); i++) {
            network.append(groups[i]).append(':');
        }
        return network.toString();
    }

    private boolean isFamiliar(String place) {
        synchronized (familiar) {
            return familiar.get(place) != null;
        }
    }

    private void remember(String place) {
        synchronized (familiar) {
            familiar.put(place, Boolean.TRUE);
            if (familiar.size() > FAMILIAR_MAX) {
                familiar.remove(familiar.keySet().iterator().next());
            }
        }
    }

    private static LoginOutcome refused(LoginOutcome.Reason reason) {
        return new LoginOutcome.Refused(reason);
    }
}
