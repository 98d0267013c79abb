package io.invigil.appliance.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.crypto.Entropy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginsTest {
    private static final Random RANDOM = new Random(4);
    private static final Entropy ENTROPY = RANDOM::nextBytes;
    private static final String HASH = PasswordHash.of("correct horse", ENTROPY);

    private final RosterStaff roster = new RosterStaff();
    private final CountingDirectory directory = new CountingDirectory(roster);
    private final SteppingClock clock = new SteppingClock();
    private final List<LoginEvent.Kind> audit = new ArrayList<>();
    private Logins logins;

    @BeforeEach
    void open() {
        roster.replace(List.of(account(1, "li", false), account(2, "wang", true)));
        logins = new Logins(directory, clock, ENTROPY, event -> audit.add(event.kind()));
    }

    private static StaffAccount account(long id, String login, boolean disabled) {
        return new StaffAccount(
                1,
                id,
                login,
                "李监考",
                Set.of("PROCTOR"),
                Optional.empty(),
                HASH,
                0,
                Optional.empty(),
                disabled,
                false);
    }

    @Test
    void welcomesTheRightPasswordInAnyCaseOfTheLogin() {
        assertThat(logins.attempt(1, " LI ", "correct horse", "10.0.0.1"))
                .isInstanceOf(LoginOutcome.Welcome.class);
        assertThat(audit).containsExactly(LoginEvent.Kind.SIGNED_IN);
    }

    @Test
    void saysTheSameForAnUnknownLoginAndAWrongPassword() {
        assertThat(logins.attempt(1, "nobody", "x", "10.0.0.1"))
                .isEqualTo(logins.attempt(1, "li", "x", "10.0.0.1"))
                .isEqualTo(new LoginOutcome.Refused(LoginOutcome.Reason.LOGIN_WRONG));
    }

    @Test
    void tellsDisabledOnlyToWhoKnowsThePassword() {
        assertThat(logins.attempt(1, "wang", "x", "10.0.0.1"))
                .isEqualTo(new LoginOutcome.Refused(LoginOutcome.Reason.LOGIN_WRONG));
        assertThat(logins.attempt(1, "wang", "correct horse", "10.0.0.1"))
                .isEqualTo(new LoginOutcome.Refused(LoginOutcome.Reason.LOGIN_DISABLED));
    }

    @Test
    void locksAfterTheTenthWrongPasswordUntilSomebodyUnlocks() {
        for (int i = 0; i < Logins.LOCK_AT; i++) {
            clock.advance(Duration.ofMinutes(1));
            logins.attempt(1, "li", "wrong", "10.0.0.1");
        }
        clock.advance(Duration.ofDays(1));
        assertThat(logins.attempt(1, "li", "correct horse", "10.0.0.1"))
                .isEqualTo(new LoginOutcome.Refused(LoginOutcome.Reason.LOGIN_LOCKED));
        assertThat(audit).contains(LoginEvent.Kind.LOCKED);
        roster.unlock(1);
        assertThat(logins.attempt(1, "li", "correct horse", "10.0.0.1"))
                .isInstanceOf(LoginOutcome.Welcome.class);
    }

    @Test
    void aHundredThousandWrongLoginsFromOneAddressAreHardlyLookedAt() {
        for (int i = 0; i < 100_000; i++) {
            logins.attempt(1, "user" + i, "wrong", "10.0.0.9");
        }
        assertThat(directory.lookups).isLessThanOrEqualTo(25);
    }

    @Test
    void aHundredThousandWrongLoginsFromAsManyAddressesStopAtTheStrangersThrottle() {
        logins.attempt(1, "li", "correct horse", "10.0.0.1");
        directory.lookups = 0;
        for (int i = 0; i < 100_000; i++) {
            logins.attempt(1, "user" + i, "wrong", "host" + i);
        }
        assertThat(directory.lookups).isLessThanOrEqualTo(100);
        // a place where somebody logged in before is still served
        assertThat(logins.attempt(1, "li", "correct horse", "10.0.0.1"))
                .isInstanceOf(LoginOutcome.Welcome.class);
    }

    @Test
    void countsAnIpv6SubscriberOnce() {
        assertThat(Logins.network("2001:db8:1:2:aaaa::1"))
                .isEqualTo(Logins.network("2001:db8:1:2:bbbb::2"))
                .isNotEqualTo(Logins.network("2001:db8:1:3:aaaa::1"));
        assertThat(Logins.network("10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void refusesHashesThatAskForTooMuch() {
        assertThat(PasswordHash.fits("correct horse", HASH)).isTrue();
        assertThat(PasswordHash.fits("correct horse", HASH.replace("m=19456", "m=999999")))
                .isFalse();
        assertThat(PasswordHash.fits("correct horse", HASH.replace("t=2", "t=99"))).isFalse();
        assertThat(PasswordHash.fits("correct horse", "plain")).isFalse();
    }

    @Test
    void takesOnlyPasswordsThatAreNotGuessable() {
        assertThat(PasswordRules.check("nine char", "li", "李"))
                .contains(PasswordRules.Refusal.PASSWORD_TOO_SHORT);
        assertThat(PasswordRules.check("x1".repeat(65), "li", "李"))
                .contains(PasswordRules.Refusal.PASSWORD_TOO_LONG);
        for (String guessable :
                List.of("aaaaabbbbb", "1234567890", "zhangsan-2026", "9876543210")) {
            assertThat(PasswordRules.check(guessable, "zhangsan", "张三"))
                    .as(guessable)
                    .contains(PasswordRules.Refusal.PASSWORD_GUESSABLE);
        }
        assertThat(PasswordRules.check("crisp blue kettle", "zhangsan", "张三")).isEmpty();
        assertThat(PasswordRules.check("我家门前有一棵大树", "zhangsan", "张三"))
                .contains(PasswordRules.Refusal.PASSWORD_TOO_SHORT);
        assertThat(PasswordRules.check("我家门前有一棵大树啊", "zhangsan", "张三")).isEmpty();
    }

    private static final class CountingDirectory implements StaffDirectory {
        private final StaffDirectory behind;
        private int lookups;

        CountingDirectory(StaffDirectory behind) {
            this.behind = behind;
        }

        @Override
        public Optional<StaffAccount> byLogin(long tenant, String login) {
            lookups++;
            return behind.byLogin(tenant, login);
        }

        @Override
        public Optional<StaffAccount> byId(long tenant, long id) {
            return behind.byId(tenant, id);
        }

        @Override
        public boolean failed(long tenant, long id, int lockAt, Instant now) {
            return behind.failed(tenant, id, lockAt, now);
        }

        @Override
        public void succeeded(long tenant, long id) {
            behind.succeeded(tenant, id);
        }

        @Override
        public boolean changePassword(long tenant, long id, String passwordHash, Instant now) {
            return behind.changePassword(tenant, id, passwordHash, now);
        }
    }

    private static final class SteppingClock extends Clock {
        private Instant now = Instant.parse("2026-11-20T01:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
