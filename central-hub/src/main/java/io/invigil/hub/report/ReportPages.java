package io.invigil.hub.report;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Upload;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** One report: writing, sending, files, review. Thread-safe. */
public final class ReportPages implements HttpService {
    private final StaffDesk desk;
    private final Reports reports;

    public ReportPages(StaffDesk desk, Reports reports) {
        this.desk = desk;
        this.reports = reports;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        StaffRole province = StaffRole.PROVINCE_STAFF;
        rules.get("/reports/new", desk.page(this::blank, clerk))
                .post("/reports/new", desk.page(this::add, clerk))
                .get("/reports/{report}", desk.page(this::show, clerk, province))
                .get("/reports/{report}/edit", desk.page(this::edit, clerk))
                .post("/reports/{report}/edit", desk.page(this::change, clerk))
                .post("/reports/{report}/submit", desk.page(this::submit, clerk))
                .post("/reports/{report}/withdraw", desk.page(this::withdraw, clerk))
                .post("/reports/{report}/delete", desk.page(this::remove, clerk))
                .post("/reports/{report}/approve", desk.page(this::approve, province))
                .post("/reports/{report}/return", desk.page(this::giveBack, province))
                .put("/reports/{report}/files/{kind}", desk.page(this::addFile, clerk))
                .get("/reports/{report}/files/{file}", desk.page(this::file, clerk, province))
                .post("/reports/{report}/files/{file}/delete", desk.page(this::removeFile, clerk));
    }

    /** The tag's style of a state. */
    public static String style(Report.State state) {
        return switch (state) {
            case DRAFT -> "";
            case PENDING -> "tag-info";
            case APPROVED -> "tag-good";
            case RETURNED -> "tag-warn";
        };
    }

