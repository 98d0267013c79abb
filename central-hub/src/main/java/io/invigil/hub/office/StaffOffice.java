package io.invigil.hub.office;

import io.invigil.appliance.account.NewAccount;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Who works here (domain, sections 1, 8 and 17): a school's clerk manages the accounts of the own
 * school, a body's those of the own body and of everything that is no body. The role follows from
 * the kind of organisation. A first password is random and goes to the person by message; it must
 * be changed at the first login. Thread-safe.
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
    public record Draft(String login, String name, long organisation, StaffContact contact) {}

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
        for (Organisation one : organisations.all(tx, scope.tenant())) {
            boolean own = one.id().equals(scope.organisation().id());
            boolean below =
                    scope.role() == StaffRole.BODY_STAFF && one.kind() != OrganisationKind.BODY;
            if (own || below) {
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
        Optional<StaffRole> role =
                Optional.ofNullable(managed(tx, scope).get(draft.organisation()))
                        .map(StaffOffice::role);
        return add(tx, scope, draft, role, password, letter);
    }

    /** The same for a teacher of the own school (domain, section 8): the login is the mobile. */
    public Outcome addTeacher(
            Tx tx, StaffScope scope, Draft draft, InitialPassword password, Letter letter) {
        return add(tx, scope, draft, Optional.of(StaffRole.TEACHER), password, letter);
    }

    private Outcome add(
            Tx tx,
            StaffScope scope,
            Draft draft,
            Optional<StaffRole> role,
            InitialPassword password,
            Letter letter) {
        Optional<Organisation> organisation =
                Optional.ofNullable(managed(tx, scope).get(draft.organisation()))
                        .filter(one -> role.map(r -> r.kind() == one.kind()).orElse(false));
        NewAccount account =
                new NewAccount(
                        draft.login(),
                        draft.name(),
                        role.map(one -> Set.of(one.code())).orElse(Set.of()),
                        organisation.map(one -> one.id().value()));
        List<FieldIssue> issues = new ArrayList<>();
        if (organisation.isEmpty()) {
            issues.add(FieldIssue.of("organisation", StaffRefusal.STAFF_ORGANISATION_UNKNOWN));
        }
        if (account.name().isEmpty() || account.name().length() > NewAccount.NAME_CHARS_MAX) {
            issues.add(FieldIssue.of("name", StaffRefusal.STAFF_NAME_MISSING));
        } else if (!account.isWellFormed()) {
            issues.add(FieldIssue.of("login", StaffRefusal.STAFF_LOGIN_MALFORMED));
        }
        issues.addAll(draft.contact().issues());
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

    private static StaffRole role(Organisation organisation) {
        return Arrays.stream(StaffRole.values())
                .filter(role -> role.kind() == organisation.kind())
                .findFirst()
                .orElseThrow();
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

    /** Another name or address. */
    public Outcome change(
            Tx tx, StaffScope scope, StaffAccount account, String name, StaffContact contact) {
        List<FieldIssue> issues = new ArrayList<>(contact.issues());
        if (name.isBlank() || name.strip().length() > NewAccount.NAME_CHARS_MAX) {
            issues.add(FieldIssue.of("name", StaffRefusal.STAFF_NAME_MISSING));
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
                            name.strip(),
                            account.roles(),
                            account.organisation());
                    contacts.save(tx, account.tenant(), account.id(), contact);
                    return "change";
                });
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
