package io.invigil.hub.secondfactor;

import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.secondfactor.SecondFactorOutcome.Reason;
import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Entropy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules of the second factor; see the package. Thread-safe. */
public final class SecondFactors {
    /** Wrong codes in a row that lock the account, as wrong passwords do. */
    public static final int LOCK_AT = Logins.LOCK_AT;

    private static final String ISSUER = "Invigil";
    private static final String SUBJECT = "second-factor";

    private final StaffAccounts accounts;
    private final byte[] key;
    private final Clock clock;
    private final Entropy entropy;
    private final OneTimeCodes codes = new OneTimeCodes();
    private final SecondFactorStore store = new SecondFactorStore();
    private final Audit audit = new Audit();

    /**
     * @param key 32 bytes under which secrets lie in the database
     */
    public SecondFactors(StaffAccounts accounts, byte[] key, Clock clock, Entropy entropy) {
        this.accounts = accounts;
        this.key = key.clone();
        this.clock = clock;
        this.entropy = entropy;
    }

    /** A secret that is being enrolled: as a QR code says it and as people type it. */
    public record Enrolment(String address, String secret) {
        @Override
        public String toString() {
            return "Enrolment(secret)";
        }
    }

    public boolean isEnrolled(Tx tx, StaffAccount account) {
        return enrolled(tx, account).isPresent();
    }

    private Optional<SecondFactor> enrolled(Tx tx, StaffAccount account) {
        return store.find(tx, account.tenant(), account.id()).filter(SecondFactor::confirmed);
    }

    /** Whether one of the account's roles must have it. */
    public boolean isDemanded(Tx tx, StaffAccount account) {
        return !Collections.disjoint(store.roles(tx, account.tenant()), account.roles());
    }

    public int recoveryLeft(Tx tx, StaffAccount account) {
        return store.recoveryLeft(tx, account.tenant(), account.id());
    }

    /** Begins with a new secret; what was not confirmed is forgotten. Empty when enrolled. */
    public Optional<Enrolment> begin(Tx tx, StaffAccount account) {
        if (isEnrolled(tx, account)) {
            return Optional.empty();
        }
        byte[] secret = entropy.bytes(OneTimeCodes.SECRET_BYTES);
        store.begin(tx, account.tenant(), account.id(), sealed(account, secret));
        return Optional.of(shown(account, secret));
    }

    /** The secret of an enrolment that has begun and is not confirmed. */
    public Optional<Enrolment> begun(Tx tx, StaffAccount account) {
        return store.find(tx, account.tenant(), account.id())
                .filter(one -> !one.confirmed())
                .map(one -> shown(account, opened(account, one)));
    }

    private static Enrolment shown(StaffAccount account, byte[] secret) {
        return new Enrolment(
                OneTimeCodes.address(ISSUER, account.login(), secret),
                OneTimeCodes.base32(secret).replaceAll("(.{4})(?!$)", "$1 "));
    }

    /** The first right code ends the enrolment and brings the recovery codes. */
    public SecondFactorOutcome confirm(Tx tx, StaffAccount account, String entered, String from) {
        Optional<SecondFactor> begun =
                store.find(tx, account.tenant(), account.id()).filter(one -> !one.confirmed());
        if (begun.isEmpty()) {
            return refused(
                    isEnrolled(tx, account)
                            ? Reason.SECOND_FACTOR_PRESENT
                            : Reason.SECOND_FACTOR_ABSENT);
        }
        if (!takes(tx, account, begun.get(), entered)) {
            return refused(Reason.SECOND_FACTOR_WRONG);
        }
        tell(tx, account, from, "SECOND_FACTOR_ENROLLED");
        return fresh(tx, account);
    }

    private SecondFactorOutcome fresh(Tx tx, StaffAccount account) {
        List<String> fresh = RecoveryCodes.fresh(entropy);
        store.recovery(
                tx,
                account.tenant(),
                account.id(),
                fresh.stream()
                        .map(code -> RecoveryCodes.digest(account.tenant(), account.id(), code))
                        .toList());
        return new SecondFactorOutcome.Codes(fresh);
    }

    /** Takes a code of the phone or a recovery code; wrong ones are counted and lock. */
    public SecondFactorOutcome prove(Tx tx, StaffAccount account, String entered, String from) {
        Optional<SecondFactor> enrolled = enrolled(tx, account);
        if (enrolled.isEmpty()) {
            return refused(Reason.SECOND_FACTOR_ABSENT);
        }
        if (takes(tx, account, enrolled.get(), entered)) {
            return new SecondFactorOutcome.Proved(false);
        }
        String digest = RecoveryCodes.digest(account.tenant(), account.id(), entered);
        if (store.takeRecovery(tx, account.tenant(), account.id(), digest)) {
            store.failures(tx, account.tenant(), account.id(), 0);
            tell(tx, account, from, "RECOVERY_CODE_USED");
            return new SecondFactorOutcome.Proved(true);
        }
        tell(tx, account, from, "WRONG_SECOND_FACTOR");
        int failures = enrolled.get().failures() + 1;
        boolean locks = failures >= LOCK_AT;
        store.failures(tx, account.tenant(), account.id(), locks ? 0 : failures);
        if (locks) {
            accounts.lock(tx, account.tenant(), account.id());
            tell(tx, account, from, "LOCKED");
        }
        return refused(locks ? Reason.SECOND_FACTOR_LOCKED : Reason.SECOND_FACTOR_WRONG);
    }