    private Optional<Report> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("report");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(tx -> reports.findVisible(tx, scope, new ReportId(number)));
    }

    private Reply blank(Visit visit, StaffScope scope) {
        Period period = desk.inTransaction(tx -> reports.current(tx, scope));
        Optional<Report> last =
                desk.inTransaction(tx -> reports.own(tx, scope)).stream().findFirst();
        if (last.filter(r -> r.period().firstDay().equals(period.firstDay())).isPresent()) {
            visit.flash(Flash.Kind.WARNING, visit.text("issue.REPORT_EXISTS", ""));
            return Reply.seeOther("/reports/" + last.orElseThrow().id());
        }
        String type = last.map(r -> r.content().schoolType()).orElse("");
        Entered entered = new Entered.Builder().with("schoolType", type).build();
        return form(visit, "/reports/new", period, entered, new FormErrors());
    }

    private Reply form(
            Visit visit, String action, Period period, Entered entered, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("action", action);
        view.put("period", period);
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("report.write"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("report.nav"), "/reports")
                        .errors(errors.list()),
                desk.content("report/form.jte", view));
    }

    private static Report.Content content(Visit visit) {
        return new Report.Content(
                visit.form().text("schoolType").strip(),
                visit.form().text("progress").strip(),
                visit.form().text("difficulties").strip(),
                visit.form().text("suggestions").strip());
    }

    private Reply add(Visit visit, StaffScope scope) {
        ReportDecision decision = desk.inTransaction(tx -> reports.add(tx, scope, content(visit)));
        Period period = desk.inTransaction(tx -> reports.current(tx, scope));
        return entered(visit, scope, "/reports/new", period, decision);
    }

    private Reply edit(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(
                        report ->
                                form(
                                        visit,
                                        path(report) + "/edit",
                                        report.period(),
                                        new Entered.Builder()
                                                .with("schoolType", report.content().schoolType())
                                                .with("progress", report.content().progress())
                                                .with(
                                                        "difficulties",
                                                        report.content().difficulties())
                                                .with("suggestions", report.content().suggestions())
                                                .with("version", report.version())
                                                .build(),
                                        new FormErrors()))
                .orElseGet(Reply::notFound);
    }

    private static String path(Report report) {
        return "/reports/" + report.id();
    }

    private Reply change(Visit visit, StaffScope scope) {
        Optional<Report> report = find(visit, scope);
        if (report.isEmpty()) {
            return Reply.notFound();
        }
        int version = visit.form().number("version").orElse(0L).intValue();
        ReportDecision decision =
                desk.inTransaction(
                        tx -> reports.change(tx, scope, report.get(), content(visit), version));
        return entered(visit, scope, path(report.get()) + "/edit", report.get().period(), decision);
    }

    /** Saved; and sent when the second button was pressed. */
    private Reply entered(
            Visit visit, StaffScope scope, String action, Period period, ReportDecision decision) {
        return switch (decision) {
            case ReportDecision.Saved saved -> {
                if (visit.form().text("then").equals("submit")) {
                    Report report =
                            desk.inTransaction(tx -> reports.findVisible(tx, scope, saved.report()))
                                    .orElseThrow();
                    yield moved(
                            visit,
                            scope,
                            report,
                            desk.inTransaction(tx -> reports.submit(tx, scope, report)));
                }
                visit.flash(Flash.Kind.SUCCESS, visit.text("report.saved"));
                yield Reply.seeOther("/reports/" + saved.report());
            }
            case ReportDecision.Refused refused ->
                    form(
                                    visit,
                                    action,
                                    period,
                                    new Entered(visit.form().fields()),
                                    StaffDesk.errors(visit, refused.issues()))
                            .status(422);
        };
    }

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(report -> show(visit, scope, report, List.of()))
                .orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, StaffScope scope, Report report, List<FieldIssue> issues) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("files", reports.files(tx, report));
                    view.put("history", reports.history(tx, report));
                    view.put("school", reports.school(tx, report));
                    view.put("province", reports.province(tx, report));
                    return view;
                });
        FormErrors errors = StaffDesk.errors(visit, issues);
        boolean review = visit.query("tab").filter("review"::equals).isPresent();
        view.put("visit", visit);
        view.put("report", report);
        view.put("own", scope.mayChange(report.school()));
        view.put("reviewer", scope.role() == StaffRole.PROVINCE_STAFF);
        view.put("review", review);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(report.period().chinese())
                        .under(visit.text("report.nav"), "/reports")
                        .errors(errors.list()),
                desk.content("report/show.jte", view));
    }

    private Reply submit(Visit visit, StaffScope scope) {
        return move(visit, scope, (tx, report) -> reports.submit(tx, scope, report));
    }

    private Reply withdraw(Visit visit, StaffScope scope) {
        return move(visit, scope, (tx, report) -> reports.withdraw(tx, scope, report));
    }

    private Reply approve(Visit visit, StaffScope scope) {
        return move(visit, scope, (tx, report) -> reports.approve(tx, scope, report));
    }

    private Reply giveBack(Visit visit, StaffScope scope) {
        String reason = visit.form().text("reason");
        return move(visit, scope, (tx, report) -> reports.giveBack(tx, scope, report, reason));
    }

    private Reply move(Visit visit, StaffScope scope, BiFunction<Tx, Report, ReportDecision> work) {
        return find(visit, scope)
                .map(
                        report ->
                                moved(
                                        visit,
                                        scope,
                                        report,
                                        desk.inTransaction(tx -> work.apply(tx, report))))
                .orElseGet(Reply::notFound);
    }

    private Reply moved(Visit visit, StaffScope scope, Report report, ReportDecision decision) {
        return switch (decision) {
            case ReportDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("report.done"));
                yield Reply.seeOther("/reports/" + saved.report());
            }
            case ReportDecision.Refused refused ->
                    show(visit, scope, report, refused.issues()).status(422);
        };
    }

    private Reply remove(Visit visit, StaffScope scope) {
        Optional<Report> report = find(visit, scope);
        if (report.isEmpty()) {
            return Reply.notFound();
        }
        return switch (desk.inTransaction(tx -> reports.remove(tx, scope, report.get()))) {
            case ReportDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("report.removed"));
                yield Reply.seeOther("/reports");
            }
            case ReportDecision.Refused refused ->
                    show(visit, scope, report.get(), refused.issues()).status(422);
        };
    }

    private Reply addFile(Visit visit, StaffScope scope) {
        Optional<Report> report = find(visit, scope);
        Optional<ReportFile.Kind> kind =
                Arrays.stream(ReportFile.Kind.values())
                        .filter(one -> one.name().equals(visit.path("kind")))
                        .findFirst();
        if (report.isEmpty() || kind.isEmpty()) {
            return Reply.notFound();
        }
        try (Upload upload = visit.upload(desk.uploads(), ReportFile.BYTES_MAX)) {
            byte[] content = Files.readAllBytes(upload.file());
            ReportDecision decision =
                    desk.inTransaction(
                            tx ->
                                    reports.addFile(
                                            tx,
                                            scope,
                                            report.get(),
                                            kind.get(),
                                            upload.fileName(),
                                            content));
            if (decision instanceof ReportDecision.Refused refused) {
                visit.flash(Flash.Kind.WARNING, StaffDesk.text(visit, refused.issues().getFirst()));
            }
            return Reply.seeOther(path(report.get()));
        } catch (IOException disk) {
            throw new UncheckedIOException("the uploaded file cannot be read", disk);
        }
    }

    /** Always a download: what schools upload is never shown inside our pages. */
    private Reply file(Visit visit, StaffScope scope) {
        int number = (int) Math.min(visit.pathNumber("file"), Integer.MAX_VALUE);
        return find(visit, scope)
                .flatMap(
                        report ->
                                desk.inTransaction(
                                        tx ->
                                                reports.files(tx, report).stream()
                                                        .filter(one -> one.number() == number)
                                                        .findFirst()
                                                        .map(one -> download(tx, report, one))))
                .orElseGet(Reply::notFound);
    }

    private Reply download(Tx tx, Report report, ReportFile file) {
        byte[] content = reports.content(tx, report, file.number()).orElseThrow();
        return Reply.download(file.name(), "application/octet-stream", out -> out.write(content));
    }

    private Reply removeFile(Visit visit, StaffScope scope) {
        int number = (int) Math.min(visit.pathNumber("file"), Integer.MAX_VALUE);
        return move(visit, scope, (tx, report) -> reports.removeFile(tx, scope, report, number));
    }
}
