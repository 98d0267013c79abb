package io.invigil.hub.sessionroom;

import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.course.Teacher;
import io.invigil.hub.course.Teachers;
import io.invigil.hub.message.Channel;
import io.invigil.hub.message.MessageKind;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.AssignedStaff;
import java.util.Map;
import java.util.Optional;

/**
 * Teachers hold their own sessions at room servers (domain, section 9; S0, section 7): with the
 * login of their account and a password for rooms alone, random and sent to the mobile. It travels,
 * hashed, in the packages of the sessions of the courses that they teach; the password of the
 * centre never leaves it. Thread-safe.
 */
public final class TeacherAccounts {
    private final StaffAccounts passwords;
    private final Teachers teachers;
    private final TeacherAccountStore store = new TeacherAccountStore();
    private final Outbox outbox = new Outbox();
    private final Audit audit = new Audit();

    /**
     * @param passwords makes random ones
     */
    public TeacherAccounts(StaffAccounts passwords, Teachers teachers) {
        this.passwords = passwords;
        this.teachers = teachers;
    }

    /** What the message with a password says. */
    public interface Letter {
        String subject();

        String text(String login, String password);
    }

    /** Whether a teacher has a password for rooms; empty for everybody else. */
    public Optional<Boolean> state(Tx tx, StaffScope scope) {
        return teachers.of(tx, scope).map(teacher -> store.exists(tx, teacher));
    }

    /** Takes about 55 ms: to be made before the transaction. */
    public InitialPassword newPassword() {
        return passwords.newPassword();
    }

    /**
     * A new random password by message, in place of an earlier one; it holds in packages made from
     * then on.
     *
     * @return the mobile that the message goes to; empty when this is no teacher
     */
    public Optional<String> send(Tx tx, StaffScope scope, InitialPassword password, Letter letter) {
        Optional<Teacher> teacher = teachers.of(tx, scope);
        teacher.ifPresent(one -> send(tx, scope, one, password, letter));
        return teacher.map(one -> one.details().mobile());
    }

    private void send(
            Tx tx, StaffScope scope, Teacher teacher, InitialPassword password, Letter letter) {
        boolean anew = store.exists(tx, teacher);
        store.save(tx, teacher, password.hash());
        outbox.put(
                tx,
                teacher.tenant().value(),
                teacher.school().value(),
                MessageKind.PASSWORD,
                Channel.SMS,
                teacher.details().mobile(),
                letter.subject(),
                letter.text(teacher.login(), password.password().reveal()));
        audit.created(
                tx,
                scope.actor(),
                "teacher-room-account",
                teacher.id(),
                Map.of("password", anew ? "anew" : "first"));
    }

    /** What packages ask for. */
    public static AssignedStaff teaching() {
        TeacherAccountStore accounts = new TeacherAccountStore();
        return (tx, tenant, slot, rooms) ->
                accounts.teaching(tx, tenant, slot).stream()
                        .filter(one -> rooms.contains(one.room()))
                        .map(TeacherAccountStore.Placed::account)
                        .distinct()
                        .toList();
    }
}