    /** A code is good once: neither it nor an older one is taken again. */
    private boolean takes(Tx tx, StaffAccount account, SecondFactor factor, String entered) {
        String digits = RecoveryCodes.plain(entered);
        OptionalLong step = codes.matching(opened(account, factor), digits, clock.instant());
        return step.isPresent() && store.take(tx, account.tenant(), account.id(), step.getAsLong());
    }

    /** New recovery codes for a code; the old ones are worth nothing then. */
    public SecondFactorOutcome renew(Tx tx, StaffAccount account, String entered, String from) {
        SecondFactorOutcome proof = prove(tx, account, entered, from);
        if (!(proof instanceof SecondFactorOutcome.Proved)) {
            return proof;
        }
        tell(tx, account, from, "RECOVERY_CODES_RENEWED");
        return fresh(tx, account);
    }

    /** Gives it up, for a code; not where the role demands it. */
    public SecondFactorOutcome remove(Tx tx, StaffAccount account, String entered, String from) {
        if (isDemanded(tx, account)) {
            return refused(Reason.SECOND_FACTOR_DEMANDED);
        }
        SecondFactorOutcome proof = prove(tx, account, entered, from);
        if (!(proof instanceof SecondFactorOutcome.Proved)) {
            return proof;
        }
        store.remove(tx, account.tenant(), account.id());
        tell(tx, account, from, "SECOND_FACTOR_REMOVED");
        return new SecondFactorOutcome.Removed();
    }

    /**
     * Removes it for somebody who lost phone and recovery codes; that person's sessions end, and
     * where the role demands one, the next login leads to enrolling.
     *
     * @param scope of who manages the account
     * @return false when there is none, or it is the own account
     */
    public boolean reset(Tx tx, StaffScope scope, StaffAccount account) {
        if (account.login().equals(scope.login())
                || !store.remove(tx, account.tenant(), account.id())) {
            return false;
        }
        accounts.endSessions(tx, account.tenant(), account.id());
        audit.deleted(tx, scope.actor(), SUBJECT, account.id(), Map.of("login", account.login()));
        return true;
    }

    /** Of which roles it is demanded. */
    public Set<StaffRole> roles(Tx tx, StaffScope scope) {
        Set<String> codes = store.roles(tx, scope.tenant().value());
        return Arrays.stream(StaffRole.values())
                .filter(role -> codes.contains(role.code()))
                .collect(Collectors.toSet());
    }

    /**
     * Says of which roles it is demanded from their next login on; its administrator's decision.
     */
    public boolean demand(Tx tx, StaffScope scope, Set<StaffRole> roles) {
        if (!scope.has(StaffRole.BODY_ADMIN)) {
            return false;
        }
        long tenant = scope.tenant().value();
        Set<String> wanted =
                roles.stream().map(StaffRole::code).collect(Collectors.toCollection(TreeSet::new));
        Map<String, ?> before = Map.of("roles", new TreeSet<>(store.roles(tx, tenant)));
        Map<String, ?> after = Map.of("roles", wanted);
        store.demand(tx, tenant, wanted);
        audit.changed(tx, scope.actor(), SUBJECT, tenant, before, after);
        return true;
    }

    private static SecondFactorOutcome refused(Reason reason) {
        return new SecondFactorOutcome.Refused(reason);
    }

    private void tell(Tx tx, StaffAccount account, String from, String event) {
        AuditActor actor = new AuditActor(account.tenant(), account.login(), "staff", 0, from);
        audit.access(tx, actor, account.login(), Map.of("event", event));
    }

    private static byte[] associated(StaffAccount account) {
        return ("second factor " + account.tenant() + "/" + account.id())
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] sealed(StaffAccount account, byte[] secret) {
        byte[] nonce = entropy.bytes(Aead.NONCE_BYTES);
        byte[] sealed = Aead.encrypt(key, nonce, associated(account), secret);
        byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
        return both;
    }

    private byte[] opened(StaffAccount account, SecondFactor factor) {
        byte[] nonce = Arrays.copyOf(factor.sealed(), Aead.NONCE_BYTES);
        byte[] sealed =
                Arrays.copyOfRange(factor.sealed(), Aead.NONCE_BYTES, factor.sealed().length);
        return Aead.decrypt(key, nonce, associated(account), sealed)
                .orElseThrow(() -> new SecondFactorDamaged(account.login()));
    }

    /** A stored secret is not what was stored for this account under this hub's data key. */
    public static final class SecondFactorDamaged extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        SecondFactorDamaged(String login) {
            super("the second factor of " + login + " cannot be opened");
        }
    }
}
