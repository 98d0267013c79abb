package io.invigil.hub.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanOptions;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.sheet.SheetWriter;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Domain section 5; source 002 section 7, source 004 section 5.2.6: registration by subject. */
class SubjectRegistrationTest {
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
        private Plan plan;
        private LevelId level;
        private SubjectId common;
        private SubjectId nursing;
        private List<CandidateId> people;
        private Map<CandidateId, String> banned = Map.of();
        private Map<SittingId, Payments.Payment> paid = Map.of();
        private SubjectRegistrations registrations;
        private RegistrationRemoval removal;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makePlan() {
            world = new HubWorld(database());
            plan = world.plan("K5", RegistrationMode.BY_SUBJECT, PlanOptions.standard());
            level = world.level(plan, List.of());
            common = world.subject(plan, level, "S1");
            nursing = world.subjectFor(plan, level, "S2", "护理方向");
            world.subjectFor(plan, level, "S3", "康复方向");
            people = world.candidates(world.clerk, 0, 4);
            registrations = new SubjectRegistrations(world.clock, (tx, any, asked) -> banned);
            removal = new RegistrationRemoval(world.clock, (tx, tenant, any) -> paid);
        }

        private SubjectDecision register(StaffScope scope, Wish... wishes) {
            return database()
                    .inTransaction(
                            tx -> registrations.register(tx, scope, plan, level, List.of(wishes)));
        }

        private Map<Integer, FieldIssue> refused(SubjectDecision decision) {
            return ((SubjectDecision.Carried) decision).refused();
        }

        private String refusal(SubjectDecision decision) {
            return ((SubjectDecision.Refused) decision).issues().get(0).code();
        }

        private List<SittingId> sittings() {
            return database()
                    .inTransaction(tx -> new Sittings().ofPlan(tx, world.tenant, plan.id()))
                    .stream()
                    .map(Sitting::id)
                    .toList();
        }

        private Wish wish(int person, SubjectId subject, String type) {
            return new Wish(people.get(person), subject, type);
        }

        @Test
        void registersExactlyTheNamedSubjectsAndAddsMoreLater() {
            assertThat(refused(register(world.clerk, wish(0, nursing, "护理方向")))).isEmpty();
            assertThat(sittings()).hasSize(1);
            assertThat(refused(register(world.clerk, wish(0, common, "护理方向")))).isEmpty();
            assertThat(sittings()).hasSize(2);
            assertThat(
                            database()
                                    .<List<Registration>>inTransaction(
                                            tx ->
                                                    new Registrations(world.clock, BanCheck.none())
                                                            .ofPlan(tx, world.clerk, plan)))
                    .singleElement()
                    .extracting(Registration::targetType)
                    .isEqualTo("护理方向");
        }

        @Test
        void theTargetTypeIsRequiredAndMustFitTheSubject() {
            Map<Integer, FieldIssue> refused =
                    refused(
                            register(
                                    world.clerk,
                                    wish(0, common, ""),
                                    wish(1, common, "美术方向"),
                                    wish(2, nursing, "康复方向"),
                                    wish(3, nursing, "护理方向"),
                                    wish(3, common, "康复方向"),
                                    wish(3, nursing, "护理方向")));
            assertThat(refused.get(0).code()).isEqualTo("REG_TARGET_TYPE_MISSING");
            assertThat(refused.get(0).detail()).isEqualTo("康复方向、护理方向");
            assertThat(refused.get(1).code()).isEqualTo("REG_TARGET_TYPE_UNKNOWN");
            assertThat(refused.get(2).code()).isEqualTo("REG_TARGET_TYPE_DIFFERS");
            assertThat(refused).doesNotContainKey(3);
            assertThat(refused.get(4).code()).isEqualTo("REG_TARGET_TYPE_CHANGED");
            assertThat(refused.get(5).code()).isEqualTo("REG_ALREADY");
            assertThat(sittings()).hasSize(1);
        }

        @Test
        void onlyOwnCandidatesWhoAreNotBannedAreRegistered() {
            banned = Map.of(people.get(1), "2027-11-30");
            List<CandidateId> strangers = world.candidates(world.otherClerk, 50, 1);
            Map<Integer, FieldIssue> refused =
                    refused(
                            register(
                                    world.clerk,
                                    new Wish(strangers.get(0), nursing, "护理方向"),
                                    wish(1, nursing, "护理方向")));
            assertThat(refused.get(0).code()).isEqualTo("REG_CANDIDATE_UNKNOWN");
            assertThat(refused.get(1).code()).isEqualTo("REG_CANDIDATE_BANNED");
            assertThat(refused.get(1).detail()).isEqualTo("2027-11-30");
            assertThat(refusal(register(world.otherClerk, wish(0, nursing, "护理方向"))))
                    .isEqualTo("REG_SCHOOL_NOT_IN_PLAN");
            assertThat(refusal(register(world.body, wish(0, nursing, "护理方向"))))
                    .isEqualTo("REG_NOT_ALLOWED");
        }

