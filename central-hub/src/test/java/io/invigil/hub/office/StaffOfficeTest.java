package io.invigil.hub.office;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.LoginOutcome;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.appliance.web.session.Session;
import io.invigil.hub.audit.AuditAnchor;
import io.invigil.hub.audit.AuditEntry;
import io.invigil.hub.audit.AuditFilter;
import io.invigil.hub.audit.AuditLog;
import io.invigil.hub.audit.AuditSealer;
import io.invigil.hub.message.Message;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationDraft;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts and organisations: domain sections 1, 8, 17; issue 4 part 1. */
class StaffOfficeTest {
    private static final StaffOffice.Letter LETTER = new TestLetter();

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
        @TempDir Path files;
        private HubWorld world;
        private MemorySessions sessions;
        private StaffAccounts accounts;
        private StaffOffice office;
        private Logins logins;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", StaffOffice.class));
        }

        @BeforeEach
        void open() {
            world = new HubWorld(database());
            sessions = new MemorySessions();
            accounts = new StaffAccounts(database(), sessions, world.clock, new SeededEntropy(4));
            office = new StaffOffice(accounts);
            logins = new Logins(accounts, world.clock, new SeededEntropy(5), event -> {});
        }

        private <T> T in(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private static StaffOffice.Draft draft(String login, StaffScope of) {
            return new StaffOffice.Draft(
                    login,
                    "张老师",
                    of.organisation().id().value(),
                    Set.of(StaffDuty.CLERK),
                    new StaffContact(login + "@example.org", ""));
        }

        private Optional<StaffAccount> found(StaffScope scope, StaffAccount account) {
            return in(tx -> office.find(tx, scope, account.id()));
        }

        private StaffOffice.Outcome add(StaffScope scope, StaffOffice.Draft draft) {
            InitialPassword password = office.newPassword();
            return in(tx -> office.add(tx, scope, draft, password, LETTER));
        }

        private StaffAccount added(StaffScope scope, StaffOffice.Draft draft) {
            StaffOffice.Outcome outcome = add(scope, draft);
            assertThat(outcome).isInstanceOf(StaffOffice.Outcome.Done.class);
            long id = ((StaffOffice.Outcome.Done) outcome).account();
            return in(tx -> office.find(tx, scope, id)).orElseThrow();
        }

        private static List<String> codes(StaffOffice.Outcome outcome) {
            return ((StaffOffice.Outcome.Refused) outcome)
                    .issues().stream().map(FieldIssue::code).toList();
        }

        private List<Message> messages(StaffScope scope) {
            return in(
                    tx ->
                            new Outbox()
                                    .list(
                                            tx,
                                            world.tenant.value(),
                                            scope.organisation().id().value(),
                                            Optional.empty(),
                                            0,
                                            20));
        }

        private String lastPassword(StaffScope scope) {
            return messages(scope).getFirst().text().split(" ")[1];
        }

        private LoginOutcome login(StaffAccount account, String password) {
            // past the throttle of the attempts before
            world.clock.advance(Duration.ofHours(1));
            return logins.attempt(
                    account.tenant(), account.login(), password, "10.0.0." + password.length());
        }

        @Test
        void deliversARandomFirstPasswordByMessageThatMustBeChanged() {
            StaffAccount one = added(world.admin, draft("zhang", world.admin));
            StaffAccount two = added(world.admin, draft("wang", world.admin));
            assertThat(messages(world.admin))
                    .extracting(Message::recipient)
                    .containsExactly("wang@example.org", "zhang@example.org");
            assertThat(messages(world.admin).get(0).text().split(" ")[1])
                    .hasSizeGreaterThan(10)
                    .isNotEqualTo(messages(world.admin).get(1).text().split(" ")[1]);
            assertThat(two.mustChange()).isTrue();
            assertThat(one.roles()).containsExactly(StaffRole.SCHOOL_CLERK.code());
            assertThat(login(two, lastPassword(world.admin)))
                    .isInstanceOf(LoginOutcome.Welcome.class);
        }

        @Test
        void keepsNoPasswordInTheAudit() {
            StaffAccount one = added(world.admin, draft("zhang", world.admin));
            String password = lastPassword(world.admin);
            InitialPassword other = office.newPassword();
            in(tx -> office.reset(tx, world.admin, one, other, LETTER));
            List<AuditEntry> inbox = recorded();
            assertThat(inbox).hasSizeGreaterThanOrEqualTo(2);
            for (AuditEntry entry : inbox) {
                assertThat(entry.before() + entry.after())
                        .doesNotContain(password)
                        .doesNotContain("argon2")
                        .doesNotContain(lastPassword(world.admin));
            }
        }

        private List<AuditEntry> recorded() {
            SigningKey key = SigningKey.generate(new SeededEntropy(1));
            AuditAnchor anchor = new AuditAnchor(files.resolve("seals.json"));
            try (AuditSealer sealer = new AuditSealer(database(), "one", key, anchor)) {
                sealer.round();
            }
            return new AuditLog(database())
                    .find(world.tenant.value(), AuditFilter.everything(), 0, 100).stream()
                            .filter(entry -> entry.subject().equals("account"))
                            .toList();
        }

        @Test
        void refusesWhatCannotBeAnAccount() {
            long own = world.admin.organisation().id().value();
            assertThat(
                            codes(
                                    add(
                                            world.admin,
                                            new StaffOffice.Draft(
                                                    "x y",
                                                    "张",
                                                    own,
                                                    Set.of(StaffDuty.CLERK),
                                                    new StaffContact("", "")))))
                    .containsExactly("STAFF_LOGIN_MALFORMED", "STAFF_ADDRESS_MISSING");
            assertThat(
                            codes(
                                    add(
                                            world.admin,
                                            new StaffOffice.Draft(
                                                    "zhang",
                                                    "",
                                                    own,
                                                    Set.of(StaffDuty.CLERK),
                                                    new StaffContact("zhang", "1380000")))))
                    .containsExactly(
                            "STAFF_NAME_MISSING", "STAFF_MAIL_MALFORMED", "STAFF_MOBILE_MALFORMED");
            added(world.admin, draft("zhang", world.admin));
            assertThat(codes(add(world.admin, draft("ZHANG", world.admin))))
                    .containsExactly("STAFF_LOGIN_TAKEN");
            assertThat(messages(world.admin)).hasSize(1);
        }

        @Test
        void aSchoolManagesItsOwnAccountsOnly() {
            StaffAccount own = added(world.admin, draft("zhang", world.admin));
            StaffAccount foreign = added(world.otherAdmin, draft("li", world.otherAdmin));
            assertThat(found(world.admin, foreign)).isEmpty();
            assertThat(found(world.otherAdmin, own)).isEmpty();
            List<StaffAccount> listed = in(tx -> office.list(tx, world.admin, "", 0, 50));
            assertThat(listed).extracting(StaffAccount::login).containsExactly("zhang");
            long others = in(tx -> office.count(tx, world.admin, "li"));
            assertThat(others).isZero();
            assertThat(codes(add(world.admin, draft("wu", world.otherAdmin))))
                    .containsExactly("STAFF_ORGANISATION_UNKNOWN");
        }

        @Test
        void aBodyManagesSchoolsAndAuthoritiesButNoOtherBody() {
            added(world.bodyAdmin, draft("zhang", world.admin));
            added(world.bodyAdmin, draft("kao", world.authority));
            Organisation other =
                    in(
                            tx ->
                                    new Organisations()
                                            .add(
                                                    tx,
                                                    world.tenant,
                                                    OrganisationKind.BODY,
                                                    "BODY2",
                                                    "评价组织二",
                                                    ""));
            StaffOffice.Draft foreign =
                    new StaffOffice.Draft(
                            "bo",
                            "博",
                            other.id().value(),
                            Set.of(StaffDuty.CLERK),
                            new StaffContact("bo@example.org", ""));
            assertThat(codes(add(world.bodyAdmin, foreign)))
                    .containsExactly("STAFF_ORGANISATION_UNKNOWN");
        }

        @Test
        void resetUnlocksEndsSessionsAndSendsAnotherPassword() {
            StaffAccount one = added(world.admin, draft("zhang", world.admin));
            String first = lastPassword(world.admin);
            for (int attempt = 0; attempt < Logins.LOCK_AT; attempt++) {
                accounts.failed(one.tenant(), one.id(), Logins.LOCK_AT, world.clock.instant());
            }
            assertThat(in(tx -> office.find(tx, world.admin, one.id())).get().lockedAt())
                    .isPresent();
            assertThat(login(one, first))
                    .isEqualTo(new LoginOutcome.Refused(LoginOutcome.Reason.LOGIN_LOCKED));
            openSession(one);
            InitialPassword password = office.newPassword();
            in(tx -> office.reset(tx, world.admin, one, password, LETTER));
            assertThat(accounts.sessions(one.tenant(), one.id())).isEmpty();
            assertThat(login(one, first)).isInstanceOf(LoginOutcome.Refused.class);
            assertThat(login(one, lastPassword(world.admin)))
                    .isInstanceOf(LoginOutcome.Welcome.class);
        }

        private void openSession(StaffAccount account) {
            SignedIn person =
                    new SignedIn(
                            account.tenant(),
                            account.id(),
                            account.login(),
                            account.name(),
                            Set.of(),
                            Optional.empty(),
                            Map.of());
            sessions.save(
                    new Session(
                            Digest.sha256(account.login().getBytes(StandardCharsets.UTF_8)),
                            person,
                            "10.0.0.1",
                            "Firefox",
                            world.clock.instant(),
                            world.clock.instant(),
                            world.clock.instant().plus(Duration.ofHours(8))));
            assertThat(accounts.sessions(account.tenant(), account.id())).hasSize(1);
        }

        @Test
        void unlockOpensWithoutANewPassword() {
            StaffAccount one = added(world.admin, draft("zhang", world.admin));
            for (int attempt = 0; attempt < Logins.LOCK_AT; attempt++) {
                accounts.failed(one.tenant(), one.id(), Logins.LOCK_AT, world.clock.instant());
            }
            in(tx -> office.unlock(tx, world.admin, one));
            assertThat(login(one, lastPassword(world.admin)))
                    .isInstanceOf(LoginOutcome.Welcome.class);
        }

        @Test
        void disablingAndRevokingEndTheSessionsAndNobodyDisablesTheOwnAccount() {
            StaffAccount one = added(world.admin, draft("zhang", world.admin));
            openSession(one);
            in(tx -> office.endSessions(tx, world.admin, one));
            assertThat(accounts.sessions(one.tenant(), one.id())).isEmpty();
            openSession(one);
            in(tx -> office.disable(tx, world.admin, one, true));
            assertThat(accounts.sessions(one.tenant(), one.id())).isEmpty();
            assertThat(login(one, lastPassword(world.admin)))
                    .isEqualTo(new LoginOutcome.Refused(LoginOutcome.Reason.LOGIN_DISABLED));
            StaffAccount self = added(world.admin, draft("school-admin", world.admin));
            assertThat(codes(in(tx -> office.disable(tx, world.admin, self, true))))
                    .containsExactly("STAFF_SELF");
        }

        @Test
        void changesNameAndAddress() {
            StaffAccount one = added(world.admin, draft("zhang", world.admin));
            StaffContact contact = new StaffContact("", "13800000009");
            in(
                    tx ->
                            office.change(
                                    tx,
                                    world.admin,
                                    one,
                                    new StaffOffice.Profile(
                                            "张㛃", Set.of(StaffDuty.CLERK), contact)));
            StaffAccount now = in(tx -> office.find(tx, world.admin, one.id())).orElseThrow();
            assertThat(now.name()).isEqualTo("张㛃");
            StaffContact kept = in(tx -> office.contact(tx, now));
            assertThat(kept).isEqualTo(contact);
        }

        private List<String> enter(
                StaffScope scope, Optional<Organisation> before, OrganisationDraft draft) {
            return in(tx -> new Organisations().enter(tx, scope, before, draft)).stream()
                    .map(FieldIssue::code)
                    .toList();
        }

        @Test
        void aBodyEntersSchoolsWithUniqueCodeAndName() {
            OrganisationDraft school =
                    new OrganisationDraft(OrganisationKind.SCHOOL, "S9", "第九职业学院", "山东省");
            assertThat(enter(world.bodyAdmin, Optional.empty(), school)).isEmpty();
            assertThat(enter(world.bodyAdmin, Optional.empty(), school))
                    .containsExactly("ORGANISATION_CODE_TAKEN", "ORGANISATION_NAME_TAKEN");
            assertThat(
                            enter(
                                    world.bodyAdmin,
                                    Optional.empty(),
                                    new OrganisationDraft(OrganisationKind.SCHOOL, "s", "", "")))
                    .containsExactly("ORGANISATION_CODE_MALFORMED", "ORGANISATION_NAME_MISSING");
            assertThat(
                            enter(
                                    world.bodyAdmin,
                                    Optional.empty(),
                                    new OrganisationDraft(
                                            OrganisationKind.BODY, "B9", "评价组织九", "")))
                    .containsExactly("ORGANISATION_NOT_ALLOWED");
            assertThat(enter(world.admin, Optional.empty(), school))
                    .contains("ORGANISATION_NOT_ALLOWED");
        }

        @Test
        void aNameChangesAndACodeStays() {
            Organisation before = world.admin.organisation();
            OrganisationDraft draft = new OrganisationDraft(before.kind(), "OTHER", "第一职业大学", "济南");
            assertThat(enter(world.bodyAdmin, Optional.of(before), draft)).isEmpty();
            Organisation now =
                    in(tx -> new Organisations().find(tx, world.tenant, before.id())).orElseThrow();
            assertThat(now.name()).isEqualTo("第一职业大学");
            assertThat(now.code()).isEqualTo(before.code());
        }
    }
}
