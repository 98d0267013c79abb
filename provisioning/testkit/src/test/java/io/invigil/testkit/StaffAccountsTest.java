package io.invigil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.LoginOutcome;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.NewAccount;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.Creation;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.session.Session;
import io.invigil.appliance.web.session.SqlSessions;
import io.invigil.protocol.crypto.Digest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StaffAccountsTest {
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

    abstract static class Contract extends StoreContract {
        private final TestClock clock = TestClock.examMorning();
        private final SeededEntropy entropy = new SeededEntropy(11);
        private SqlSessions sessions;
        private StaffAccounts accounts;
        private long tenant = 100;

        Contract(Dialect dialect) {
            super(dialect);
        }

        @BeforeEach
        void wire() {
            tenant++;
            sessions = new SqlSessions(database());
            accounts = new StaffAccounts(database(), sessions, clock, entropy);
        }

        private static NewAccount li(String login) {
            return new NewAccount(login, "李𠮷", Set.of("registrar", "viewer"), Optional.of(9L));
        }

        private long create(String login, StaffAccounts.InitialPassword password) {
            Creation creation =
                    database()
                            .inTransaction(tx -> accounts.create(tx, tenant, li(login), password));
            assertThat(creation).isInstanceOf(Creation.Created.class);
            return ((Creation.Created) creation).id();
        }

        @Test
        void keepsAnAccountAndLetsItsOwnerIn() {
            var password = accounts.newPassword();
            long id = create("Li.Min", password);
            StaffAccount account = accounts.byLogin(tenant, "LI.MIN").orElseThrow();
            assertThat(account.id()).isEqualTo(id);
            assertThat(account.name()).isEqualTo("李𠮷");
            assertThat(account.roles()).containsExactlyInAnyOrder("registrar", "viewer");
            assertThat(account.organisation()).contains(9L);
            assertThat(account.mustChange()).isTrue();
            Logins logins = new Logins(accounts, clock, entropy, event -> {});
            assertThat(logins.attempt(tenant, "li.min", password.password().reveal(), "h"))
                    .isInstanceOf(LoginOutcome.Welcome.class);
            assertThat(logins.attempt(tenant + 1, "li.min", password.password().reveal(), "h"))
                    .as("another tenant")
                    .isInstanceOf(LoginOutcome.Refused.class);
        }

        @Test
        void refusesATakenOrMalformedLogin() {
            var password = accounts.newPassword();
            create("wang", password);
            for (String login : new String[] {"WANG", "", "a b", "x".repeat(65)}) {
                assertThat(
                                database()
                                        .<Creation>inTransaction(
                                                tx ->
                                                        accounts.create(
                                                                tx, tenant, li(login), password)))
                        .as(login)
                        .isInstanceOf(Creation.Refused.class);
            }
        }

        @Test
        void locksAtTheGivenNumberAndUnlocksByHand() {
            long id = create("zhao", accounts.newPassword());
            assertThat(accounts.failed(tenant, id, 2, clock.instant())).isFalse();
            assertThat(accounts.failed(tenant, id, 2, clock.instant())).isTrue();
            accounts.succeeded(tenant, id);
            assertThat(accounts.byId(tenant, id).orElseThrow().lockedAt())
                    .contains(clock.instant());
            assertThat(database().<Boolean>inTransaction(tx -> accounts.unlock(tx, tenant, id)))
                    .isTrue();
            StaffAccount account = accounts.byId(tenant, id).orElseThrow();
            assertThat(account.lockedAt()).isEmpty();
            assertThat(account.failures()).isZero();
        }

        @Test
        void endsTheSessionsOfAPersonWhoseRightsChange() {
            long id = create("qian", accounts.newPassword());
            sessions.save(session(id, "a"));
            sessions.save(session(id, "b"));
            assertThat(sessions.ofAccount(tenant, id)).hasSize(2);
            database()
                    .useTransaction(
                            tx ->
                                    accounts.change(
                                            tx, tenant, id, "钱", Set.of("x"), Optional.empty()));
            assertThat(sessions.ofAccount(tenant, id)).isEmpty();
            StaffAccount account = accounts.byId(tenant, id).orElseThrow();
            assertThat(account.roles()).containsExactly("x");
            assertThat(account.organisation()).isEmpty();
            sessions.save(session(id, "c"));
            database().useTransaction(tx -> accounts.disable(tx, tenant, id, true));
            assertThat(sessions.ofAccount(tenant, id)).isEmpty();
            assertThat(accounts.byId(tenant, id).orElseThrow().disabled()).isTrue();
        }

        @Test
        void resetsAPasswordAndTakesTheOwnersChoice() {
            long id = create("sun", accounts.newPassword());
            var fresh = accounts.newPassword();
            accounts.changePassword(tenant, id, fresh.hash(), clock.instant());
            assertThat(accounts.byId(tenant, id).orElseThrow().mustChange()).isFalse();
            database().useTransaction(tx -> accounts.reset(tx, tenant, id, fresh));
            assertThat(accounts.byId(tenant, id).orElseThrow().mustChange()).isTrue();
            assertThat(database().<Long>inTransaction(tx -> accounts.count(tx, tenant)))
                    .isEqualTo(1);
        }

        private Session session(long account, String mark) {
            SignedIn person =
                    new SignedIn(
                            tenant,
                            account,
                            "l",
                            "名",
                            Set.of("r1", "r2"),
                            Optional.of(4L),
                            Map.of("k", "v"));
            return new Session(
                    id(mark),
                    person,
                    "10.0.0.1",
                    "x".repeat(300),
                    clock.instant(),
                    clock.instant(),
                    clock.instant().plus(Duration.ofHours(1)));
        }

        private Digest id(String mark) {
            return Digest.sha256((tenant + mark).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        @Test
        void keepsSessionsAsTheyAreAndDropsTheExpiredAndTheIdle() {
            Session session = session(5, "s");
            sessions.save(session);
            assertThat(sessions.find(session.idHash())).contains(session);
            sessions.seen(session.idHash(), clock.instant().plusSeconds(90));
            assertThat(sessions.find(session.idHash()).orElseThrow().seenAt())
                    .isEqualTo(clock.instant().plusSeconds(90));
            sessions.deleteExpired(clock.instant(), clock.instant());
            assertThat(sessions.find(session.idHash())).isPresent();
            sessions.deleteExpired(clock.instant(), clock.instant().plusSeconds(91));
            assertThat(sessions.find(session.idHash())).isEmpty();
            sessions.save(session);
            sessions.deleteExpired(clock.instant().plus(Duration.ofHours(1)), clock.instant());
            assertThat(sessions.find(session.idHash())).isEmpty();
        }
    }
}