        @Test
        void theWindowIsOpenFromItsFirstInstantToItsLast() {
            Instant from = plan.windows().registration().from();
            Instant to = plan.windows().registration().to();
            at(from.minusMillis(1));
            assertThat(refusal(register(world.clerk, wish(0, nursing, "护理方向"))))
                    .isEqualTo("REG_WINDOW_CLOSED");
            at(from);
            assertThat(refused(register(world.clerk, wish(0, nursing, "护理方向")))).isEmpty();
            at(to.minusMillis(1));
            assertThat(refused(register(world.clerk, wish(1, nursing, "护理方向")))).isEmpty();
            at(to);
            assertThat(refusal(register(world.clerk, wish(2, nursing, "护理方向"))))
                    .isEqualTo("REG_WINDOW_CLOSED");
            List<SittingId> all = sittings();
            SubjectDecision late =
                    database().inTransaction(tx -> removal.remove(tx, world.clerk, plan, all));
            assertThat(refusal(late)).isEqualTo("REG_WINDOW_CLOSED");
        }

        private void at(Instant instant) {
            world.clock.advance(Duration.between(world.clock.instant(), instant));
        }

        @Test
        void byCertificateIsRefusedAndNamesTheOtherTemplate() {
            Registrations byCertificate = new Registrations(world.clock, BanCheck.none());
            RegistrationDecision.Refused refused =
                    (RegistrationDecision.Refused)
                            database()
                                    .inTransaction(
                                            tx ->
                                                    byCertificate.register(
                                                            tx, world.clerk, plan, level, people));
            assertThat(refused.issues())
                    .extracting(FieldIssue::code)
                    .containsExactly("REG_MODE_BY_SUBJECT", "REG_LEVEL_BY_SUBJECT");
            Plan other = world.plan("K6", RegistrationMode.BY_CERTIFICATE, PlanOptions.standard());
            LevelId own = world.level(other, List.of());
            SubjectDecision decision =
                    database()
                            .inTransaction(
                                    tx ->
                                            registrations.register(
                                                    tx,
                                                    world.clerk,
                                                    other,
                                                    own,
                                                    List.of(wish(0, nursing, "护理方向"))));
            assertThat(refusal(decision)).isEqualTo("REG_MODE_BY_CERTIFICATE");
        }

        @Test
        void onlyWhatIsNeitherOnARequestNorPaidIsRemoved() {
            register(
                    world.clerk,
                    wish(0, nursing, "护理方向"),
                    wish(0, common, "护理方向"),
                    wish(1, nursing, "护理方向"));
            List<SittingId> all = sittings();
            paid =
                    Map.of(
                            all.get(0), Payments.Payment.PAID,
                            all.get(1), Payments.Payment.REQUESTED);
            List<SittingId> chosen = new ArrayList<>(all);
            chosen.add(new SittingId(999_999));
            SubjectDecision decision =
                    database().inTransaction(tx -> removal.remove(tx, world.clerk, plan, chosen));
            Map<Integer, FieldIssue> refused = refused(decision);
            assertThat(refused.get(0).code()).isEqualTo("REG_PAID");
            assertThat(refused.get(1).code()).isEqualTo("REG_REQUESTED");
            assertThat(refused.get(3).code()).isEqualTo("REG_UNKNOWN");
            assertThat(sittings()).containsExactly(all.get(0), all.get(1));
            paid = Map.of();
            List<SittingId> left = sittings();
            database().inTransaction(tx -> removal.remove(tx, world.clerk, plan, left));
            assertThat(sittings()).isEmpty();
            assertThat(
                            database()
                                    .<List<Registration>>inTransaction(
                                            tx ->
                                                    new Registrations(world.clock, BanCheck.none())
                                                            .ofPlan(tx, world.clerk, plan)))
                    .isEmpty();
        }

        private ImportFile file(List<List<String>> rows) throws IOException {
            Path file = Files.createTempFile(files, "subjects", ".xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new SheetWriter()
                        .write(
                                out,
                                RegistrationColumns.SUBJECT_SHEET,
                                RegistrationColumns.bySubject(),
                                rows,
                                "",
                                List.of());
            }
            return ImportFile.of(file);
        }

