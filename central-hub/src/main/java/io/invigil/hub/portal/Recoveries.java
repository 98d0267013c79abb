package io.invigil.hub.portal;

import io.invigil.appliance.account.PasswordRules;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.message.MessageKind;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.trust.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A forgotten password, or the first one (issue 4, part 11): a code goes to the mobile number and
 * the mail address that the school entered, and nowhere else. It holds {@link #VALID}, for {@link
 * #TRIES_MAX} tries; at most {@link #CODES_MAX} are sent in a day. What is answered never tells
 * whether a number belongs to anybody. Thread-safe.
 */
final class Recoveries {
    static final int CODE_DIGITS = 6;
    static final Duration VALID = Duration.ofMinutes(15);
    static final int TRIES_MAX = 5;
    static final int CODES_MAX = 5;
    static final Duration BETWEEN_CODES = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int CODES = 1_000_000;

    private final Database database;
    private final TenantId tenant;
    private final PortalAccounts accounts;
    private final byte[] key;
    private final Clock clock;
    private final Entropy entropy;
    private final PortalAccountStore store = new PortalAccountStore();
    private final CandidateMail mail = new CandidateMail();
    private final Audit audit = new Audit();

    /**
     * @param key at least 32 secret bytes for this purpose alone
     */
    Recoveries(
            Database database,
            TenantId tenant,
            PortalAccounts accounts,
            byte[] key,
            Clock clock,
            Entropy entropy) {
        this.database = database;
        this.tenant = tenant;
        this.accounts = accounts;
        this.key = key.clone();
        this.clock = clock;
        this.entropy = entropy;
    }

    /** What the message with the code says. */
    interface Letter {
        String subject();

        String text(String code);
    }

    /**
     * Sends a code when the number is a candidate's, there is an address, the account is not
     * disabled, and not too many were sent. Tells nobody whether it did.
     */
    void request(String number, Letter letter) {
        database.useTransaction(
                tx ->
                        accounts.typed(tx, tenant, number)
                                .filter(CandidateMail::reaches)
                                .filter(
                                        one ->
                                                accounts.find(tx, one)
                                                        .filter(PortalAccount::disabled)
                                                        .isEmpty())
                                .ifPresent(one -> send(tx, one, letter)));
    }

    private void send(Tx tx, Candidate candidate, Letter letter) {
        Instant now = clock.instant();
        Optional<PortalAccountStore.Sent> last = store.sent(tx, tenant, candidate.id());
        boolean tooSoon = last.filter(s -> s.at().plus(BETWEEN_CODES).isAfter(now)).isPresent();
        Optional<PortalAccountStore.Sent> today =
                last.filter(sent -> sent.day().plus(DAY).isAfter(now));
        int count = today.map(PortalAccountStore.Sent::count).orElse(0);
        if (tooSoon || count >= CODES_MAX) {
            return;
        }
        String code = newCode();
        store.keep(
                tx,
                tenant,
                candidate.id(),
                new PortalAccountStore.Sent(
                        mac(candidate, code),
                        now,
                        0,
                        today.map(PortalAccountStore.Sent::day).orElse(now),
                        count + 1));
        mail.put(tx, candidate, MessageKind.CODE, letter.subject(), letter.text(code));
    }

    /** Six digits, each number as likely as any other. */
    private String newCode() {
        while (true) {
            byte[] bytes = entropy.bytes(3);
            int value = (bytes[0] & 0xff) << 16 | (bytes[1] & 0xff) << 8 | bytes[2] & 0xff;
            if (value < (1 << 24) / CODES * CODES) {
                return "%06d".formatted(value % CODES);
            }
        }
    }

    private String mac(Candidate candidate, String code) {
        String message = "portal-recovery/" + tenant + "/" + candidate.id() + "/" + code;
        byte[] mac = Hmac.sha256(key, message.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac);
    }

    /**
     * Sets a new password by a code. Every attempt counts, also right codes with passwords that may
     * not be used.
     *
     * @param fresh the new password, for the rules
     * @param hash of it, made before, so that a number that nobody has takes as long as any other
     * @return empty when it is set
     */
    Optional<PortalRefusal> redeem(
            String number, String code, String fresh, String hash, String address) {
        return database.inTransaction(
                tx -> {
                    Optional<Candidate> candidate = accounts.typed(tx, tenant, number);
                    if (candidate.isEmpty() || !fits(tx, candidate.get(), code)) {
                        return Optional.of(PortalRefusal.PORTAL_CODE_WRONG);
                    }
                    Candidate owner = candidate.get();
                    if (PasswordRules.check(fresh, owner.number(), owner.name()).isPresent()
                            || fresh.contains(owner.idNumber())) {
                        return Optional.of(PortalRefusal.PORTAL_PASSWORD_GUESSABLE);
                    }
                    store.spend(tx, tenant, owner.id());
                    accounts.set(tx, owner, hash, false);
                    audit.access(
                            tx,
                            new AuditActor(
                                    tenant.value(),
                                    owner.number(),
                                    PortalAccounts.ROLE,
                                    owner.school().value(),
                                    address),
                            owner.number(),
                            Map.of("event", "PASSWORD_RECOVERED"));
                    return Optional.empty();
                });
    }

    private boolean fits(Tx tx, Candidate candidate, String code) {
        boolean disabled = accounts.find(tx, candidate).filter(PortalAccount::disabled).isPresent();
        boolean counted = store.tried(tx, tenant, candidate.id(), TRIES_MAX);
        Optional<PortalAccountStore.Sent> sent = store.sent(tx, tenant, candidate.id());
        String expected = sent.map(PortalAccountStore.Sent::mac).orElse("");
        boolean same =
                MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII),
                        mac(candidate, code.strip()).getBytes(StandardCharsets.US_ASCII));
        boolean inTime =
                sent.filter(one -> clock.instant().isBefore(one.at().plus(VALID))).isPresent();
        return counted && same && inTime && !disabled;
    }
}
