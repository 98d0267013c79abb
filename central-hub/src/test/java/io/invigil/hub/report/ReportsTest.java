package io.invigil.hub.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.testkit.StoreContract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rules of weekly reports (domain, section 16; S4 section 6). */
class ReportsTest {
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
        private static final Report.Content FULL =
                new Report.Content("本科院校", "完成两批考试", "机房不足", "增加经费");
        private static final byte[] PDF = "%PDF-1.7 x".getBytes(StandardCharsets.US_ASCII);

        private HubWorld world;
        private Reports reports;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makeWorld() {
            world = new HubWorld(database());
            reports = new Reports(world.clock, HubWorld.ZONE);
        }

        private <T> T tx(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private <E> List<E> list(Function<Tx, List<E>> work) {
            return database().inTransaction(work);
        }

        private Optional<Report> seen(StaffScope who, Report report) {
            return tx(tx -> reports.findVisible(tx, who, report.id()));
        }

        private Report written() {
            ReportDecision added = tx(tx -> reports.add(tx, world.clerk, FULL));
            ReportId id = ((ReportDecision.Saved) added).report();
            return tx(tx -> reports.findVisible(tx, world.clerk, id)).orElseThrow();
        }

        private Report now(Tx tx, Report report) {
            return reports.findVisible(tx, world.clerk, report.id()).orElseThrow();
        }

        private Report again(Report report) {
            return tx(tx -> reports.findVisible(tx, world.clerk, report.id())).orElseThrow();
        }

        private Report sent() {
            Report report = written();
            assertSaved(tx(tx -> reports.submit(tx, world.clerk, report)));
            return again(report);
        }

        private static void assertSaved(ReportDecision decision) {
            assertThat(decision).isInstanceOf(ReportDecision.Saved.class);
        }

        private static void assertRefused(ReportDecision decision, ReportRefusal code) {
            assertThat(((ReportDecision.Refused) decision).issues())
                    .extracting(issue -> issue.code())
                    .containsExactly(code.name());
        }

        /** The current week ends on 2026-11-22; a report is taken to its last moment. */
        private void atTheEdge(long millis) {
            Instant next = LocalDate.of(2026, 11, 23).atStartOfDay(HubWorld.ZONE).toInstant();
            world.clock.set(next.plusMillis(millis));
        }

        @Test
        void oneReportForEachPeriodAndNoSecond() {
            Report report = written();
            assertThat(report.period().chinese()).isEqualTo("2026年11月 第三周");
            assertThat(report.state()).isEqualTo(Report.State.DRAFT);
            assertRefused(
                    tx(tx -> reports.add(tx, world.clerk, FULL)), ReportRefusal.REPORT_EXISTS);
            assertSaved(tx(tx -> reports.add(tx, world.otherClerk, FULL)));
            atTheEdge(0);
            assertSaved(tx(tx -> reports.add(tx, world.clerk, FULL)));
        }

        @Test
        void aDraftIsTakenUntilTheNextPeriodBeginsAndNotAfter() {
            Report report = written();
            atTheEdge(0);
            assertRefused(
                    tx(tx -> reports.submit(tx, world.clerk, report)),
                    ReportRefusal.REPORT_TOO_LATE);
            assertRefused(
                    tx(tx -> reports.change(tx, world.clerk, report, FULL, 1)),
                    ReportRefusal.REPORT_TOO_LATE);
            atTheEdge(-1);
            assertSaved(tx(tx -> reports.submit(tx, world.clerk, report)));
        }

        @Test
        void aReturnedReportIsChangedAndSentAgainInALaterPeriod() {
            Report report = sent();
            assertRefused(
                    tx(tx -> reports.giveBack(tx, world.province, report, " ")),
                    ReportRefusal.REPORT_REASON_MISSING);
            assertSaved(tx(tx -> reports.giveBack(tx, world.province, report, "缺少数据")));
            atTheEdge(1);
            Report returned = again(report);
            assertSaved(
                    tx(tx -> reports.change(tx, world.clerk, returned, FULL, returned.version())));
            assertSaved(tx(tx -> reports.submit(tx, world.clerk, now(tx, report))));
            assertSaved(tx(tx -> reports.withdraw(tx, world.clerk, now(tx, report))));
            assertThat(again(report).state()).isEqualTo(Report.State.RETURNED);
            assertSaved(tx(tx -> reports.submit(tx, world.clerk, now(tx, report))));
            assertSaved(tx(tx -> reports.approve(tx, world.province, now(tx, report))));
            assertThat(list(tx -> reports.history(tx, report)))
                    .extracting(ReportEvent::step)
                    .containsExactly(
                            ReportEvent.Step.SUBMITTED,
                            ReportEvent.Step.RETURNED,
                            ReportEvent.Step.SUBMITTED,
                            ReportEvent.Step.WITHDRAWN,
                            ReportEvent.Step.SUBMITTED,
                            ReportEvent.Step.APPROVED);
            assertThat(list(tx -> reports.history(tx, report)).get(1).reason()).isEqualTo("缺少数据");
        }

        @Test
        void aSentReportIsWithdrawnButNeitherChangedNorDeleted() {
            Report report = sent();
            assertRefused(
                    tx(tx -> reports.change(tx, world.clerk, report, FULL, report.version())),
                    ReportRefusal.REPORT_NOT_EDITABLE);
            assertRefused(
                    tx(tx -> reports.remove(tx, world.clerk, report)),
                    ReportRefusal.REPORT_NOT_EDITABLE);
            assertSaved(tx(tx -> reports.withdraw(tx, world.clerk, report)));
            assertThat(again(report).state()).isEqualTo(Report.State.DRAFT);
            assertSaved(tx(tx -> reports.remove(tx, world.clerk, now(tx, report))));
            assertThat(list(tx -> reports.own(tx, world.clerk))).isEmpty();
        }

        @Test
        void anApprovedReportStaysAsItIs() {
            Report report = sent();
            assertSaved(tx(tx -> reports.approve(tx, world.province, report)));
            Report approved = again(report);
            assertRefused(
                    tx(tx -> reports.withdraw(tx, world.clerk, approved)),
                    ReportRefusal.REPORT_NOT_PENDING);
            assertRefused(
                    tx(tx -> reports.giveBack(tx, world.province, approved, "x")),
                    ReportRefusal.REPORT_NOT_PENDING);
            assertRefused(
                    tx(tx -> reports.addFile(tx, world.clerk, approved, OTHER, "a", PDF)),
                    ReportRefusal.REPORT_NOT_EDITABLE);
        }

        private static final ReportFile.Kind OTHER = ReportFile.Kind.OTHER;

        @Test
        void onlyTheProvinceReviewsAndOnlyTheSchoolSends() {
            Report report = sent();
            for (var stranger : List.of(world.clerk, world.otherClerk, world.body)) {
                assertRefused(
                        tx(tx -> reports.approve(tx, stranger, report)),
                        ReportRefusal.REPORT_NOT_ALLOWED);
            }
            assertRefused(
                    tx(tx -> reports.withdraw(tx, world.otherClerk, report)),
                    ReportRefusal.REPORT_NOT_ALLOWED);
            assertThat(seen(world.otherClerk, report)).isEmpty();
            assertThat(seen(world.body, report)).isEmpty();
        }

        @Test
        void theProvinceSeesWhoHasNotReportedAndNoDrafts() {
            Report report = written();
            Period period = report.period();
            assertThat(seen(world.province, report)).isEmpty();
            assertThat(list(tx -> reports.overview(tx, world.province, period)))
                    .extracting(Reports.Reporting::isReported)
                    .containsExactly(false, false);
            assertSaved(tx(tx -> reports.submit(tx, world.clerk, report)));
            assertThat(list(tx -> reports.overview(tx, world.province, period)))
                    .filteredOn(Reports.Reporting::isReported)
                    .extracting(row -> row.school().name())
                    .containsExactly("第一职业学院");
        }

        @Test
        void twoWhoChangeTheSameReportDoNotOverwriteEachOther() {
            Report report = written();
            assertSaved(tx(tx -> reports.change(tx, world.clerk, report, FULL, 1)));
            assertRefused(
                    tx(tx -> reports.change(tx, world.clerk, report, FULL, 1)),
                    ReportRefusal.REPORT_CHANGED_MEANWHILE);
            assertRefused(
                    tx(tx -> reports.submit(tx, world.clerk, report)),
                    ReportRefusal.REPORT_CHANGED_MEANWHILE);
        }

        /** Domain, section 1: everything is scoped; S4 section 6: 省级教育行政部门. */
        @Test
        void aProvinceSeesTheSchoolsOfItsRegionOnly() {
            Report report = sent();
            Organisation department =
                    tx(
                            tx ->
                                    new Organisations()
                                            .add(
                                                    tx,
                                                    world.tenant,
                                                    OrganisationKind.PROVINCE,
                                                    "JS",
                                                    "江苏省教育厅",
                                                    "江苏省"));
            StaffScope elsewhere =
                    new StaffScope(world.tenant, "js", department, StaffRole.PROVINCE_STAFF);
            Period period = report.period();
            assertThat(seen(world.province, report)).isPresent();
            assertThat(list(tx -> reports.overview(tx, world.province, period))).hasSize(2);
            assertThat(seen(elsewhere, report)).isEmpty();
            assertThat(list(tx -> reports.overview(tx, elsewhere, period))).isEmpty();
            String named = tx(tx -> reports.province(tx, report));
            assertThat(named).isEqualTo("省教育厅");
        }

        @Test
        void whatIsRequiredIsAskedForWhenItIsSentAndNotWhenItIsSaved() {
            ReportDecision added =
                    tx(tx -> reports.add(tx, world.clerk, new Report.Content("", "", "", "")));
            Report report =
                    tx(tx ->
                                    reports.findVisible(
                                            tx,
                                            world.clerk,
                                            ((ReportDecision.Saved) added).report()))
                            .orElseThrow();
            assertThat(
                            ((ReportDecision.Refused)
                                            tx(tx -> reports.submit(tx, world.clerk, report)))
                                    .issues())
                    .extracting(issue -> issue.field())
                    .containsExactly("schoolType", "progress");
            String tooLong = "字".repeat(Reports.TEXT_CHARS_MAX + 1);
            assertRefused(
                    tx(
                            tx ->
                                    reports.change(
                                            tx,
                                            world.clerk,
                                            report,
                                            new Report.Content("", tooLong, "", ""),
                                            1)),
                    ReportRefusal.REPORT_TEXT_TOO_LONG);
        }

        @Test
        void theSignedScanIsAPictureOrPdfByItsBytes() {
            Report report = written();
            byte[] html = "<html>".getBytes(StandardCharsets.US_ASCII);
            ReportFile.Kind scan = ReportFile.Kind.SIGNED_SCAN;
            assertRefused(
                    tx(tx -> reports.addFile(tx, world.clerk, report, scan, "a.pdf", html)),
                    ReportRefusal.REPORT_FILE_KIND);
            assertSaved(tx(tx -> reports.addFile(tx, world.clerk, report, scan, "a.pdf", PDF)));
            assertThat(tx(tx -> reports.content(tx, report, 1)).orElseThrow()).isEqualTo(PDF);
            for (int i = 1; i < ReportFile.FILES_MAX; i++) {
                assertSaved(tx(tx -> reports.addFile(tx, world.clerk, report, OTHER, "b", PDF)));
            }
            assertRefused(
                    tx(tx -> reports.addFile(tx, world.clerk, report, OTHER, "c", PDF)),
                    ReportRefusal.REPORT_FILES_TOO_MANY);
            assertSaved(tx(tx -> reports.removeFile(tx, world.clerk, report, 1)));
            assertThat(list(tx -> reports.files(tx, report))).hasSize(ReportFile.FILES_MAX - 1);
        }

        @Test
        void aNewRhythmHoldsFromALaterDayAndIsTheProvincesToSet() {
            LocalDate first = LocalDate.of(2026, 12, 1);
            assertThat(list(tx -> reports.setRhythm(tx, world.clerk, first, Rhythm.HALF_MONTH)))
                    .hasSize(1);
            assertThat(
                            list(
                                    tx ->
                                            reports.setRhythm(
                                                    tx,
                                                    world.province,
                                                    HubWorld.DAY,
                                                    Rhythm.HALF_MONTH)))
                    .extracting(issue -> issue.code())
                    .containsExactly(ReportRefusal.REPORT_RHYTHM_IN_THE_PAST.name());
            assertThat(list(tx -> reports.setRhythm(tx, world.province, first, Rhythm.HALF_MONTH)))
                    .isEmpty();
            world.clock.set(first.plusDays(3).atStartOfDay(HubWorld.ZONE).toInstant());
            Period current = tx(tx -> reports.current(tx, world.clerk));
            assertThat(current.chinese()).isEqualTo("2026年12月 上半月");
        }
    }
}