        private static List<String> row(int person, String subject, String type) {
            List<String> made =
                    person < 4
                            ? MadeUpPeople.rows(0, 4).get(person)
                            : MadeUpPeople.rows(person, 1).get(0);
            return List.of(made.get(0), made.get(2), subject, type);
        }

        private List<String> failures(ImportRecord record) {
            return database()
                    .inTransaction(tx -> new ImportRecords().failed(tx, record, 100))
                    .stream()
                    .map(FailedRow::issues)
                    .map(issues -> issues.get(0).code())
                    .toList();
        }

        @Test
        void sheetsRegisterAndRemoveAndEveryRefusedRowSaysWhy() throws IOException {
            SubjectImport imports =
                    new SubjectImport(database(), world.clock, registrations, removal);
            List<List<String>> rows =
                    List.of(
                            row(0, "S1", "护理方向"),
                            row(0, "S2", "护理方向"),
                            row(1, "S9", "护理方向"),
                            row(2, "S2", ""),
                            row(77, "S1", "护理方向"));
            ImportRecord record = imports.register(world.clerk, plan, level, file(rows));
            assertThat(record.added()).isEqualTo(2);
            assertThat(failures(record))
                    .containsExactly(
                            "REG_SUBJECT_UNKNOWN",
                            "REG_TARGET_TYPE_MISSING",
                            "REG_CANDIDATE_UNKNOWN");
            ImportRecord again =
                    imports.register(world.clerk, plan, level, file(rows.subList(0, 2)));
            assertThat(again.added()).isZero();
            assertThat(again.unchanged()).isEqualTo(2);
            ImportRecord removed =
                    imports.remove(
                            world.clerk, plan, file(List.of(row(0, "S1", ""), row(1, "S1", ""))));
            assertThat(removed.changed()).isEqualTo(1);
            assertThat(failures(removed)).containsExactly("REG_UNKNOWN");
            assertThat(sittings()).hasSize(1);
        }

        @Test
        void theListFiltersAndItsExportHasTheColumnsOfTheSource() {
            register(
                    world.clerk,
                    wish(0, nursing, "护理方向"),
                    wish(0, common, "护理方向"),
                    wish(1, common, "康复方向"));
            RegistrationList list = new RegistrationList();
            RegistrationFilter bySubject =
                    new RegistrationFilter(
                            "",
                            Optional.empty(),
                            Optional.of(level),
                            Optional.of(common),
                            Optional.of(RegistrationState.NOT_ARRANGED),
                            Optional.of(Payments.Payment.UNPAID),
                            List.of());
            Instant now = world.clock.instant();
            database()
                    .useTransaction(
                            tx -> {
                                assertThat(list.count(tx, world.clerk, plan, bySubject, now))
                                        .isEqualTo(2);
                                for (RegistrationState state :
                                        Set.of(
                                                RegistrationState.WAITING,
                                                RegistrationState.IN_PROGRESS,
                                                RegistrationState.FINISHED)) {
                                    RegistrationFilter none =
                                            new RegistrationFilter(
                                                    "",
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    Optional.of(state),
                                                    Optional.of(Payments.Payment.PAID),
                                                    List.of());
                                    assertThat(list.count(tx, world.clerk, plan, none, now))
                                            .isZero();
                                }
                                assertThat(
                                                list.count(
                                                        tx,
                                                        world.otherClerk,
                                                        plan,
                                                        RegistrationFilter.everything(),
                                                        now))
                                        .isZero();
                                List<RegistrationRow> rows =
                                        list.rows(
                                                tx,
                                                world.clerk,
                                                plan,
                                                RegistrationFilter.everything(),
                                                now,
                                                0,
                                                10);
                                var sheet =
                                        RegistrationPages.sheet(
                                                plan, "评价组织一", true, Enum::name, now);
                                assertThat(String.join(", ", sheet.headers()))
                                        .isEqualTo(
                                                "序号, 考试计划, 考生姓名, 考生编号, 身份证号, 考生类型, 所属院校,"
                                                        + " 所属考点, 准考证号, 证书等级, 报考科目, 考试方式,"
                                                        + " 考核单位, 考试状态");
                                assertThat(sheet.cells(rows)).hasSize(3);
                                assertThat(sheet.cells(rows).get(0))
                                        .contains("网店运营推广职业技能等级证书（初级）", "评价组织一", "机考")
                                        .endsWith("NOT_ARRANGED");
                            });
        }
    }
}
