package io.invigil.hub.office;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.LoginOutcome;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.NewAccount;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.message.Message;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.SheetWriter;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who keeps accounts, and accounts from a workbook (domain, section 1: administrators and clerks of
 * every organisation; issue 4, part 1: accounts by import or form, a random first password by
 * message, changed at first login). What one account goes through is in {@link StaffOfficeTest}.
 */
class AccountsTest {
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
        private StaffAccounts accounts;
        private StaffOffice office;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", StaffOffice.class));
        }

        @BeforeEach
        void open() {
            world = new HubWorld(database());
            accounts =
                    new StaffAccounts(
                            database(), new MemorySessions(), world.clock, new SeededEntropy(4));
            office = new StaffOffice(accounts);
        }

        private <T> T in(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private StaffOffice.Outcome add(StaffScope scope, String login, StaffDuty... duties) {
            InitialPassword password = office.newPassword();
            StaffOffice.Draft draft =
                    new StaffOffice.Draft(
                            login,
                            "张老师",
                            scope.organisation().id().value(),
                            Set.of(duties),
                            new StaffContact(login + "@example.org", ""));
            return in(tx -> office.add(tx, scope, draft, password, LETTER));
        }

        private StaffAccount account(String login) {
            return accounts.byLogin(world.tenant.value(), login).orElseThrow();
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
                                            50));
        }

        @Test
        void aClerkKeepsNoAccountsAndAnAdministratorThoseOfTheOwnOrganisation() {
            assertThat(codes(add(world.clerk, "li", StaffDuty.CLERK)))
                    .containsExactly("STAFF_ORGANISATION_UNKNOWN");
            assertThat(add(world.admin, "zhang", StaffDuty.CLERK))
                    .isInstanceOf(StaffOffice.Outcome.Done.class);
            long id = account("zhang").id();
            Optional<StaffAccount> byClerk = in(tx -> office.find(tx, world.clerk, id));
            assertThat(byClerk).isEmpty();
            Optional<StaffAccount> byOther = in(tx -> office.find(tx, world.otherAdmin, id));
            assertThat(byOther).isEmpty();
            Optional<StaffAccount> byOwn = in(tx -> office.find(tx, world.admin, id));
            assertThat(byOwn).isPresent();
            Optional<StaffAccount> byBody = in(tx -> office.find(tx, world.bodyAdmin, id));
            assertThat(byBody).as("a body's administrator helps schools").isPresent();
            Optional<StaffAccount> byBodyClerk = in(tx -> office.find(tx, world.body, id));
            assertThat(byBodyClerk).isEmpty();
        }

        @Test
        void theDutyAndTheKindOfOrganisationAreTheRole() {
            add(world.admin, "clerk1", StaffDuty.CLERK);
            add(world.admin, "admin1", StaffDuty.ADMINISTRATOR);
            add(world.bodyAdmin, "both1", StaffDuty.CLERK, StaffDuty.ADMINISTRATOR);
            assertThat(account("clerk1").roles()).containsExactly("school-clerk");
            assertThat(account("admin1").roles()).containsExactly("school-admin");
            assertThat(account("both1").roles())
                    .containsExactlyInAnyOrder("body-staff", "body-admin");
            assertThat(codes(add(world.admin, "nothing"))).containsExactly("STAFF_DUTY_MISSING");
        }

        @Test
        void everyKindOfOrganisationHasClerksAndAdministrators() {
            for (StaffScope scope : List.of(world.authority, world.province, world.body)) {
                var kind = scope.organisation().kind();
                assertThat(StaffRole.administratorOf(kind).administers()).isTrue();
                assertThat(StaffRole.clerkOf(kind)).isEqualTo(scope.role());
                StaffScope own =
                        new StaffScope(
                                world.tenant,
                                "keeper",
                                scope.organisation(),
                                StaffRole.administratorOf(kind));
                String login = "of-" + scope.role().code();
                assertThat(add(own, login, StaffDuty.CLERK))
                        .isInstanceOf(StaffOffice.Outcome.Done.class);
                assertThat(account(login).roles()).containsExactly(scope.role().code());
            }
        }

        @Test
        void nobodyGivesTheOwnAdministrationAwaySoThatAnOrganisationKeepsOne() {
            add(world.admin, world.admin.login(), StaffDuty.ADMINISTRATOR);
            StaffAccount self = account(world.admin.login());
            StaffContact contact = new StaffContact("self@example.org", "");
            StaffOffice.Profile clerk =
                    new StaffOffice.Profile("张老师", Set.of(StaffDuty.CLERK), contact);
            assertThat(codes(in(tx -> office.change(tx, world.admin, self, clerk))))
                    .containsExactly("STAFF_DUTY_OWN");
            assertThat(account(self.login()).roles()).containsExactly("school-admin");
        }

        @Test
        void aTeachersAccountStaysATeachersWhateverDutiesItGets() {
            InitialPassword password = office.newPassword();
            StaffOffice.Draft draft =
                    new StaffOffice.Draft(
                            "13900000001",
                            "李老师",
                            world.clerk.organisation().id().value(),
                            Set.of(),
                            new StaffContact("", "13900000001"));
            in(tx -> office.addTeacher(tx, world.clerk, draft, password, LETTER));
            StaffAccount teacher = account("13900000001");
            StaffOffice.Profile both =
                    new StaffOffice.Profile("李老师", Set.of(StaffDuty.CLERK), draft.contact());
            in(tx -> office.change(tx, world.admin, teacher, both));
            assertThat(account("13900000001").roles())
                    .containsExactlyInAnyOrder("school-clerk", "teacher");
        }

        private ImportRecord imported(StaffScope scope, List<List<String>> rows)
                throws IOException {
            Path file = Files.createTempFile(files, "staff", ".xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new SheetWriter()
                        .write(out, StaffImport.SHEET, StaffImport.columns(), rows, "", List.of());
            }
            return new StaffImport(database(), world.clock, office, LETTER)
                    .run(scope, ImportFile.of(file));
        }

        private static final List<List<String>> TWO =
                List.of(
                        List.of("王㛃", "wang", "", "业务人员", "wang@example.org", ""),
                        List.of("赵敏", "zhao", "第一职业学院", "业务人员、管理员", "", "13800000002"));

        @Test
        void eachImportedAccountGetsARandomFirstPasswordByMessageThatMustBeChanged()
                throws IOException {
            ImportRecord record = imported(world.admin, TWO);
            assertThat(record.added()).isEqualTo(2);
            assertThat(record.failed()).isZero();
            assertThat(messages(world.admin))
                    .extracting(Message::recipient)
                    .containsExactlyInAnyOrder("wang@example.org", "13800000002");
            assertThat(account("wang").mustChange()).isTrue();
            assertThat(account("wang").name()).isEqualTo("王㛃");
            assertThat(account("zhao").roles())
                    .containsExactlyInAnyOrder("school-clerk", "school-admin");
            Logins logins = new Logins(accounts, world.clock, new SeededEntropy(5), event -> {});
            for (Message message : messages(world.admin)) {
                String[] words = message.text().split(" ");
                assertThat(logins.attempt(world.tenant.value(), words[0], words[1], "10.0.0.1"))
                        .isInstanceOf(LoginOutcome.Welcome.class);
            }
        }

        @Test
        void aSecondUploadChangesNothingAndSendsNothing() throws IOException {
            imported(world.admin, TWO);
            List<String> trail = AuditTrail.of(database(), world.tenant);
            ImportRecord second = imported(world.admin, TWO);
            assertThat(second.added()).isZero();
            assertThat(second.unchanged()).isEqualTo(2);
            assertThat(second.failed()).isZero();
            assertThat(messages(world.admin)).hasSize(2);
            assertThat(AuditTrail.of(database(), world.tenant)).isEqualTo(trail);
        }

        @Test
        void everyImportedAccountStandsInTheAudit() throws IOException {
            imported(world.admin, TWO);
            assertThat(AuditTrail.of(database(), world.tenant))
                    .contains(
                            "CREATED account " + account("wang").id(),
                            "CREATED account " + account("zhao").id());
        }

        @Test
        void rowsThatFailComeBackWithTheirReasonsAndTheOthersAreTaken() throws IOException {
            add(world.otherAdmin, "taken", StaffDuty.CLERK);
            add(world.admin, "known", StaffDuty.CLERK);
            List<List<String>> rows =
                    List.of(
                            List.of("一", "one", "第二职业学院", "业务人员", "one@example.org", ""),
                            List.of("二", "two", "", "校长", "two@example.org", ""),
                            List.of("三", "three", "", "业务人员", "", ""),
                            List.of("四", "taken", "", "业务人员", "four@example.org", ""),
                            List.of("五", "known", "", "业务人员", "known@example.org", ""),
                            List.of("", "six", "", "业务人员", "six@example.org", ""),
                            List.of("七", "se ven", "", "业务人员", "seven", "138"),
                            List.of("八", "eight", "S1", "管理员", "eight@example.org", ""));
            ImportRecord record = imported(world.admin, rows);
            assertThat(record.added()).isEqualTo(1);
            List<FailedRow> failed = in(tx -> new ImportRecords().failed(tx, record, 20));
            assertThat(failed)
                    .extracting(
                            row ->
                                    row.issues().stream()
                                            .map(issue -> issue.column() + " " + issue.code())
                                            .toList())
                    .containsExactly(
                            List.of("机构 STAFF_ORGANISATION_FOREIGN"),
                            List.of("职责 STAFF_DUTY_UNKNOWN"),
                            List.of("手机号码 STAFF_ADDRESS_MISSING"),
                            List.of("登录名 STAFF_LOGIN_TAKEN"),
                            List.of("登录名 STAFF_ACCOUNT_DIFFERS"),
                            List.of("姓名 CELL_REQUIRED"),
                            List.of(
                                    "登录名 STAFF_LOGIN_MALFORMED",
                                    "电子邮箱 STAFF_MAIL_MALFORMED",
                                    "手机号码 STAFF_MOBILE_MALFORMED"));
            assertThat(failed.getFirst().cells().getFirst()).isEqualTo("一");
            assertThat(account("known").name()).isEqualTo("张老师");
            assertThat(account("eight").roles()).containsExactly("school-admin");
        }

        @Test
        void importsOfAccountsAreTheirAdministratorsBusinessAndOtherImportsTheClerks()
                throws IOException {
            ImportRecord record = imported(world.admin, TWO);
            ImportRecords records = new ImportRecords();
            for (StaffScope other : List.of(world.clerk, world.otherAdmin, world.body)) {
                Optional<ImportRecord> found =
                        in(tx -> records.findVisible(tx, other, record.id()));
                assertThat(found).as(other.login()).isEmpty();
                List<ImportRecord> listed = in(tx -> records.recent(tx, other));
                assertThat(listed).as(other.login()).isEmpty();
            }
            List<ImportRecord> own = in(tx -> records.recent(tx, world.admin));
            assertThat(own).containsExactly(record);
            StaffScope both =
                    new StaffScope(
                            world.tenant,
                            "both",
                            world.clerk.organisation(),
                            StaffRole.SCHOOL_CLERK,
                            "",
                            Set.of(StaffRole.SCHOOL_CLERK, StaffRole.SCHOOL_ADMIN));
            List<ImportRecord> ofBoth = in(tx -> records.recent(tx, both));
            assertThat(ofBoth).containsExactly(record);
        }

        /** Who was there before there were administrators: domain, section 1. */
        @Test
        void whoeverKeptAccountsUntilNowKeepsThem() throws IOException {
            for (String roles : List.of("school-clerk", "body-staff", "teacher", "unit-staff")) {
                InitialPassword password = office.newPassword();
                NewAccount old = new NewAccount(roles, roles, Set.of(roles), Optional.of(1L));
                in(tx -> accounts.create(tx, world.tenant.value(), old, password));
            }
            String folder = dialect() == Dialect.DERBY ? "derby" : "postgresql";
            String name = "/db/" + folder + "/V088__administrator.sql";
            try (InputStream script = StaffOffice.class.getResourceAsStream(name)) {
                String sql =
                        new String(script.readAllBytes(), StandardCharsets.UTF_8)
                                .replaceAll("(?m)^--.*$", "");
                for (String statement : sql.split(";")) {
                    if (!statement.isBlank()) {
                        in(tx -> tx.update(statement).execute());
                    }
                }
            }
            assertThat(account("school-clerk").roles())
                    .containsExactlyInAnyOrder("school-clerk", "school-admin");
            assertThat(account("body-staff").roles())
                    .containsExactlyInAnyOrder("body-staff", "body-admin");
            assertThat(account("teacher").roles()).containsExactly("teacher");
            assertThat(account("unit-staff").roles()).containsExactly("unit-staff");
        }
    }
}
