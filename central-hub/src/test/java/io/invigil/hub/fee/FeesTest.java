package io.invigil.hub.fee;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.arrangement.ArrangementDecision;
import io.invigil.hub.arrangement.Arrangements;
import io.invigil.hub.arrangement.SeatingUse;
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
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.registration.SubjectRegistrations;
import io.invigil.hub.registration.Wish;
import io.invigil.hub.sheet.SheetWriter;
import io.invigil.testkit.SeededEntropy;
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

/** Domain section 6; source 002 section 8, source 004 section 5.2.7: fee requests. */
class FeesTest {
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
        private static final PlanOptions WITH_FEES = new PlanOptions(true, true);

        @TempDir Path files;
        private HubWorld world;
        private Plan plan;
        private LevelId level;
        private List<SubjectId> subjects;
        private List<CandidateId> people;
        private Fees fees;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makePlan() {
            world = new HubWorld(database());
            fees = new Fees(world.clock);
            people = world.candidates(world.clerk, 0, 3);
        }

        private void byCertificate() {
            plan = world.plan("K8", RegistrationMode.BY_CERTIFICATE, WITH_FEES);
            offer();
            price(level, 0, 26_050);
            database()
                    .inTransaction(
                            tx ->
                                    new Registrations(world.clock, BanCheck.none(), fees)
                                            .register(tx, world.clerk, plan, level, people));
        }

        private void bySubject() {
            plan = world.plan("K9", RegistrationMode.BY_SUBJECT, WITH_FEES);
            offer();
            price(level, subjects.get(0).value(), 8_000);
            price(level, subjects.get(1).value(), 12_001);
            List<Wish> wishes = new ArrayList<>();
            people.forEach(one -> wishes.add(new Wish(one, subjects.get(0), "")));
            wishes.add(new Wish(people.get(0), subjects.get(1), ""));
            database()
                    .inTransaction(
                            tx ->
                                    new SubjectRegistrations(world.clock, BanCheck.none())
                                            .register(tx, world.clerk, plan, level, wishes));
        }

        private void offer() {
            level = world.level(plan, List.of());
            subjects = List.of(world.subject(plan, level, "S1"), world.subject(plan, level, "S2"));
            world.slot(plan, 9, 2, Set.of(subjects.get(0)));
            world.slot(plan, 13, 2, Set.of(subjects.get(1)));
        }

        private void price(LevelId of, long subject, long fen) {
            assertThat(
                            database()
                                    .<List<FieldIssue>>inTransaction(
                                            tx ->
                                                    new FeePrices()
                                                            .set(
                                                                    tx,
                                                                    world.body,
                                                                    plan,
                                                                    Map.of(
                                                                            new FeePrices.Priced(
                                                                                    of, subject),
                                                                            fen))))
                    .isEmpty();
        }

        private FeeDecision request(RegistrationMode mode) {
            return database().inTransaction(tx -> fees.request(tx, world.clerk, plan, mode, level));
        }

        private FeeRequest made(RegistrationMode mode) {
            return ((FeeDecision.Made) request(mode)).request();
        }

        private List<String> codes(FeeDecision decision) {
            return ((FeeDecision.Refused) decision)
                    .issues().stream().map(FieldIssue::code).toList();
        }

        private FeeDecision confirm(StaffScope scope, String... numbers) {
            return database().inTransaction(tx -> fees.confirm(tx, scope, List.of(numbers)));
        }

        @Test
        void amountIsQuantityTimesThePriceInFenByCertificate() {
            byCertificate();
            FeeRequest one = made(RegistrationMode.BY_CERTIFICATE);
            assertThat(one.people()).isEqualTo(3);
            assertThat(one.quantity()).isEqualTo(3);
            assertThat(one.amountFen()).isEqualTo(78_150);
            assertThat(one.number()).matches("261120\\d{4}");
            assertThat(codes(request(RegistrationMode.BY_CERTIFICATE)))
                    .containsExactly("FEE_NOTHING_OPEN");
        }

        @Test
        void amountCountsSubjectEntriesBySubject() {
            bySubject();
            FeeRequest one = made(RegistrationMode.BY_SUBJECT);
            assertThat(one.people()).isEqualTo(3);
            assertThat(one.quantity()).isEqualTo(4);
            assertThat(one.amountFen()).isEqualTo(3 * 8_000 + 12_001);
            List<FeeRequest.Line> lines = database().inTransaction(tx -> fees.lines(tx, one));
            assertThat(lines)
                    .extracting(FeeRequest.Line::amountFen)
                    .containsExactlyInAnyOrder(24_000L, 12_001L);
            price(level, subjects.get(0).value(), 1);
            assertThat(database().<List<FeeRequest.Line>>inTransaction(tx -> fees.lines(tx, one)))
                    .isEqualTo(lines);
        }

