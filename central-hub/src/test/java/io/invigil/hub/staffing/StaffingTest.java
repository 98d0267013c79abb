package io.invigil.hub.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.sheet.SheetWriter;
import io.invigil.hub.staffing.Assignment.Duty;
import io.invigil.hub.staffing.Assignments.Staffed;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proctors and their assignment (domain, section 8; S2 section 10; S4 section 5.2.11). */
class StaffingTest {
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
        private static final Qualification.Need NEED = new Qualification.Need("10001", "初级");

        @TempDir Path files;
        private TestClock clock;
        private ScoringWorld world;
        private Plan plan;
        private Proctors proctors;
        private Assignments assignments;
        private int mobiles;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makeWorld() {
            clock = new TestClock(Instant.parse("2026-11-16T02:00:00Z"));
            world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            plan = tx(tx -> world.plans.find(tx, world.tenant, world.plan).orElseThrow());
            proctors = new Proctors(clock);
            assignments = new Assignments(clock, proctors);
            world.person("王小二", "");
        }

        private <T> T tx(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private static void assertSaved(StaffingDecision decision) {
            assertThat(decision).isInstanceOf(StaffingDecision.Saved.class);
        }

        private static void assertRefused(StaffingDecision decision, StaffingRefusal code) {
            assertThat(((StaffingDecision.Refused) decision).issues())
                    .extracting(issue -> issue.code())
                    .containsExactly(code.name());
        }

        private Proctor proctor(String name) {
            String mobile = "138000000" + (10 + mobiles++);
            StaffingDecision made = tx(tx -> proctors.add(tx, world.school, name, mobile));
            ProctorId id = ((StaffingDecision.Saved) made).proctor();
            return tx(tx -> proctors.findVisible(tx, world.school, id).orElseThrow());
        }

        private Proctor certified(String name) {
            Proctor one = proctor(name);
            assertSaved(tx(tx -> proctors.apply(tx, world.school, one, NEED)));
            assertSaved(tx(tx -> proctors.certify(tx, world.staff, one, NEED)));
            return one;
        }

        private List<Qualification> qualifications(Proctor one) {
            return database().inTransaction(tx -> proctors.qualifications(tx, one));
        }

        private Staffed room(StaffScope scope) {
            return tx(tx -> assignments.rooms(tx, scope, plan).getFirst());
        }

        private StaffingDecision assign(
                StaffScope scope, List<Proctor> watching, List<Proctor> walking) {
            Staffed room = room(scope);
            Map<Duty, List<ProctorId>> wanted =
                    Map.of(
                            Duty.PROCTOR, watching.stream().map(Proctor::id).toList(),
                            Duty.PATROL, walking.stream().map(Proctor::id).toList());
            return tx(tx -> assignments.assign(tx, scope, plan, room, wanted));
        }

        @Test
        void aProctorAppliesPerCertificateAndLevelAndTheBodyCertifies() {
            Proctor one = proctor("李虹");
            assertThat(one.number()).startsWith("JK");
            assertSaved(tx(tx -> proctors.apply(tx, world.school, one, NEED)));
            assertSaved(tx(tx -> proctors.apply(tx, world.school, one, NEED)));
            assertThat(qualifications(one))
                    .extracting(Qualification::certified)
                    .containsExactly(false);
            assertRefused(
                    tx(tx -> proctors.certify(tx, world.school, one, NEED)),
                    StaffingRefusal.PROCTOR_NOT_ALLOWED);
            assertRefused(
                    tx(tx -> proctors.certify(tx, world.otherBody, one, NEED)),
                    StaffingRefusal.PROCTOR_NOT_ALLOWED);
            assertSaved(tx(tx -> proctors.certify(tx, world.staff, one, NEED)));
            assertThat(qualifications(one))
                    .extracting(Qualification::certified)
                    .containsExactly(true);
            assertRefused(
                    tx(
                            tx ->
                                    proctors.apply(
                                            tx,
                                            world.school,
                                            one,
                                            new Qualification.Need("10001", "高级"))),
                    StaffingRefusal.PROCTOR_CERTIFICATE_UNKNOWN);
        }

        @Test
        void aCertifiedEntryIsNotRemovedAndItsProctorNotDeleted() {
            Proctor open = proctor("王伟");
            assertSaved(tx(tx -> proctors.apply(tx, world.school, open, NEED)));
            assertSaved(tx(tx -> proctors.removeQualification(tx, world.school, open, NEED)));
            assertThat(qualifications(open)).isEmpty();
            assertSaved(tx(tx -> proctors.remove(tx, world.school, open)));
            Proctor one = certified("李虹");
            assertRefused(
                    tx(tx -> proctors.removeQualification(tx, world.school, one, NEED)),
                    StaffingRefusal.PROCTOR_CERTIFIED);
            assertRefused(
                    tx(tx -> proctors.remove(tx, world.school, one)),
                    StaffingRefusal.PROCTOR_HAS_CERTIFIED);
        }

        @Test
        void nameAndMobileAreCheckedAndAMobileBelongsToOnePerson() {
            Proctor one = proctor("李虹");
            assertRefused(
                    tx(tx -> proctors.add(tx, world.school, " ", "13900000001")),
                    StaffingRefusal.PROCTOR_NAME);
            assertRefused(
                    tx(tx -> proctors.add(tx, world.school, "王", "1390000000")),
                    StaffingRefusal.PROCTOR_MOBILE);
            assertRefused(
                    tx(tx -> proctors.add(tx, world.school, "王", one.mobile())),
                    StaffingRefusal.PROCTOR_MOBILE_TAKEN);
            assertSaved(tx(tx -> proctors.change(tx, world.school, one, "李红", one.mobile())));
            assertThat(one.maskedMobile()).matches("138\\*{4}\\d{4}");
        }

        @Test
        void aRoomHasTwoProctorsAndAPatrolOnceEach() {
            List<Proctor> people = people(4);
            assertRefused(
                    assign(world.school, people.subList(0, 3), List.of()),
                    StaffingRefusal.ASSIGN_TOO_MANY);
            assertRefused(
                    assign(world.school, people.subList(0, 2), people.subList(2, 4)),
                    StaffingRefusal.ASSIGN_TOO_MANY);
            assertRefused(
                    assign(world.school, people.subList(0, 2), people.subList(1, 2)),
                    StaffingRefusal.ASSIGN_TWICE);
            assertSaved(assign(world.school, people.subList(0, 2), people.subList(2, 3)));
            assertThat(room(world.school).isComplete()).isTrue();
            Staffed room = room(world.staff);
            String names = tx(tx -> assignments.names(tx, plan, room.session(), Duty.PROCTOR));
            assertThat(names).isEqualTo("老师0、老师1");
            assertSaved(assign(world.school, List.of(), List.of()));
            assertThat(room(world.school).of(Duty.PROCTOR)).isEmpty();
        }

        private List<Proctor> people(int count) {
            List<Proctor> people = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                people.add(certified("老师" + i));
            }
            return people;
        }

