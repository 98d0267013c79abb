package io.invigil.hub.staffing;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.importjob.ImportOrder;
import io.invigil.hub.importjob.ImportUploads;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Proctors: list, export, import, entry, certification in bulk. Thread-safe. */
public final class ProctorPages implements HttpService {
    private static final String[] FIELDS = {"q", "state"};
    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final StaffDesk desk;
    private final Proctors proctors;
    private final ImportUploads uploads;
    private final ProctorLetters letters;
    private final Organisations organisations = new Organisations();

    public ProctorPages(
            StaffDesk desk, Proctors proctors, ImportUploads uploads, ProctorAccounts accounts) {
        this.desk = desk;
        this.proctors = proctors;
        this.uploads = uploads;
        this.letters = new ProctorLetters(desk, accounts);
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        StaffRole body = StaffRole.BODY_STAFF;
        rules.get("/proctors", desk.page(this::list))
                .post("/proctors/export", desk.page(this::export))
                .post("/proctors/certify", desk.page(this::certifyTicked, body))
                .get("/proctors/new", desk.page(this::blank, clerk))
                .post("/proctors/new", desk.page(this::add, clerk))
                .get("/proctors/import", desk.page(this::importing, clerk))
                .get("/proctors/import/template", desk.page(this::template, clerk))
                .put("/proctors/import", desk.page(this::take, clerk));
    }

    private List<Proctors.Listed> found(StaffScope scope, ListQuery query) {
        String text = query.text("q").strip();
        return desk.inTransaction(tx -> proctors.visible(tx, scope)).stream()
                .filter(
                        one ->
                                text.isEmpty()
                                        || one.proctor().name().contains(text)
                                        || one.proctor().number().equalsIgnoreCase(text)
                                        || one.proctor().mobile().equals(text))
                .filter(one -> fits(one, query.text("state")))
                .toList();
    }

    private static boolean fits(Proctors.Listed one, String state) {
        return switch (state) {
            case "YES" -> one.qualifications().stream().anyMatch(Qualification::certified);
            case "NO" -> one.qualifications().stream().anyMatch(q -> !q.certified());
            default -> true;
        };
    }

    private Map<Long, Organisation> schools(StaffScope scope) {
        return desk
                .inTransaction(
                        tx -> organisations.ofKind(tx, scope.tenant(), OrganisationKind.SCHOOL))
                .stream()
                .collect(Collectors.toMap(one -> one.id().value(), one -> one));
    }

    private Reply list(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.of(visit, FIELDS);
        List<Proctors.Listed> all = found(scope, query);
        List<Proctors.Listed> rows =
                all.stream().skip(query.offset()).limit(ListView.ROWS_PER_PAGE).toList();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("scope", scope);
        view.put("rows", rows);
        view.put("schools", schools(scope));
        view.put("query", query);
        view.put("list", new ListView(query, "/proctors", all.size(), rows.size(), true));
        return Reply.page(
                Page.titled(visit.text("staffing.nav")).module("hub/listing.js"),
                desk.content("staffing/list.jte", view));
    }

    /** One row of the export: a person and one certificate, or a person without any. */
    private record Row(Proctor proctor, Optional<Qualification> one) {
        String of(java.util.function.Function<Qualification, String> cell) {
            return one.map(cell).orElse("");
        }
    }

    private Reply export(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        Map<Long, Organisation> schools = schools(scope);
        List<Row> rows =
                (query.hasTicks() ? found(scope, NO_FILTER) : found(scope, query))
                        .stream()
                                .filter(
                                        one ->
                                                !query.hasTicks()
                                                        || query.ticked()
                                                                .contains(
                                                                        one.proctor().id().value()))
                                .flatMap(
                                        one ->
                                                one.qualifications().isEmpty()
                                                        ? java.util.stream.Stream.of(
                                                                new Row(
                                                                        one.proctor(),
                                                                        Optional.empty()))
                                                        : one.qualifications().stream()
                                                                .map(
                                                                        q ->
                                                                                new Row(
                                                                                        one
                                                                                                .proctor(),
                                                                                        Optional.of(
                                                                                                q))))
                                .toList();
        return new ListSheet<Row>("监考人员")
                .column("教师编号", 14, row -> row.proctor().number())
                .column("教师姓名", 14, row -> row.proctor().name())
                .column("手机号码", 16, row -> row.proctor().maskedMobile())
                .column("所属院校", 30, row -> school(schools, row).name())
                .column("所在区域", 24, row -> school(schools, row).region())
                .column("证书编号", 16, row -> row.of(Qualification::certificate))
                .column("申请报考的证书", 40, row -> row.of(Qualification::name))
                .column("证书等级", 12, row -> row.of(Qualification::level))
                .column("颁证机构", 40, row -> row.of(Qualification::issuer))
                .column("认证状态", 12, row -> row.of(q -> q.certified() ? "已认证" : "未认证"))
                .reply(rows);
    }

