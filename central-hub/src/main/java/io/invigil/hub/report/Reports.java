package io.invigil.hub.report;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.Provinces;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.protocol.crypto.Digest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of reports (domain, section 16; S4 section 6). Thread-safe. */
public final class Reports {
    public static final int LISTED_MAX = 200;
    public static final int TEXT_CHARS_MAX = 2_000;
    public static final int REASON_CHARS_MAX = 500;
    private static final int TYPE_CHARS_MAX = 20;

    private final Clock clock;
    private final ZoneId zone;
    private final ReportStore store = new ReportStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();
    private final Organisations organisations = new Organisations();

    /**
     * @param zone in which periods begin
     */
    public Reports(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** One school in the overview; the report is absent when nothing was begun. */
    public record Reporting(Organisation school, Optional<Report> report) {
        /** Whether the province has it or had it: sent, approved or returned. */
        public boolean isReported() {
            return report.filter(r -> r.state() != Report.State.DRAFT).isPresent();
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    private Periods periods(Tx tx, StaffScope scope) {
        return new Periods(store.rhythms(tx, scope.tenant()));
    }

    /** The period that now is in. */
    public Period current(Tx tx, StaffScope scope) {
        return periods(tx, scope).at(today());
    }

    /** The period of today and those before it, newest first. */
    public List<Period> recent(Tx tx, StaffScope scope, int count) {
        return periods(tx, scope).upTo(today(), count);
    }

    /** A school's own, newest first. */
    public List<Report> own(Tx tx, StaffScope scope) {
        return store.ofSchool(
                tx, scope.tenant(), scope.organisation().id(), LISTED_MAX, periods(tx, scope));
    }

    /**
     * The report when the member of staff may see it; a province sees no drafts, and only schools
     * for which it answers.
     */
    public Optional<Report> findVisible(Tx tx, StaffScope scope, ReportId id) {
        return store.find(tx, scope.tenant(), id, periods(tx, scope))
                .filter(
                        report ->
                                scope.role() == StaffRole.SCHOOL_CLERK
                                        ? scope.sees(report.school())
                                        : scope.role() == StaffRole.PROVINCE_STAFF
                                                && report.state() != Report.State.DRAFT
                                                && answersFor(tx, scope, report));
    }

    private boolean answersFor(Tx tx, StaffScope scope, Report report) {
        return department(tx, report).filter(scope.organisation()::equals).isPresent();
    }

    private Optional<Organisation> department(Tx tx, Report report) {
        Optional<Organisation> school = organisations.find(tx, report.tenant(), report.school());
        return school.flatMap(organisations.provinces(tx, report.tenant())::of);
    }

    /** Every school of the province with its report of the period: who has not reported. */
    public List<Reporting> overview(Tx tx, StaffScope scope, Period period) {
        Map<Long, Report> reports =
                store.ofPeriod(tx, scope.tenant(), period.firstDay(), periods(tx, scope)).stream()
                        .collect(Collectors.toMap(r -> r.school().value(), Function.identity()));
        Provinces provinces = organisations.provinces(tx, scope.tenant());
        return organisations.ofKind(tx, scope.tenant(), OrganisationKind.SCHOOL).stream()
                .filter(school -> provinces.answersFor(scope.organisation().id(), school))
                .map(
                        school ->
                                new Reporting(
                                        school,
                                        Optional.ofNullable(reports.get(school.id().value()))))
                .toList();
    }

    /** Begins the report of the current period (暂存: it is not sent yet). */
    public ReportDecision add(Tx tx, StaffScope scope, Report.Content content) {
        if (scope.role() != StaffRole.SCHOOL_CLERK) {
            return ReportDecision.refused(ReportRefusal.REPORT_NOT_ALLOWED);
        }
        // taken first: two tabs of one school wait here for each other
        ReportId id = new ReportId(numbers.take(tx, scope.tenant(), NumberSeries.REPORT, 1));
        Periods periods = periods(tx, scope);
        Period period = periods.at(today());
        Optional<Report> there =
                store.ofPeriod(
                        tx, scope.tenant(), scope.organisation().id(), period.firstDay(), periods);
        if (there.isPresent()) {
            return ReportDecision.refused(ReportRefusal.REPORT_EXISTS);
        }
        List<FieldIssue> issues = tooLong(content);
        if (!issues.isEmpty()) {
            return new ReportDecision.Refused(issues);
        }
        OrganisationId school = scope.organisation().id();
        Report added =
                new Report(scope.tenant(), id, school, period, content, Report.State.DRAFT, 1);
        store.add(tx, added);
        audit.created(tx, scope.actor(), "report", id, added);
        return new ReportDecision.Saved(id);
    }

    /**
     * Changes the texts.
     *
     * @param version of the report from which the form was filled
     */
    public ReportDecision change(
            Tx tx, StaffScope scope, Report report, Report.Content content, int version) {
        Optional<ReportDecision> refusal = notEditable(scope, report);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (version != report.version()) {
            return ReportDecision.refused(ReportRefusal.REPORT_CHANGED_MEANWHILE);
        }
        List<FieldIssue> issues = tooLong(content);
        return issues.isEmpty()
                ? written(tx, scope, report, report.with(content))
                : new ReportDecision.Refused(issues);
    }

    /** Sends it to the province; what is required must be there. */
    public ReportDecision submit(Tx tx, StaffScope scope, Report report) {
        Optional<ReportDecision> refusal = notEditable(scope, report);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<FieldIssue> issues = new ArrayList<>();
        if (report.content().schoolType().isBlank()) {
            issues.add(FieldIssue.of("schoolType", ReportRefusal.REPORT_SCHOOL_TYPE_MISSING));
        }
        if (report.content().progress().isBlank()) {
            issues.add(FieldIssue.of("progress", ReportRefusal.REPORT_TEXT_MISSING));
        }
        return issues.isEmpty()
                ? step(tx, scope, report, Report.State.PENDING, ReportEvent.Step.SUBMITTED, "")
                : new ReportDecision.Refused(issues);
    }

    /** Takes it back before it was reviewed. */
    public ReportDecision withdraw(Tx tx, StaffScope scope, Report report) {
        if (!scope.mayChange(report.school())) {
            return ReportDecision.refused(ReportRefusal.REPORT_NOT_ALLOWED);
        }
        if (report.state() != Report.State.PENDING) {
            return ReportDecision.refused(ReportRefusal.REPORT_NOT_PENDING);
        }
        // one that was returned and sent again late could otherwise never be sent a third time
        boolean returnedBefore =
                store.events(tx, report).stream()
                        .anyMatch(event -> event.step() == ReportEvent.Step.RETURNED);
        Report.State back = returnedBefore ? Report.State.RETURNED : Report.State.DRAFT;
        return step(tx, scope, report, back, ReportEvent.Step.WITHDRAWN, "");
    }

    /** Removes a report that was never sent, or is not sent now. */
    public ReportDecision remove(Tx tx, StaffScope scope, Report report) {
        if (!scope.mayChange(report.school())) {
            return ReportDecision.refused(ReportRefusal.REPORT_NOT_ALLOWED);
        }
        if (report.state() != Report.State.DRAFT) {
            return ReportDecision.refused(ReportRefusal.REPORT_NOT_EDITABLE);
        }
        if (!store.remove(tx, report)) {
            return ReportDecision.refused(ReportRefusal.REPORT_CHANGED_MEANWHILE);
        }
        audit.deleted(tx, scope.actor(), "report", report.id(), report);
        return new ReportDecision.Saved(report.id());
    }

    public ReportDecision approve(Tx tx, StaffScope scope, Report report) {
        return reviewable(scope, report)
                .orElseGet(
                        () ->
                                step(
                                        tx,
                                        scope,
                                        report,
                                        Report.State.APPROVED,
                                        ReportEvent.Step.APPROVED,
                                        ""));
    }

    /** Gives it back (审核退回); the reason is shown to the school. */
    public ReportDecision giveBack(Tx tx, StaffScope scope, Report report, String reason) {
        Optional<ReportDecision> refusal = reviewable(scope, report);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            return new ReportDecision.Refused(
                    List.of(FieldIssue.of("reason", ReportRefusal.REPORT_REASON_MISSING)));
        }
        return step(
                tx,
                scope,
                report,
                Report.State.RETURNED,
                ReportEvent.Step.RETURNED,
                reason.strip());
    }

    private static Optional<ReportDecision> reviewable(StaffScope scope, Report report) {
        if (scope.role() != StaffRole.PROVINCE_STAFF) {
            return Optional.of(ReportDecision.refused(ReportRefusal.REPORT_NOT_ALLOWED));
        }
        return report.state() == Report.State.PENDING
                ? Optional.empty()
                : Optional.of(ReportDecision.refused(ReportRefusal.REPORT_NOT_PENDING));
    }

    /** Once the next period has begun only a returned report can still be changed and sent. */
    private Optional<ReportDecision> notEditable(StaffScope scope, Report report) {
        if (!scope.mayChange(report.school())) {
            return Optional.of(ReportDecision.refused(ReportRefusal.REPORT_NOT_ALLOWED));
        }
        if (!report.state().isEditable()) {
            return Optional.of(ReportDecision.refused(ReportRefusal.REPORT_NOT_EDITABLE));
        }
        if (report.state() == Report.State.DRAFT
                && !report.period().isOpen(clock.instant(), zone)) {
            return Optional.of(ReportDecision.refused(ReportRefusal.REPORT_TOO_LATE));
        }
        return Optional.empty();
    }

    private ReportDecision step(
            Tx tx,
            StaffScope scope,
            Report report,
            Report.State next,
            ReportEvent.Step step,
            String reason) {
        ReportDecision written = written(tx, scope, report, report.in(next));
        if (written instanceof ReportDecision.Saved) {
            int number = store.events(tx, report).size() + 1;
            Instant at = Instant.ofEpochMilli(clock.millis());
            store.addEvent(tx, report, number, new ReportEvent(step, scope.login(), at, reason));
        }
        return written;
    }

    private ReportDecision written(Tx tx, StaffScope scope, Report before, Report changed) {
        if (!store.change(tx, changed)) {
            return ReportDecision.refused(ReportRefusal.REPORT_CHANGED_MEANWHILE);
        }
        audit.changed(tx, scope.actor(), "report", changed.id(), before, changed);
        return new ReportDecision.Saved(changed.id());
    }

    private static List<FieldIssue> tooLong(Report.Content content) {
        List<FieldIssue> issues = new ArrayList<>();
        tooLong(issues, "schoolType", content.schoolType(), TYPE_CHARS_MAX);
        tooLong(issues, "progress", content.progress(), TEXT_CHARS_MAX);
        tooLong(issues, "difficulties", content.difficulties(), TEXT_CHARS_MAX);
        tooLong(issues, "suggestions", content.suggestions(), TEXT_CHARS_MAX);
        return issues;
    }

    private static void tooLong(List<FieldIssue> issues, String field, String text, int max) {
        if (text.length() > max) {
            issues.add(FieldIssue.of(field, ReportRefusal.REPORT_TEXT_TOO_LONG, "" + max));
        }
    }

    public String school(Tx tx, Report report) {
        return organisations
                .find(tx, report.tenant(), report.school())
                .map(Organisation::name)
                .orElse("");
    }

    /** 省级教育行政部门, empty when none is entered. */
    public String province(Tx tx, Report report) {
        return department(tx, report).map(Organisation::name).orElse("");
    }

    public List<ReportEvent> history(Tx tx, Report report) {
        return store.events(tx, report);
    }

    public List<ReportFile> files(Tx tx, Report report) {
        return store.files(tx, report);
    }

    public Optional<byte[]> content(Tx tx, Report report, int number) {
        return store.content(tx, report, number);
    }

    /** Adds a file; the signed scan is a PDF or a picture, found from its first bytes. */
    public ReportDecision addFile(
            Tx tx,
            StaffScope scope,
            Report report,
            ReportFile.Kind kind,
            String name,
            byte[] content) {
        Optional<ReportDecision> refusal = notEditable(scope, report);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<ReportFile> files = store.files(tx, report);
        if (files.size() >= ReportFile.FILES_MAX) {
            return ReportDecision.refused(ReportRefusal.REPORT_FILES_TOO_MANY);
        }
        if (content.length == 0 || !FileKind.fits(kind, content)) {
            return ReportDecision.refused(ReportRefusal.REPORT_FILE_KIND);
        }
        int number = files.stream().mapToInt(ReportFile::number).max().orElse(0) + 1;
        String sha256 = Digest.sha256(content).hex();
        ReportFile added = new ReportFile(number, kind, name, sha256, content.length);
        store.addFile(tx, report, added, content);
        audit.created(tx, scope.actor(), "report-file", report.id() + "/" + number, added);
        return new ReportDecision.Saved(report.id());
    }

    public ReportDecision removeFile(Tx tx, StaffScope scope, Report report, int number) {
        Optional<ReportDecision> refusal = notEditable(scope, report);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        for (ReportFile file : store.files(tx, report)) {
            if (file.number() == number) {
                store.removeFile(tx, report, number);
                audit.deleted(tx, scope.actor(), "report-file", report.id() + "/" + number, file);
            }
        }
        return new ReportDecision.Saved(report.id());
    }

    /** Sets the rhythm from a day on, or says why not; the past does not change. */
    public List<FieldIssue> setRhythm(Tx tx, StaffScope scope, LocalDate from, Rhythm rhythm) {
        if (scope.role() != StaffRole.PROVINCE_STAFF) {
            return List.of(FieldIssue.of("", ReportRefusal.REPORT_NOT_ALLOWED));
        }
        if (!from.isAfter(today())) {
            return List.of(FieldIssue.of("from", ReportRefusal.REPORT_RHYTHM_IN_THE_PAST));
        }
        store.setRhythm(
                tx,
                scope.tenant(),
                from,
                rhythm,
                scope.login(),
                Instant.ofEpochMilli(clock.millis()));
        audit.created(tx, scope.actor(), "report-rhythm", from, rhythm);
        return List.of();
    }

    public Map<LocalDate, Rhythm> rhythms(Tx tx, StaffScope scope) {
        return store.rhythms(tx, scope.tenant());
    }
}