        @Test
        void onlyWhoIsCertifiedForTheRoomsCertificateIsAssigned() {
            Proctor open = proctor("王小二");
            assertSaved(tx(tx -> proctors.apply(tx, world.school, open, NEED)));
            assertRefused(
                    assign(world.staff, List.of(open), List.of()),
                    StaffingRefusal.ASSIGN_NOT_CERTIFIED);
            Staffed room = room(world.school);
            List<Proctor> eligible =
                    database()
                            .inTransaction(
                                    tx ->
                                            assignments.eligible(
                                                    tx, world.school, plan, room, Duty.PROCTOR));
            assertThat(eligible).isEmpty();
        }

        @Test
        void nobodyIsAtTwoPlacesAtOnceButAPatrolWalksThroughOneSite() {
            addRoom();
            world.person("张三", "");
            moveLastToSecondRoom();
            List<Proctor> people = people(2);
            assertSaved(assign(world.school, people.subList(0, 1), people.subList(1, 2)));
            Staffed second = tx(tx -> assignments.rooms(tx, world.school, plan).get(1));
            assertRefused(
                    tx(
                            tx ->
                                    assignments.assign(
                                            tx,
                                            world.school,
                                            plan,
                                            second,
                                            Map.of(Duty.PROCTOR, List.of(people.get(0).id())))),
                    StaffingRefusal.ASSIGN_OVERLAP);
            assertRefused(
                    tx(
                            tx ->
                                    assignments.assign(
                                            tx,
                                            world.school,
                                            plan,
                                            second,
                                            Map.of(Duty.PROCTOR, List.of(people.get(1).id())))),
                    StaffingRefusal.ASSIGN_OVERLAP);
            assertSaved(
                    tx(
                            tx ->
                                    assignments.assign(
                                            tx,
                                            world.school,
                                            plan,
                                            second,
                                            Map.of(Duty.PATROL, List.of(people.get(1).id())))));
        }

        private void addRoom() {
            sql(
                    """
                    insert into room (tenant, id, plan, site, name, types, seats, seat_columns,
                        address)
                    select tenant, 2, plan, site, '14号机房', types, seats, seat_columns, address
                    from room where tenant = :t and id = 1
                    """);
        }

        private void moveLastToSecondRoom() {
            sql("update seating set room = 2 where tenant = :t and sitting in (3, 4)");
        }

