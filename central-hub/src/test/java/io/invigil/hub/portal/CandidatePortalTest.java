package io.invigil.hub.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.LoginOutcome;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.PasswordHash;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.message.Channel;
import io.invigil.hub.message.Message;
import io.invigil.hub.message.MessageKind;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.portal.PortalAccounts.Action;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Candidates' accounts and their recovery: domain sections 1 and 8; issue 4 part 11. */
class CandidatePortalTest {
    private static final String FRESH = "three unrelated words";
    private static final PortalAccounts.Letter FIRST =
            new PortalAccounts.Letter() {
                @Override
                public String subject() {
                    return "初始密码";
                }

                @Override
                public String text(String login, String password) {
                    return login + " " + password;
                }
            };
    private static final Recoveries.Letter CODE =
            new Recoveries.Letter() {
                @Override
                public String subject() {
                    return "验证码";
                }

                @Override
                public String text(String code) {
                    return code;
                }
            };

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
        private HubWorld world;
        private PortalAccounts portal;
        private StaffAccounts passwords;
        private Recoveries recoveries;
        private Logins logins;
        private Candidate candidate;
        private String freshHash;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", PortalAccounts.class));
        }

        @BeforeEach
        void open() {
            world = new HubWorld(database());
            MemorySessions sessions = new MemorySessions();
            portal = new PortalAccounts(database(), sessions);
            SeededEntropy entropy = new SeededEntropy(11);
            passwords = new StaffAccounts(database(), sessions, world.clock, entropy);
            logins = new Logins(portal, world.clock, entropy, event -> {});
            recoveries =
                    new Recoveries(
                            database(), world.tenant, portal, new byte[32], world.clock, entropy);
            CandidateId id = world.candidates(world.clerk, 0, 1).getFirst();
            candidate = in(tx -> new Candidates().find(tx, world.tenant, id)).orElseThrow();
            freshHash = PasswordHash.of(FRESH, entropy);
        }

        private <T> T in(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private PortalAccounts.Outcome carry(StaffScope scope, Action action) {
            var made =
                    action == Action.OPEN
                            ? Stream.of(passwords.newPassword()).toList()
                            : List.<StaffAccounts.InitialPassword>of();
            return in(tx -> portal.carry(tx, scope, action, List.of(candidate.id()), made, FIRST));
        }

        private List<Message> messages() {
            return in(
                    tx ->
                            new Outbox()
                                    .list(
                                            tx,
                                            world.tenant.value(),
                                            candidate.school().value(),
                                            Optional.empty(),
                                            0,
                                            50));
        }

        private String opened() {
            assertThat(carry(world.clerk, Action.OPEN).done()).isEqualTo(1);
            return messages().getFirst().text().split(" ")[1];
        }

        private String code() {
            world.clock.advance(Recoveries.BETWEEN_CODES);
            int before = messages().size();
            recoveries.request(candidate.number(), CODE);
            assertThat(messages()).hasSize(before + 1);
            return messages().getFirst().text();
        }

        private Optional<PortalRefusal> redeem(String code) {
            return recoveries.redeem(candidate.number(), code, FRESH, freshHash, "10.0.0.1");
        }

        private LoginOutcome login(String number, String password) {
            // past the throttle of the attempts before
            world.clock.advance(Duration.ofHours(1));
            return logins.attempt(world.tenant.value(), number, password, "10.0.0.1");
        }

        private PortalAccount.State state() {
            return in(tx -> portal.find(tx, candidate)).orElseThrow().state();
        }

        @Test
        void theFirstPasswordGoesToTheCandidatesMobileAndMustBeChanged() {
            String password = opened();
            assertThat(messages().getFirst().recipient()).isEqualTo(candidate.mobile());
            assertThat(state()).isEqualTo(PortalAccount.State.FRESH);
            for (String number : List.of(candidate.number(), candidate.idNumber())) {
                LoginOutcome outcome = login(number, password);
                assertThat(outcome).as(number).isInstanceOf(LoginOutcome.Welcome.class);
                var account = ((LoginOutcome.Welcome) outcome).account();
                assertThat(account.mustChange()).isTrue();
                assertThat(account.roles()).containsExactly("candidate");
                assertThat(account.id()).as("never a member of staff").isNegative();
            }
            portal.changePassword(
                    world.tenant.value(),
                    -candidate.id().value(),
                    freshHash,
                    world.clock.instant());
            assertThat(state()).isEqualTo(PortalAccount.State.ACTIVE);
            assertThat(login(candidate.number(), FRESH)).isInstanceOf(LoginOutcome.Welcome.class);
        }

        @Test
        void onlyTheOwnSchoolKeepsAnAccount() {
            PortalAccounts.Outcome outcome = carry(world.otherClerk, Action.OPEN);
            assertThat(outcome.done()).isZero();
            assertThat(outcome.refused()).containsValue(PortalRefusal.PORTAL_NOT_OWN);
            assertThat(messages()).isEmpty();
            List<PortalAccountStore.Listed> theirs =
                    in(tx -> portal.list(tx, world.otherClerk, "", Optional.empty(), 0, 9));
            assertThat(theirs).isEmpty();
        }

        @Test
        void wrongPasswordsLockTheAccountAndTheSchoolUnlocksIt() {
            String password = opened();
            for (int n = 0; n < Logins.LOCK_AT; n++) {
                login(candidate.number(), "wrong password " + n);
            }
            assertThat(state()).isEqualTo(PortalAccount.State.LOCKED);
            assertThat(login(candidate.number(), password))
                    .isEqualTo(new LoginOutcome.Refused(LoginOutcome.Reason.LOGIN_LOCKED));
            assertThat(carry(world.clerk, Action.UNLOCK).done()).isEqualTo(1);
            assertThat(login(candidate.number(), password))
                    .isInstanceOf(LoginOutcome.Welcome.class);
        }

        @Test
        void aCodeSetsAPasswordOnceAndOpensALockedAccount() {
            opened();
            for (int n = 0; n < Logins.LOCK_AT; n++) {
                login(candidate.number(), "wrong password " + n);
            }
            String code = code();
            assertThat(code).matches("\\d{6}");
            assertThat(redeem(code)).isEmpty();
            assertThat(state()).isEqualTo(PortalAccount.State.ACTIVE);
            assertThat(redeem(code)).contains(PortalRefusal.PORTAL_CODE_WRONG);
        }

        @Test
        void whoHasAMobileNumberOpensTheAccountByACode() {
            assertThat(redeem(code())).isEmpty();
            assertThat(login(candidate.number(), FRESH)).isInstanceOf(LoginOutcome.Welcome.class);
        }

        @Test
        void codesAndFirstPasswordsGoByMailAsWellAndByMailAloneWithoutAMobileNumber() {
            address(candidate.mobile(), "wang@example.org");
            opened();
            assertThat(sent(MessageKind.PASSWORD))
                    .containsExactlyInAnyOrder(Channel.SMS, Channel.MAIL);
            world.clock.advance(Recoveries.BETWEEN_CODES);
            recoveries.request(candidate.number(), CODE);
            assertThat(sent(MessageKind.CODE)).containsExactlyInAnyOrder(Channel.SMS, Channel.MAIL);
            assertThat(messages().stream().filter(one -> one.kind() == MessageKind.CODE))
                    .extracting(Message::text)
                    .as("the same code both ways")
                    .containsOnly(messages().getFirst().text());
            address("", "wang@example.org");
            world.clock.advance(Recoveries.BETWEEN_CODES);
            recoveries.request(candidate.number(), CODE);
            assertThat(messages().getFirst().channel()).isEqualTo(Channel.MAIL);
            assertThat(redeem(messages().getFirst().text())).isEmpty();
            address("", "");
            assertThat(carry(world.clerk, Action.OPEN).refused())
                    .containsValue(PortalRefusal.PORTAL_MOBILE_MISSING);
        }

        private List<Channel> sent(MessageKind kind) {
            return messages().stream()
                    .filter(one -> one.kind() == kind)
                    .map(Message::channel)
                    .toList();
        }

        private void address(String mobile, String mail) {
            in(
                    tx ->
                            tx.update(
                                            """
                                            update candidate set mobile = :mobile, mail = :mail
                                            where tenant = :tenant and id = :id
                                            """)
                                    .bind("mobile", mobile)
                                    .bind("mail", mail)
                                    .bind("tenant", world.tenant.value())
                                    .bind("id", candidate.id().value())
                                    .execute());
            candidate =
                    in(tx -> new Candidates().find(tx, world.tenant, candidate.id())).orElseThrow();
        }

        @Test
        void aCodeHoldsForAQuarterOfAnHour() {
            String code = code();
            world.clock.advance(Recoveries.VALID.minusMillis(1));
            assertThat(redeem(code)).isEmpty();
            String late = code();
            world.clock.advance(Recoveries.VALID);
            assertThat(redeem(late)).contains(PortalRefusal.PORTAL_CODE_WRONG);
        }

        @Test
        void fiveTriesUseACodeUp() {
            String code = code();
            String wrong = code.equals("000000") ? "000001" : "000000";
            for (int n = 1; n < Recoveries.TRIES_MAX; n++) {
                assertThat(redeem(wrong)).contains(PortalRefusal.PORTAL_CODE_WRONG);
            }
            assertThat(redeem(code)).as("the fifth try").isEmpty();
            String next = code();
            for (int n = 0; n < Recoveries.TRIES_MAX; n++) {
                redeem(next.equals("000000") ? "000001" : "000000");
            }
            assertThat(redeem(next)).contains(PortalRefusal.PORTAL_CODE_WRONG);
        }

        @Test
        void oneCodeAMinuteAndFiveADayAreSent() {
            code();
            recoveries.request(candidate.number(), CODE);
            assertThat(messages()).as("within the minute").hasSize(1);
            for (int n = 1; n < Recoveries.CODES_MAX; n++) {
                code();
            }
            world.clock.advance(Recoveries.BETWEEN_CODES);
            recoveries.request(candidate.number(), CODE);
            assertThat(messages()).as("the sixth").hasSize(Recoveries.CODES_MAX);
            world.clock.advance(Duration.ofDays(1));
            recoveries.request(candidate.number(), CODE);
            assertThat(messages()).as("the next day").hasSize(Recoveries.CODES_MAX + 1);
        }

        @Test
        void nobodysNumberAndADisabledAccountGetNoCodeAndTheSameAnswer() {
            recoveries.request("202600000000000000", CODE);
            assertThat(messages()).isEmpty();
            assertThat(recoveries.redeem("202600000000000000", "123456", FRESH, freshHash, ""))
                    .contains(PortalRefusal.PORTAL_CODE_WRONG);
            opened();
            carry(world.clerk, Action.DISABLE);
            recoveries.request(candidate.number(), CODE);
            assertThat(messages()).as("the first password only").hasSize(1);
            assertThat(redeem("123456")).contains(PortalRefusal.PORTAL_CODE_WRONG);
        }

        @Test
        void aPasswordWithTheOwnNumberIsRefused() {
            String code = code();
            String guessable = candidate.idNumber() + "x";
            assertThat(
                            recoveries.redeem(
                                    candidate.number(), code, guessable, freshHash, "10.0.0.1"))
                    .contains(PortalRefusal.PORTAL_PASSWORD_GUESSABLE);
            assertThat(redeem(code)).as("the code is not spent by that").isEmpty();
        }

        @Test
        void theListIsFilteredByStateAndText() {
            world.candidates(world.clerk, 1, 2);
            opened();
            assertThat(listed("", Optional.empty())).isEqualTo(3);
            Map.of(PortalAccount.State.FRESH, 1L, PortalAccount.State.NONE, 2L)
                    .forEach(
                            (state, count) ->
                                    assertThat(listed("", Optional.of(state)))
                                            .as(state.name())
                                            .isEqualTo(count));
            assertThat(listed(candidate.number(), Optional.empty())).isEqualTo(1);
            assertThat(listed("%", Optional.empty())).as("no wildcard").isZero();
        }

        private long listed(String text, Optional<PortalAccount.State> state) {
            long count = in(tx -> portal.count(tx, world.clerk, text, state));
            List<PortalAccountStore.Listed> rows =
                    in(tx -> portal.list(tx, world.clerk, text, state, 0, 9));
            assertThat(rows).hasSize((int) count);
            return count;
        }
    }
}