        @Test
        void onlyForAPlanInRegistrationWhoseModeIsTheRequests() {
            byCertificate();
            assertThat(codes(request(RegistrationMode.BY_SUBJECT)))
                    .containsExactly("FEE_MODE_DIFFERS");
            Instant from = plan.windows().registration().from();
            Instant to = plan.windows().registration().to();
            at(from.minusMillis(1));
            assertThat(codes(request(RegistrationMode.BY_CERTIFICATE)))
                    .containsExactly("FEE_WINDOW_CLOSED");
            at(to);
            assertThat(codes(request(RegistrationMode.BY_CERTIFICATE)))
                    .containsExactly("FEE_WINDOW_CLOSED");
            at(to.minusMillis(1));
            FeeRequest last = made(RegistrationMode.BY_CERTIFICATE);
            database().inTransaction(tx -> fees.remove(tx, world.clerk, last));
            at(from);
            assertThat(request(RegistrationMode.BY_CERTIFICATE))
                    .isInstanceOf(FeeDecision.Made.class);
        }

        private void at(Instant instant) {
            world.clock.advance(Duration.between(world.clock.instant(), instant));
        }

        @Test
        void aPlanWithoutFeesOrWithoutAPriceMakesNoRequest() {
            plan = world.plan("KA", RegistrationMode.BY_CERTIFICATE, PlanOptions.standard());
            offer();
            assertThat(codes(request(RegistrationMode.BY_CERTIFICATE)))
                    .containsExactly("FEE_PLAN_WITHOUT_FEES");
            plan = world.plan("KB", RegistrationMode.BY_CERTIFICATE, WITH_FEES);
            offer();
            database()
                    .inTransaction(
                            tx ->
                                    new Registrations(world.clock, BanCheck.none(), fees)
                                            .register(tx, world.clerk, plan, level, people));
            assertThat(codes(request(RegistrationMode.BY_CERTIFICATE)))
                    .containsExactly("FEE_PRICE_MISSING");
        }

        @Test
        void theBodyConfirmsInBulkByNumberAndEachRefusedNumberSaysWhy() {
            byCertificate();
            FeeRequest one = made(RegistrationMode.BY_CERTIFICATE);
            assertThat(codes(confirm(world.clerk, one.number())))
                    .containsExactly("FEE_NOT_ALLOWED");
            FeeDecision.Confirmed confirmed =
                    (FeeDecision.Confirmed) confirm(world.body, one.number(), "2109159999");
            assertThat(confirmed.numbers()).containsExactly(one.number());
            assertThat(confirmed.refused().get("2109159999").code())
                    .isEqualTo("FEE_NUMBER_UNKNOWN");
            FeeDecision.Confirmed again = (FeeDecision.Confirmed) confirm(world.body, one.number());
            assertThat(again.refused().get(one.number()).code()).isEqualTo("FEE_CONFIRMED");
        }

        @Test
        void anUnconfirmedRequestIsRemovedAConfirmedOneNeverChanges() {
            byCertificate();
            FeeRequest first = made(RegistrationMode.BY_CERTIFICATE);
            assertThat(
                            codes(
                                    database()
                                            .inTransaction(
                                                    tx ->
                                                            fees.remove(
                                                                    tx, world.otherClerk, first))))
                    .containsExactly("FEE_NOT_ALLOWED");
            assertThat(
                            database()
                                    .<FeeDecision>inTransaction(
                                            tx -> fees.remove(tx, world.clerk, first)))
                    .isInstanceOf(FeeDecision.Removed.class);
            FeeRequest second = made(RegistrationMode.BY_CERTIFICATE);
            assertThat(second.number()).isNotEqualTo(first.number());
            confirm(world.body, second.number());
            assertThat(codes(database().inTransaction(tx -> fees.remove(tx, world.clerk, second))))
                    .containsExactly("FEE_CONFIRMED");
        }

