package io.invigil.hub.staffing;

import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.message.Channel;
import io.invigil.hub.message.MessageKind;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.AssignedStaff;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts of certified proctors (domain, section 8: "account first"; source 002 section 10). The
 * login is the proctor's number, the password random and sent to the mobile. They open the room
 * servers of the rooms to which the proctor is assigned, in those slots only: each travels, hashed,
 * in the packages made for them. Thread-safe.
 */
public final class ProctorAccounts {
    private final StaffAccounts passwords;
    private final Proctors proctors;
    private final ProctorAccountStore store = new ProctorAccountStore();
    private final Outbox outbox = new Outbox();
    private final Audit audit = new Audit();

    /**
     * @param passwords makes random ones
     */
    public ProctorAccounts(StaffAccounts passwords, Proctors proctors) {
        this.passwords = passwords;
        this.proctors = proctors;
    }

    /** What the message with a password says. */
    public interface Letter {
        String subject();

        String text(String login, String password);
    }

    /** Takes about 55 ms: to be made before the transaction. */
    public InitialPassword newPassword() {
        return passwords.newPassword();
    }

    /** The login, once there is an account. */
    public Optional<String> login(Tx tx, Proctor proctor) {
        return store.login(tx, proctor);
    }

    /** Whether the person is certified and has no account yet. */
    public boolean isDue(Tx tx, Proctor proctor) {
        return store.login(tx, proctor).isEmpty()
                && proctors.qualifications(tx, proctor).stream().anyMatch(Qualification::certified);
    }

    /**
     * Opens the account of somebody who was certified; nothing happens where none is due.
     *
     * @return whether a message waits in the outbox now
     */
    public boolean open(
            Tx tx, StaffScope scope, Proctor proctor, InitialPassword password, Letter letter) {
        if (!isDue(tx, proctor)) {
            return false;
        }
        String login = proctor.number().toLowerCase(Locale.ROOT);
        send(tx, proctor, login, password, letter);
        audit.created(tx, scope.actor(), "proctor-account", proctor.id(), Map.of("login", login));
        return true;
    }

    /** A new random password by message; it holds in packages made from then on. */
    public StaffingDecision reset(
            Tx tx, StaffScope scope, Proctor proctor, InitialPassword password, Letter letter) {
        if (!scope.mayChange(proctor.school())) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_NOT_ALLOWED);
        }
        Optional<String> login = store.login(tx, proctor);
        if (login.isEmpty()) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_WITHOUT_ACCOUNT);
        }
        send(tx, proctor, login.get(), password, letter);
        Map<String, String> state = Map.of("login", login.get(), "what", "reset");
        audit.changed(tx, scope.actor(), "proctor-account", proctor.id(), state, state);
        return new StaffingDecision.Saved(proctor.id());
    }

    private void send(
            Tx tx, Proctor proctor, String login, InitialPassword password, Letter letter) {
        store.save(tx, proctor, login, password.hash());
        outbox.put(
                tx,
                proctor.tenant().value(),
                proctor.school().value(),
                MessageKind.PASSWORD,
                Channel.SMS,
                proctor.mobile(),
                letter.subject(),
                letter.text(login, password.password().reveal()));
    }

    /** What packages ask for. */
    public static AssignedStaff assigned() {
        ProctorAccountStore accounts = new ProctorAccountStore();
        return (tx, tenant, slot, rooms) ->
                accounts.assigned(tx, tenant, slot).stream()
                        .filter(one -> rooms.contains(one.room()))
                        .map(ProctorAccountStore.Placed::account)
                        .distinct()
                        .toList();
    }
}
