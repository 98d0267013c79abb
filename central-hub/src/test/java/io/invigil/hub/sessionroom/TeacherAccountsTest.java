package io.invigil.hub.sessionroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.PasswordHash;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.message.Message;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.AssignedStaff;
import io.invigil.hub.session.Sessions;
import io.invigil.hub.site.RoomId;
import io.invigil.testkit.SeededEntropy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain section 9, S0 section 7: a teacher holds the own session at the room server. */
class TeacherAccountsTest {
    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    abstract static class Contract extends SessionRoomContract {
        private static final TeacherAccounts.Letter LETTER =
                new TeacherAccounts.Letter() {
                    @Override
                    public String subject() {
                        return "考场密码";
                    }

                    @Override
                    public String text(String login, String password) {
                        return login + " " + password;
                    }
                };

        private final AssignedStaff teaching = TeacherAccounts.teaching();
        private StaffAccounts passwords;
        private TeacherAccounts accounts;

        Contract(Dialect dialect) {
            super(dialect);
        }

        @BeforeEach
        void passwords() {
            passwords =
                    new StaffAccounts(
                            database(), new MemorySessions(), w.world.clock, new SeededEntropy(6));
            accounts = new TeacherAccounts(passwords, w.teachers);
        }

        private Optional<String> send(StaffScope scope) {
            return w.tx(tx -> accounts.send(tx, scope, accounts.newPassword(), LETTER));
        }

        private Optional<Boolean> state(StaffScope scope) {
            return w.tx(tx -> accounts.state(tx, scope));
        }

        private Message lastMessage() {
            return w.tx(
                            tx ->
                                    new Outbox()
                                            .list(
                                                    tx,
                                                    w.world.tenant.value(),
                                                    w.world.clerk.organisation().id().value(),
                                                    Optional.empty(),
                                                    0,
                                                    1))
                    .getFirst();
        }

        private List<Roster.Staff> staff(HeldSession held, RoomId room) {
            return w.tx(tx -> teaching.of(tx, held.tenant(), held.slot(), List.of(room)));
        }

        @Test
        void thePasswordGoesByMessageAndItsHashIntoThePackagesOfTheOwnCourses() {
            Sessions.Placed test = session(true);
            hold(w.teacher, test);
            HeldSession held = held(test);
            assertThat(staff(held, held.room())).isEmpty();
            assertThat(state(w.teacher)).contains(false);
            assertThat(send(w.teacher)).contains("13800000901");
            assertThat(send(w.otherTeacher)).as("has an account, teaches others").isPresent();
            assertThat(state(w.teacher)).contains(true);
            List<Roster.Staff> known = staff(held, held.room());
            assertThat(known).extracting(Roster.Staff::login).containsExactly("13800000901");
            assertThat(known.getFirst().role()).isEqualTo("PROCTOR");
            assertThat(known.getFirst().name()).isEqualTo("何老师");
            assertThat(staff(held, new RoomId(held.room().value() + 1))).isEmpty();
            assertThat(AuditTrail.of(database(), w.world.tenant))
                    .anyMatch(line -> line.startsWith("CREATED teacher-room-account "));
        }

        @Test
        void theNewestPasswordHoldsAndIsNotThatOfTheCentre() {
            Sessions.Placed test = session(true);
            hold(w.teacher, test);
            HeldSession held = held(test);
            send(w.teacher);
            String first = lastMessage().text().split(" ")[1];
            send(w.teacher);
            String second = lastMessage().text().split(" ")[1];
            String hash = staff(held, held.room()).getFirst().passwordHash();
            assertThat(PasswordHash.fits(second, hash)).isTrue();
            assertThat(PasswordHash.fits(first, hash)).isFalse();
        }

        @Test
        void onlyTeachersHaveOneAndNobodyWhomTheOfficeShutOut() {
            assertThat(send(w.world.clerk)).isEmpty();
            assertThat(state(w.world.clerk)).isEmpty();
            Sessions.Placed test = session(true);
            hold(w.teacher, test);
            HeldSession held = held(test);
            send(w.teacher);
            long account = w.tx(tx -> w.teachers.of(tx, w.teacher)).orElseThrow().account();
            w.tx(tx -> passwords.disable(tx, w.world.tenant.value(), account, true));
            assertThat(staff(held, held.room())).isEmpty();
        }
    }
}