        @Test
        void arrangementTakesOnlyPaidRegistrations() {
            byCertificate();
            world.room(plan, world.site(), level, "107室", 10);
            Arrangements arrangements =
                    new Arrangements(world.clock, new SeededEntropy(1), SeatingUse.none(), fees);
            assertThat(arrange(arrangements)).isInstanceOf(ArrangementDecision.Refused.class);
            FeeRequest one = made(RegistrationMode.BY_CERTIFICATE);
            assertThat(arrange(arrangements)).isInstanceOf(ArrangementDecision.Refused.class);
            confirm(world.body, one.number());
            assertThat(arrange(arrangements)).isInstanceOf(ArrangementDecision.Done.class);
            List<Sitting> all =
                    database()
                            .inTransaction(
                                    tx -> new Sittings().ofPlan(tx, world.tenant, plan.id()));
            assertThat(all).allMatch(sitting -> sitting.seating().isPresent());
        }

        private ArrangementDecision arrange(Arrangements arrangements) {
            return database()
                    .inTransaction(
                            tx ->
                                    arrangements.arrange(
                                            tx,
                                            world.body,
                                            plan,
                                            Arrangements.SiteChoice.OWN_SITES,
                                            7));
        }

        private ImportRecord imported(List<List<String>> rows) throws IOException {
            Path file = Files.createTempFile(files, "fees", ".xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new SheetWriter()
                        .write(
                                out,
                                "缴费",
                                FeeImport.columns(plan.registrationMode()),
                                rows,
                                "",
                                List.of());
            }
            return new FeeImport(database(), world.clock, fees)
                    .run(world.clerk, plan, level, ImportFile.of(file));
        }

        private static List<String> row(int person, String... more) {
            List<String> made =
                    person < 3
                            ? MadeUpPeople.rows(0, 3).get(person)
                            : MadeUpPeople.rows(person, 1).get(0);
            List<String> cells = new ArrayList<>(List.of(made.get(0), made.get(2)));
            cells.addAll(List.of(more));
            return cells;
        }

        private List<FeeRow> all(StaffScope scope) {
            FeeFilter everything =
                    new FeeFilter(
                            "",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of());
            return database().inTransaction(tx -> fees.rows(tx, scope, everything, 0, 10));
        }

        @Test
        void aSheetMakesOneRequestOverItsRowsAndNoneWhenARowIsWrong() throws IOException {
            bySubject();
            ImportRecord wrong =
                    imported(List.of(row(0, "S1"), row(1, "S2"), row(0, "S1"), row(60, "S1")));
            assertThat(wrong.refusal()).isEqualTo("FEE_FILE_INCOMPLETE");
            assertThat(
                            database()
                                    .inTransaction(tx -> new ImportRecords().failed(tx, wrong, 9))
                                    .stream()
                                    .map(FailedRow::issues)
                                    .map(issues -> issues.get(0).code()))
                    .containsExactly(
                            "FEE_NOT_REGISTERED", "FEE_ON_OTHER_REQUEST", "REG_CANDIDATE_UNKNOWN");
            assertThat(all(world.clerk)).isEmpty();
            ImportRecord right = imported(List.of(row(0, "S1"), row(0, "S2"), row(1, "S1")));
            assertThat(right.added()).isEqualTo(3);
            FeeRequest one = all(world.clerk).get(0).request();
            assertThat(one.people()).isEqualTo(2);
            assertThat(one.amountFen()).isEqualTo(2 * 8_000 + 12_001);
        }

        @Test
        void eachSideSeesItsOwnAndTheExportHasTheColumnsOfTheSource() {
            byCertificate();
            FeeRequest one = made(RegistrationMode.BY_CERTIFICATE);
            assertThat(all(world.clerk)).hasSize(1);
            assertThat(all(world.body)).hasSize(1);
            assertThat(all(world.otherClerk)).isEmpty();
            assertThat(
                            database()
                                    .<Optional<FeeRow>>inTransaction(
                                            tx -> fees.findVisible(tx, world.otherClerk, one.id())))
                    .isEmpty();
            var sheet = FeePages.sheet(HubWorld.ZONE);
            assertThat(String.join(", ", sheet.headers()))
                    .isEqualTo("缴费单号, 缴费院校, 缴费人数, 申请时间, 收费对象, 缴费方式, 缴费状态");
            assertThat(sheet.cells(all(world.body)))
                    .containsExactly(
                            List.of(
                                    one.number(),
                                    "第一职业学院",
                                    "3",
                                    "2026-11-20 12:00",
                                    "评价组织一",
                                    "按证书缴费",
                                    "待确认"));
        }
    }
}