        private void sql(String statement) {
            long tenant = world.tenant.value();
            database().useTransaction(tx -> tx.update(statement).bind("t", tenant).execute());
        }

        @Test
        void bulkAssignmentFillsWhatItCanAndNamesTheRest() {
            addRoom();
            world.person("张三", "");
            moveLastToSecondRoom();
            people(4);
            Assignments.Bulk done = tx(tx -> assignments.assignAll(tx, world.school, plan));
            assertThat(done.assigned()).isEqualTo(1);
            assertThat(done.unfilled()).hasSize(1);
            certified("又一位");
            Assignments.Bulk rest = tx(tx -> assignments.assignAll(tx, world.school, plan));
            assertThat(rest.assigned()).isEqualTo(1);
            List<Staffed> rooms =
                    database().inTransaction(tx -> assignments.rooms(tx, world.school, plan));
            assertThat(rooms).allMatch(Staffed::isComplete);
            assertThat(rooms.stream().flatMap(one -> one.of(Duty.PROCTOR).stream()))
                    .doesNotHaveDuplicates()
                    .hasSize(4);
        }

        @Test
        void schoolsAssignUnlessThePlanLeavesItToTheBody() {
            Proctor one = certified("李虹");
            assertRefused(
                    tx(tx -> assignments.setOnlyBodyAssigns(tx, world.school, plan, true)),
                    StaffingRefusal.PROCTOR_NOT_ALLOWED);
            assertSaved(tx(tx -> assignments.setOnlyBodyAssigns(tx, world.staff, plan, true)));
            assertRefused(
                    assign(world.school, List.of(one), List.of()),
                    StaffingRefusal.ASSIGN_ONLY_BODY);
            assertSaved(assign(world.staff, List.of(one), List.of()));
        }

        @Test
        void nothingIsAssignedOnceTheSlotHasBegun() {
            Proctor one = certified("李虹");
            clock.set(Instant.parse("2026-11-20T00:59:59.999Z"));
            assertSaved(assign(world.school, List.of(one), List.of()));
            clock.set(Instant.parse("2026-11-20T01:00:00Z"));
            assertRefused(assign(world.school, List.of(), List.of()), StaffingRefusal.ASSIGN_BEGUN);
        }

        private ImportRecord imported(List<List<String>> rows) throws IOException {
            Path file = Files.createTempFile(files, "proctors", ".xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new SheetWriter()
                        .write(
                                out,
                                ProctorImport.SHEET,
                                ProctorImport.columns(),
                                rows,
                                "",
                                List.of());
            }
            return new ProctorImport(database(), clock, proctors)
                    .run(world.school, ImportFile.of(file));
        }

        @Test
        void anImportTakesSoundRowsNamesTheOthersAndChangesNothingTheSecondTime()
                throws IOException {
            List<List<String>> rows =
                    List.of(
                            List.of("李虹", "13900000001", "10001", "初级"),
                            List.of("王伟", "139", "10001", "初级"),
                            List.of("张丽", "13900000002", "10001", "特级"),
                            List.of("李红", "13900000001", "10001", "初级"),
                            List.of("", "13900000003", "10001", "初级"));
            ImportRecord first = imported(rows);
            assertThat(first.added()).isEqualTo(1);
            assertThat(first.failed()).isEqualTo(4);
            List<FailedRow> failed =
                    database().inTransaction(tx -> new ImportRecords().failed(tx, first, 10));
            assertThat(failed)
                    .extracting(row -> row.issues().getFirst().code())
                    .containsExactly(
                            "PROCTOR_MOBILE",
                            "PROCTOR_CERTIFICATE_UNKNOWN",
                            "PROCTOR_NAME_DIFFERS",
                            "CELL_REQUIRED");
            ImportRecord second = imported(rows);
            assertThat(second.added()).isZero();
            assertThat(second.unchanged()).isEqualTo(1);
            List<Proctors.Listed> people =
                    database().inTransaction(tx -> proctors.visible(tx, world.school));
            assertThat(people).hasSize(1);
        }

        @Test
        void aBodySeesOnlyWhoAppliedForItsCertificatesAndASchoolItsOwn() {
            Proctor one = proctor("李虹");
            Optional<Proctor> before =
                    database().inTransaction(tx -> proctors.findVisible(tx, world.staff, one.id()));
            assertThat(before).isEmpty();
            assertSaved(tx(tx -> proctors.apply(tx, world.school, one, NEED)));
            Optional<Proctor> after =
                    database().inTransaction(tx -> proctors.findVisible(tx, world.staff, one.id()));
            assertThat(after).contains(one);
            Optional<Proctor> stranger =
                    database()
                            .inTransaction(
                                    tx -> proctors.findVisible(tx, world.otherBody, one.id()));
            assertThat(stranger).isEmpty();
        }
    }
}
