package io.invigil.hub.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.NewAccount;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.Creation;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.secondfactor.SecondFactorOutcome.Codes;
import io.invigil.hub.secondfactor.SecondFactorOutcome.Proved;
import io.invigil.hub.secondfactor.SecondFactorOutcome.Reason;
import io.invigil.hub.secondfactor.SecondFactorOutcome.Refused;
import io.invigil.hub.secondfactor.SecondFactorOutcome.Removed;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rules of the second factor (domain, section 17; issue 4 part 1; RFC 6238 section 5.2). */
class SecondFactorTest {
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
        private static final String HERE = "192.0.2.7";

        private HubWorld world;
        private StaffAccounts accounts;
        private SecondFactors factors;
        private StaffAccount account;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", SecondFactors.class));
        }

        @BeforeEach
        void open() {
            world = new HubWorld(database());
            accounts =
                    new StaffAccounts(
                            database(), new MemorySessions(), world.clock, new SeededEntropy(4));
            factors = new SecondFactors(accounts, new byte[32], world.clock, new SeededEntropy(6));
            account = account("keeper", world.body);
        }

        private StaffAccount account(String login, StaffScope of) {
            NewAccount wanted =
                    new NewAccount(
                            login,
                            login,
                            Set.of(of.role().code()),
                            Optional.of(of.organisation().id().value()));
            StaffAccounts.InitialPassword password = accounts.newPassword();
            Creation made = in(tx -> accounts.create(tx, world.tenant.value(), wanted, password));
            return again(((Creation.Created) made).id());
        }

        private StaffAccount again(long id) {
            return accounts.byId(world.tenant.value(), id).orElseThrow();
        }

        private <T> T in(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        /** What the phone shows now, from the key that the page shows. */
        private String shown(byte[] secret) {
            return new OneTimeCodes().code(secret, world.clock.instant());
        }

        private static byte[] secret(SecondFactors.Enrolment enrolment) {
            String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            int buffer = 0;
            int bits = 0;
            for (char one : enrolment.secret().replace(" ", "").toCharArray()) {
                buffer = (buffer << 5 | letters.indexOf(one)) & 0xffff;
                bits += 5;
                if (bits >= 8) {
                    out.write(buffer >> bits - 8);
                    bits -= 8;
                }
            }
            return out.toByteArray();
        }

        private record Phone(byte[] secret, List<String> recovery) {}

        private Phone enrolled() {
            SecondFactors.Enrolment begun = in(tx -> factors.begin(tx, account)).orElseThrow();
            byte[] secret = secret(begun);
            SecondFactorOutcome done = in(tx -> factors.confirm(tx, account, shown(secret), HERE));
            world.clock.advance(Duration.ofSeconds(OneTimeCodes.STEP_SECONDS));
            return new Phone(secret, ((Codes) done).recovery());
        }

        private SecondFactorOutcome prove(String code) {
            return in(tx -> factors.prove(tx, account, code, HERE));
        }

        private static void refused(SecondFactorOutcome outcome, Reason reason) {
            assertThat(outcome).isEqualTo(new Refused(reason));
        }

        @Test
        void aFirstRightCodeSwitchesItOnAndUntilThenItIsNotAskedFor() {
            SecondFactors.Enrolment begun = in(tx -> factors.begin(tx, account)).orElseThrow();
            boolean before = in(tx -> factors.isEnrolled(tx, account));
            assertThat(before).isFalse();
            refused(
                    in(tx -> factors.confirm(tx, account, "000000", HERE)),
                    Reason.SECOND_FACTOR_WRONG);
            SecondFactorOutcome done =
                    in(tx -> factors.confirm(tx, account, shown(secret(begun)), HERE));
            assertThat(((Codes) done).recovery()).hasSize(10);
            boolean after = in(tx -> factors.isEnrolled(tx, account));
            assertThat(after).isTrue();
            Optional<SecondFactors.Enrolment> second = in(tx -> factors.begin(tx, account));
            assertThat(second).as("who knows only the password cannot replace it").isEmpty();
        }

        @Test
        void aCodeIsTakenOnceAndNoOlderOneAfterIt() {
            Phone phone = enrolled();
            String older = shown(phone.secret());
            world.clock.advance(Duration.ofSeconds(OneTimeCodes.STEP_SECONDS));
            String code = shown(phone.secret());
            assertThat(prove(" " + code.substring(0, 3) + " " + code.substring(3)))
                    .isEqualTo(new Proved(false));
            refused(prove(code), Reason.SECOND_FACTOR_WRONG);
            refused(prove(older), Reason.SECOND_FACTOR_WRONG);
        }

        @Test
        void aRecoveryCodeLetsInOnceAndFreshOnesReplaceAll() {
            Phone phone = enrolled();
            String first = phone.recovery().getFirst();
            assertThat(prove(first)).isEqualTo(new Proved(true));
            refused(prove(first), Reason.SECOND_FACTOR_WRONG);
            int left = in(tx -> factors.recoveryLeft(tx, account));
            assertThat(left).isEqualTo(9);
            SecondFactorOutcome renewed =
                    in(tx -> factors.renew(tx, account, shown(phone.secret()), HERE));
            assertThat(renewed).isInstanceOf(Codes.class);
            refused(prove(phone.recovery().getLast()), Reason.SECOND_FACTOR_WRONG);
            assertThat(prove(((Codes) renewed).recovery().getLast())).isEqualTo(new Proved(true));
        }

        @Test
        void theLastWrongCodeOfARowLocksTheAccountAndARightOneStartsTheRowAnew() {
            Phone phone = enrolled();
            for (int i = 1; i < SecondFactors.LOCK_AT; i++) {
                refused(prove("abc"), Reason.SECOND_FACTOR_WRONG);
            }
            assertThat(prove(shown(phone.secret()))).isEqualTo(new Proved(false));
            for (int i = 1; i < SecondFactors.LOCK_AT; i++) {
                refused(prove("abc"), Reason.SECOND_FACTOR_WRONG);
            }
            assertThat(again(account.id()).lockedAt()).isEmpty();
            refused(prove("abc"), Reason.SECOND_FACTOR_LOCKED);
            assertThat(again(account.id()).lockedAt()).isPresent();
        }

        @Test
        void whereTheRoleDemandsItItIsNotSwitchedOff() {
            Phone phone = enrolled();
            boolean clerk = in(tx -> factors.demand(tx, world.clerk, Set.of()));
            assertThat(clerk).as("the decision of a body's administrator").isFalse();
            in(tx -> factors.demand(tx, world.bodyAdmin, Set.of(StaffRole.BODY_STAFF)));
            refused(
                    in(tx -> factors.remove(tx, account, shown(phone.secret()), HERE)),
                    Reason.SECOND_FACTOR_DEMANDED);
            StaffAccount other = account("other-role", world.clerk);
            boolean demanded = in(tx -> factors.isDemanded(tx, other));
            assertThat(demanded).isFalse();
            in(tx -> factors.demand(tx, world.bodyAdmin, Set.of()));
            refused(
                    in(tx -> factors.remove(tx, account, "000000", HERE)),
                    Reason.SECOND_FACTOR_WRONG);
            SecondFactorOutcome removed =
                    in(tx -> factors.remove(tx, account, shown(phone.secret()), HERE));
            assertThat(removed).isEqualTo(new Removed());
        }

        @Test
        void whoLostThePhoneIsHelpedByAnotherPersonAndNobodyHelpsOneself() {
            enrolled();
            StaffScope self =
                    new StaffScope(
                            world.tenant,
                            account.login(),
                            world.body.organisation(),
                            StaffRole.BODY_STAFF);
            boolean own = in(tx -> factors.reset(tx, self, account));
            assertThat(own).isFalse();
            boolean helped = in(tx -> factors.reset(tx, world.body, account));
            assertThat(helped).isTrue();
            boolean enrolled = in(tx -> factors.isEnrolled(tx, account));
            assertThat(enrolled).isFalse();
            refused(prove("000000"), Reason.SECOND_FACTOR_ABSENT);
        }
    }
}