    private static final ListQuery NO_FILTER = new ListQuery(Map.of(), 0, List.of());

    private static Organisation school(Map<Long, Organisation> schools, Row row) {
        return schools.get(row.proctor().school().value());
    }

    /** All applications of the ticked people to this body. */
    private Reply certifyTicked(Visit visit, StaffScope scope) {
        List<Long> ticked = ListQuery.sent(visit, FIELDS).ticked();
        int done =
                desk.inTransaction(
                        tx -> {
                            int count = 0;
                            for (Proctors.Listed one : proctors.visible(tx, scope)) {
                                for (Qualification wanted : one.qualifications()) {
                                    boolean meant = ticked.contains(one.proctor().id().value());
                                    if (meant
                                            && !wanted.certified()
                                            && proctors.certify(
                                                            tx, scope, one.proctor(), wanted.need())
                                                    instanceof StaffingDecision.Saved) {
                                        count++;
                                    }
                                }
                            }
                            return count;
                        });
        desk.inTransaction(tx -> proctors.visible(tx, scope)).stream()
                .map(Proctors.Listed::proctor)
                .filter(one -> ticked.contains(one.id().value()))
                .forEach(one -> letters.open(visit, scope, one));
        visit.flash(
                done > 0 ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                visit.text("staffing.certified.count", done));
        return Reply.seeOther("/proctors");
    }

    private Reply blank(Visit visit, StaffScope scope) {
        return form(visit, Entered.empty(), new FormErrors());
    }

    private Reply form(Visit visit, Entered entered, FormErrors errors) {
        return Reply.page(
                Page.titled(visit.text("staffing.new"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("staffing.nav"), "/proctors")
                        .errors(errors.list()),
                desk.content(
                        "staffing/form.jte",
                        Map.of("visit", visit, "entered", entered, "errors", errors)));
    }

    private Reply add(Visit visit, StaffScope scope) {
        StaffingDecision decision =
                desk.inTransaction(
                        tx ->
                                proctors.add(
                                        tx,
                                        scope,
                                        visit.form().text("name"),
                                        visit.form().text("mobile")));
        return switch (decision) {
            case StaffingDecision.Saved saved -> Reply.seeOther("/proctors/" + saved.proctor());
            case StaffingDecision.Refused refused ->
                    form(
                                    visit,
                                    new Entered(visit.form().fields()),
                                    StaffDesk.errors(visit, refused.issues()))
                            .status(422);
        };
    }

    private Reply importing(Visit visit, StaffScope scope) {
        return Reply.page(
                Page.titled(visit.text("staffing.import"))
                        .under(visit.text("staffing.nav"), "/proctors"),
                desk.content("staffing/import.jte", Map.of("visit", visit)));
    }

    private Reply template(Visit visit, StaffScope scope) {
        List<String> notes = visit.text("staffing.template.notes").lines().toList();
        return Reply.download(
                "监考人员导入模板.xlsx",
                XLSX,
                out ->
                        new SheetWriter()
                                .write(
                                        out,
                                        ProctorImport.SHEET,
                                        ProctorImport.columns(),
                                        List.of(),
                                        "填写说明",
                                        notes));
    }

    private Reply take(Visit visit, StaffScope scope) {
        return uploads.take(
                visit, ImportOrder.of(scope, ImportKind.PROCTORS), SheetReader.FILE_BYTES_MAX);
    }
}
