package io.invigil.hub.office;

import io.invigil.appliance.account.NewAccount;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.message.MessageKind;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who works here (domain, sections 1, 8 and 17): an administrator manages the accounts of the own
 * organisation, a school's also those of its colleges, a body's those of everything that is no
 * body; clerks manage none but enter teachers. The role follows from the duty and the kind of
 * organisation. A first password is random and goes to the person by message; it must be changed at
 * the first login. Thread-safe.
 */
public final class StaffOffice {
    private static final String SUBJECT = "account";

    private final StaffAccounts accounts;
    private final Outbox outbox = new Outbox();
    private final Organisations organisations = new Organisations();
    private final StaffContactStore contacts = new StaffContactStore();
    private final Audit audit = new Audit();

    public StaffOffice(StaffAccounts accounts) {
        this.accounts = accounts;
    }

    /** What a new account says, in the form or in a row of the import. */
    public record Draft(
            String login,
            String name,
            long organisation,
            Set<StaffDuty> duties,
            StaffContact contact) {
        public Draft {
            duties = Set.copyOf(duties);
        }
    }

    /** What of an account can be changed. */
    public record Profile(String name, Set<StaffDuty> duties, StaffContact contact) {
        public Profile {
            duties = Set.copyOf(duties);
        }
    }

    /** What came of it. */
    public sealed interface Outcome {
        record Done(long account) implements Outcome {}

        record Refused(List<FieldIssue> issues) implements Outcome {
            public Refused {
                issues = List.copyOf(issues);
            }
        }
    }

    /** What a message with a password says. */
    public interface Letter {
        String subject();

        String text(String login, String password);
    }

    /** Organisations whose accounts the member of staff manages, by id. */
    public Map<Long, Organisation> managed(Tx tx, StaffScope scope) {
        Map<Long, Organisation> managed = new LinkedHashMap<>();
        if (!scope.administers()) {
            return managed;
        }
        for (Organisation one : organisations.all(tx, scope.tenant())) {
            boolean own = one.id().equals(scope.organisation().id());
            boolean below = scope.has(StaffRole.BODY_ADMIN) && one.kind() != OrganisationKind.BODY;
            boolean college =
                    scope.has(StaffRole.SCHOOL_ADMIN) && one.isCollegeOf(scope.organisation().id());
            if (own || below || college) {
                managed.put(one.id().value(), one);
            }
        }
        return managed;
    }

    public List<StaffAccount> list(Tx tx, StaffScope scope, String text, int offset, int limit) {
        Set<Long> own = managed(tx, scope).keySet();
        return accounts.find(tx, scope.tenant().value(), own, text, offset, limit);
    }

    public long count(Tx tx, StaffScope scope, String text) {
        return accounts.count(tx, scope.tenant().value(), managed(tx, scope).keySet(), text);
    }

    /** The account when the member of staff manages it. */
    public Optional<StaffAccount> find(Tx tx, StaffScope scope, long id) {
        Set<Long> managed = managed(tx, scope).keySet();
        return accounts.find(tx, scope.tenant().value(), id)
                .filter(account -> account.organisation().filter(managed::contains).isPresent());
    }

    /** The account when it is one of the own organisation. */
    public Optional<StaffAccount> findColleague(Tx tx, StaffScope scope, long id) {
        long own = scope.organisation().id().value();
        return accounts.find(tx, scope.tenant().value(), id)
                .filter(account -> account.organisation().filter(of -> of == own).isPresent());
    }

    /** The account with this login, whose it may be. */
    Optional<StaffAccount> findByLogin(Tx tx, StaffScope scope, String login) {
        return accounts.byLogin(tx, scope.tenant().value(), login);
    }

    /** What of the account can be changed, as it is. */
    public Profile profile(Tx tx, StaffAccount account, Organisation of) {
        return new Profile(
                account.name(), StaffDuty.among(account.roles(), of.kind()), contact(tx, account));
    }

    /** The account as it is, which nobody else changes until the transaction ends. */
    public Optional<StaffAccount> lock(Tx tx, StaffScope scope, long id) {
        contacts.lock(tx, scope.tenant().value(), id);
        return find(tx, scope, id);
    }

    public StaffContact contact(Tx tx, StaffAccount account) {
        return contacts.find(tx, account.tenant(), account.id()).orElse(StaffContact.NONE);
    }

