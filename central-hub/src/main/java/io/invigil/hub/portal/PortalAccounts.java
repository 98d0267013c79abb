package io.invigil.hub.portal;

import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.account.StaffDirectory;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.session.SessionStore;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.message.MessageKind;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Candidates' accounts (domain, sections 1 and 8): opened by the own school with a random password
 * that goes to the candidate by message and is changed at the first login; locked by wrong
 * passwords, unlocked by the school or by a recovery. The login is the candidate number or the ID
 * number. Thread-safe.
 */
public final class PortalAccounts implements StaffDirectory {
    /** The role of a candidate's session. */
    public static final String ROLE = "candidate";

    /** Accounts opened at once: each password takes about 55 ms. */
    public static final int AT_ONCE_MAX = 50;

    private static final int TYPED_CHARS_MAX = 64;
    private static final String SUBJECT = "portal-account";

    private final Database database;
    private final SessionStore sessions;
    private final PortalAccountStore store = new PortalAccountStore();
    private final Candidates candidates = new Candidates();
    private final CandidateMail mail = new CandidateMail();
    private final Audit audit = new Audit();

    public PortalAccounts(Database database, SessionStore sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    /** What the message with a first password says. */
    interface Letter {
        String subject();

        String text(String login, String password);
    }

    /** What the school does with accounts. */
    enum Action {
        /** Opens an account, or gives an open one a new first password. */
        OPEN,
        UNLOCK,
        DISABLE,
        ENABLE,
        END_SESSIONS
    }

    /** How many were done, and why the others were not. */
    record Outcome(int done, Map<String, PortalRefusal> refused) {}

    /** The account number of a candidate's sessions. */
    static long account(CandidateId candidate) {
        return -candidate.value();
    }

    /** Whose session it is; empty for staff. */
    public static Optional<CandidateId> candidate(SignedIn person) {
        return person.has(ROLE) && person.account() < 0
                ? Optional.of(new CandidateId(-person.account()))
                : Optional.empty();
    }

    /** The candidate of a candidate number or ID number. */
    Optional<Candidate> typed(Tx tx, TenantId tenant, String number) {
        String wanted = number.strip().toUpperCase(Locale.ROOT);
        return wanted.isEmpty() || wanted.length() > TYPED_CHARS_MAX
                ? Optional.empty()
                : candidates.findByAnyNumber(tx, tenant, List.of(wanted)).values().stream()
                        .findFirst();
    }

    Optional<PortalAccount> find(Tx tx, Candidate candidate) {
        return store.find(tx, candidate.tenant(), candidate.id()).map(row -> row.of(candidate));
    }

    /** How the candidate's account stands. */
    public PortalAccount.State standing(Tx tx, Candidate candidate) {
        return find(tx, candidate).map(PortalAccount::state).orElse(PortalAccount.State.NONE);
    }

    /** One page of the school's candidates with their accounts, by name. */
    List<PortalAccountStore.Listed> list(
            Tx tx,
            StaffScope scope,
            String text,
            Optional<PortalAccount.State> state,
            int offset,
            int limit) {
        return store.list(
                tx, scope.tenant(), scope.organisation().id(), text, state, offset, limit);
    }

    /** Those after one, in the list's order: for exports. */
    List<PortalAccountStore.Listed> after(
            Tx tx,
            StaffScope scope,
            String text,
            Optional<PortalAccount.State> state,
            Optional<PortalAccountStore.Listed> last,
            int limit) {
        return store.after(tx, scope.tenant(), scope.organisation().id(), text, state, last, limit);
    }

    long count(Tx tx, StaffScope scope, String text, Optional<PortalAccount.State> state) {
        return store.count(tx, scope.tenant(), scope.organisation().id(), text, state);
    }

    /**
     * Carries an action out for candidates of the own school.
     *
     * @param passwords one for each chosen candidate when accounts are opened, else none; made
     *     before the transaction
     */
    Outcome carry(
            Tx tx,
            StaffScope scope,
            Action action,
            Collection<CandidateId> chosen,
            List<InitialPassword> passwords,
            Letter letter) {
        Map<CandidateId, Candidate> known = candidates.findAll(tx, scope.tenant(), chosen);
        Map<String, PortalRefusal> refused = new LinkedHashMap<>();
        int done = 0;
        int at = 0;
        for (CandidateId id : chosen) {
            Optional<Candidate> own =
                    Optional.ofNullable(known.get(id)).filter(c -> scope.mayChange(c.school()));
            Optional<PortalRefusal> refusal;
            if (own.isEmpty()) {
                refusal = Optional.of(PortalRefusal.PORTAL_NOT_OWN);
            } else if (action == Action.OPEN) {
                refusal = open(tx, scope, own.get(), passwords.get(at++), letter);
            } else {
                refusal = act(tx, scope, action, own.get());
            }
            String name = own.map(Candidate::name).orElse(id.toString());
            refusal.ifPresent(why -> refused.put(name, why));
            done += refusal.isEmpty() ? 1 : 0;
        }
        return new Outcome(done, refused);
    }

    private Optional<PortalRefusal> open(
            Tx tx, StaffScope scope, Candidate candidate, InitialPassword fresh, Letter letter) {
        if (!CandidateMail.reaches(candidate)) {
            return Optional.of(PortalRefusal.PORTAL_MOBILE_MISSING);
        }
        Optional<PortalAccount> before = find(tx, candidate);
        if (before.filter(PortalAccount::disabled).isPresent()) {
            return Optional.of(PortalRefusal.PORTAL_DISABLED);
        }
        set(tx, candidate, fresh.hash(), true);
        mail.put(
                tx,
                candidate,
                MessageKind.PASSWORD,
                letter.subject(),
                letter.text(candidate.number(), fresh.password().reveal()));
        record(tx, scope, candidate, before, Action.OPEN);
        return Optional.empty();
    }

    /** Sets a password; the account is opened when there is none, and its sessions end. */
    void set(Tx tx, Candidate candidate, String hash, boolean mustChange) {
        TenantId tenant = candidate.tenant();
        if (store.password(tx, tenant, candidate.id(), hash, mustChange) == 0) {
            store.add(tx, tenant, candidate.id(), hash, mustChange);
        }
        endSessions(tx, candidate);
    }

    private void endSessions(Tx tx, Candidate candidate) {
        tx.afterCommit(
                () -> sessions.deleteAccount(candidate.tenant().value(), account(candidate.id())));
    }

    private Optional<PortalRefusal> act(
            Tx tx, StaffScope scope, Action action, Candidate candidate) {
        Optional<PortalAccount> before = find(tx, candidate);
        if (before.isEmpty()) {
            return Optional.of(PortalRefusal.PORTAL_NOT_OPEN);
        }
        TenantId tenant = candidate.tenant();
        switch (action) {
            case UNLOCK -> store.unlock(tx, tenant, candidate.id());
            case DISABLE -> {
                store.disable(tx, tenant, candidate.id(), true);
                endSessions(tx, candidate);
            }
            case ENABLE -> store.disable(tx, tenant, candidate.id(), false);
            case END_SESSIONS -> endSessions(tx, candidate);
            case OPEN -> throw new IllegalArgumentException("opening needs a password");
        }
        record(tx, scope, candidate, before, action);
        return Optional.empty();
    }

    /** The audit keeps neither password nor hash. */
    private void record(
            Tx tx,
            StaffScope scope,
            Candidate candidate,
            Optional<PortalAccount> before,
            Action action) {
        PortalAccount.State was = before.map(PortalAccount::state).orElse(PortalAccount.State.NONE);
        PortalAccount.State now = find(tx, candidate).orElseThrow().state();
        audit.changed(
                tx,
                scope.actor(),
                SUBJECT,
                candidate.id(),
                Map.of("state", was),
                Map.of("state", now, "what", action));
    }

    @Override
    public Optional<StaffAccount> byLogin(long tenant, String login) {
        return database.inTransaction(
                tx ->
                        typed(tx, new TenantId(tenant), login)
                                .flatMap(one -> find(tx, one))
                                .map(PortalAccount::login));
    }

    @Override
    public Optional<StaffAccount> byId(long tenant, long id) {
        return id >= 0
                ? Optional.empty()
                : database.inTransaction(
                        tx ->
                                candidates
                                        .find(tx, new TenantId(tenant), new CandidateId(-id))
                                        .flatMap(one -> find(tx, one))
                                        .map(PortalAccount::login));
    }

    @Override
    public boolean failed(long tenant, long id, int lockAt, Instant now) {
        return database.inTransaction(
                tx -> store.failed(tx, new TenantId(tenant), new CandidateId(-id), lockAt, now));
    }

    @Override
    public void succeeded(long tenant, long id) {
        database.useTransaction(
                tx -> store.clearFailures(tx, new TenantId(tenant), new CandidateId(-id)));
    }

    @Override
    public boolean changePassword(long tenant, long id, String passwordHash, Instant now) {
        return database.inTransaction(
                tx ->
                        store.password(
                                        tx,
                                        new TenantId(tenant),
                                        new CandidateId(-id),
                                        passwordHash,
                                        false)
                                == 1);
    }
}