    /** Takes about 55 ms: to be made before the transaction. */
    public InitialPassword newPassword() {
        return accounts.newPassword();
    }

    /** Makes an account and puts the first password into the outbox. */
    public Outcome add(
            Tx tx, StaffScope scope, Draft draft, InitialPassword password, Letter letter) {
        Optional<Organisation> organisation =
                Optional.ofNullable(managed(tx, scope).get(draft.organisation()));
        Set<String> roles =
                organisation
                        .map(one -> StaffDuty.codes(draft.duties(), one.kind()))
                        .orElse(Set.of());
        return add(tx, scope, draft, organisation, roles, password, letter);
    }

    /** The same for a teacher of the own school (domain, section 8): the login is the mobile. */
    public Outcome addTeacher(
            Tx tx, StaffScope scope, Draft draft, InitialPassword password, Letter letter) {
        Optional<Organisation> own =
                Optional.of(scope.organisation())
                        .filter(one -> one.kind() == OrganisationKind.SCHOOL);
        Set<String> roles = Set.of(StaffRole.TEACHER.code());
        return add(tx, scope, draft, own, roles, password, letter);
    }

    /** What is wrong with the texts of a draft, before a password is made for it. */
    List<FieldIssue> issues(Draft draft) {
        NewAccount account =
                new NewAccount(draft.login(), draft.name(), Set.of(), Optional.empty());
        List<FieldIssue> issues = new ArrayList<>();
        if (account.name().isEmpty() || account.name().length() > NewAccount.NAME_CHARS_MAX) {
            issues.add(FieldIssue.of("name", StaffRefusal.STAFF_NAME_MISSING));
        } else if (!account.isWellFormed()) {
            issues.add(FieldIssue.of("login", StaffRefusal.STAFF_LOGIN_MALFORMED));
        }
        issues.addAll(draft.contact().issues());
        return issues;
    }

    private Outcome add(
            Tx tx,
            StaffScope scope,
            Draft draft,
            Optional<Organisation> organisation,
            Set<String> roles,
            InitialPassword password,
            Letter letter) {
        NewAccount account =
                new NewAccount(
                        draft.login(),
                        draft.name(),
                        roles,
                        organisation.map(one -> one.id().value()));
        List<FieldIssue> issues = issues(draft);
        if (organisation.isEmpty()) {
            issues.add(FieldIssue.of("organisation", StaffRefusal.STAFF_ORGANISATION_UNKNOWN));
        } else if (roles.isEmpty()) {
            issues.add(FieldIssue.of("duty", StaffRefusal.STAFF_DUTY_MISSING));
        }
        if (!issues.isEmpty()) {
            return new Outcome.Refused(issues);
        }
        long tenant = scope.tenant().value();
        return switch (accounts.create(tx, tenant, account, password)) {
            case StaffAccounts.Creation.Refused refused ->
                    new Outcome.Refused(
                            List.of(FieldIssue.of("login", StaffRefusal.STAFF_LOGIN_TAKEN)));
            case StaffAccounts.Creation.Created created -> {
                contacts.save(tx, tenant, created.id(), draft.contact());
                send(tx, scope, draft.contact(), account.login(), password, letter);
                audit.created(
                        tx,
                        scope.actor(),
                        SUBJECT,
                        created.id(),
                        state(found(tx, tenant, created.id()), draft.contact()));
                yield new Outcome.Done(created.id());
            }
        };
    }

    private StaffAccount found(Tx tx, long tenant, long id) {
        return accounts.find(tx, tenant, id).orElseThrow();
    }

    /** The password goes to the person and nobody else: not to a log, not to the page. */
    private void send(
            Tx tx,
            StaffScope scope,
            StaffContact contact,
            String login,
            InitialPassword password,
            Letter letter) {
        outbox.put(
                tx,
                scope.tenant().value(),
                scope.organisation().id().value(),
                MessageKind.PASSWORD,
                contact.channel(),
                contact.recipient(),
                letter.subject(),
                letter.text(login, password.password().reveal()));
    }

    /** A new random password by message; opens the account and ends its sessions. */
    public Outcome reset(
            Tx tx,
            StaffScope scope,
            StaffAccount account,
            InitialPassword password,
            Letter letter) {
        StaffContact contact = contact(tx, account);
        List<FieldIssue> issues = contact.issues();
        if (!issues.isEmpty()) {
            return new Outcome.Refused(issues);
        }
        return changed(
                tx,
                scope,
                account,
                any -> {
                    accounts.reset(tx, account.tenant(), account.id(), password);
                    send(tx, scope, contact, account.login(), password, letter);
                    return "reset";
                });
    }

    /** Opens an account that wrong passwords have locked. */
    public Outcome unlock(Tx tx, StaffScope scope, StaffAccount account) {
        return changed(
                tx,
                scope,
                account,
                any -> {
                    accounts.unlock(tx, account.tenant(), account.id());
                    return "unlock";
                });
    }

    /** Disables or enables; nobody disables the own account. */
    public Outcome disable(Tx tx, StaffScope scope, StaffAccount account, boolean disabled) {
        if (account.login().equals(scope.login())) {
            return new Outcome.Refused(List.of(FieldIssue.of("", StaffRefusal.STAFF_SELF)));
        }
        return changed(
                tx,
                scope,
                account,
                any -> {
                    accounts.disable(tx, account.tenant(), account.id(), disabled);
                    return disabled ? "disable" : "enable";
                });
    }

    public Outcome endSessions(Tx tx, StaffScope scope, StaffAccount account) {
        return changed(
                tx,
                scope,
                account,
                any -> {
                    accounts.endSessions(tx, account.tenant(), account.id());
                    return "end-sessions";
                });
    }

    /**
     * Another name, address or duty. What is no duty stays: a teacher is entered and left among the
     * teachers. Nobody gives the own administration away, so an organisation keeps one.
     */
    public Outcome change(Tx tx, StaffScope scope, StaffAccount account, Profile profile) {
        StaffContact contact = profile.contact();
        List<FieldIssue> issues = new ArrayList<>(contact.issues());
        String name = profile.name().strip();
        if (name.isEmpty() || name.length() > NewAccount.NAME_CHARS_MAX) {
            issues.add(FieldIssue.of("name", StaffRefusal.STAFF_NAME_MISSING));
        }
        Set<String> roles = roles(tx, scope, account, profile.duties());
        if (roles.isEmpty()) {
            issues.add(FieldIssue.of("duty", StaffRefusal.STAFF_DUTY_MISSING));
        } else if (account.login().equals(scope.login())
                && !profile.duties().contains(StaffDuty.ADMINISTRATOR)) {
            issues.add(FieldIssue.of("duty", StaffRefusal.STAFF_DUTY_OWN));
        }
        if (!issues.isEmpty()) {
            return new Outcome.Refused(issues);
        }
        return changed(
                tx,
                scope,
                account,
                any -> {
                    accounts.change(
                            tx,
                            account.tenant(),
                            account.id(),
                            name,
                            roles,
                            account.organisation());
                    contacts.save(tx, account.tenant(), account.id(), contact);
                    return "change";
                });
    }

    private Set<String> roles(
            Tx tx, StaffScope scope, StaffAccount account, Set<StaffDuty> duties) {
        Organisation of = managed(tx, scope).get(account.organisation().orElse(0L));
        if (of == null) {
            return Set.of();
        }
        Set<String> roles = new TreeSet<>(account.roles());
        roles.removeAll(StaffDuty.codes(EnumSet.allOf(StaffDuty.class), of.kind()));
        roles.addAll(StaffDuty.codes(duties, of.kind()));
        return roles;
    }

    private Outcome changed(
            Tx tx, StaffScope scope, StaffAccount account, Function<StaffAccount, String> work) {
        Map<String, String> before = state(account, contact(tx, account));
        String what = work.apply(account);
        StaffAccount now = found(tx, account.tenant(), account.id());
        Map<String, String> after = state(now, contact(tx, now));
        after.put("what", what);
        audit.changed(tx, scope.actor(), SUBJECT, account.id(), before, after);
        return new Outcome.Done(account.id());
    }

    /** What the audit keeps of an account: no password, no hash. */
    private static Map<String, String> state(StaffAccount account, StaffContact contact) {
        Map<String, String> state = new TreeMap<>();
        state.put("login", account.login());
        state.put("name", account.name());
        state.put("roles", String.join(" ", account.roles()));
        state.put("organisation", account.organisation().map(String::valueOf).orElse(""));
        state.put("locked", Boolean.toString(account.lockedAt().isPresent()));
        state.put("disabled", Boolean.toString(account.disabled()));
        state.put("mail", contact.mail());
        state.put("mobile", contact.mobile());
        return state;
    }
}
