package io.invigil.hub.fee;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.CandidatePages;
import io.invigil.hub.importjob.ImportUploads;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Making a fee request (choose plan and certificate, or upload the sheet), and a plan's price list.
 * Thread-safe.
 */
public final class FeeEntryPages implements HttpService {
    private final PlanDesk planDesk;
    private final StaffDesk desk;
    private final Fees fees;
    private final ImportUploads uploads;
    private final FeePrices prices = new FeePrices();
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();

    public FeeEntryPages(PlanDesk plans, Fees fees, ImportUploads uploads) {
        this.planDesk = plans;
        this.desk = plans.desk();
        this.fees = fees;
        this.uploads = uploads;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get("/fees/new", desk.page(this::plans, clerk))
                .get("/plans/{plan}/fees/new", planDesk.page(this::blank, clerk))
                .post("/plans/{plan}/fees/new", planDesk.page(this::make, clerk))
                .get("/plans/{plan}/fees/template", planDesk.page(this::template, clerk))
                .put("/plans/{plan}/fees/{level}/import", planDesk.page(this::take, clerk))
                .get("/plans/{plan}/prices", planDesk.page(this::prices))
                .post("/plans/{plan}/prices", planDesk.page(this::price, StaffRole.BODY_STAFF));
    }

    /** Plans in registration that use fees; others cannot be chosen (否则无法进行选择). */
    private Reply plans(Visit visit, StaffScope scope) {
        List<Plan> open =
                desk.inTransaction(tx -> plans.visible(tx, scope)).stream()
                        .filter(one -> one.options().fees())
                        .filter(one -> one.isOpen(PlanStage.REGISTRATION, visit.now()))
                        .toList();
        return Reply.page(
                Page.titled(visit.text("fee.new")).under(visit.text("fee.nav"), "/fees"),
                desk.content("fee/plans.jte", Map.of("visit", visit, "plans", open)));
    }

    /** A certificate that a request can be made for. */
    public record Open(CertificateLevel level, int entries) {}

    private Reply blank(Visit visit, StaffScope scope, Plan plan) {
        return blank(visit, scope, plan, new FormErrors());
    }

    private Reply blank(Visit visit, StaffScope scope, Plan plan, FormErrors errors) {
        List<Open> open = new ArrayList<>();
        desk.inTransaction(
                tx -> {
                    for (CertificateLevel level : content.levels(tx, plan.tenant(), plan.id())) {
                        int count =
                                (int)
                                        fees.open(tx, scope, plan, level.id()).stream()
                                                .map(
                                                        one ->
                                                                isBySubject(plan)
                                                                        ? one.id()
                                                                        : one.registration())
                                                .distinct()
                                                .count();
                        open.add(new Open(level, count));
                    }
                    return open;
                });
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("open", open);
        view.put("bySubject", isBySubject(plan));
        view.put("chosen", visit.queryNumber("level").orElse(0L));
        view.put("issues", fees.planIssues(scope, plan, plan.registrationMode()));
        return Reply.page(
                Page.titled(visit.text(isBySubject(plan) ? "fee.new.subject" : "fee.new.level"))
                        .under(visit.text("fee.nav"), "/fees")
                        .errors(errors.list()),
                desk.content("fee/new.jte", view));
    }

    private static boolean isBySubject(Plan plan) {
        return plan.registrationMode() == RegistrationMode.BY_SUBJECT;
    }

    private Reply make(Visit visit, StaffScope scope, Plan plan) {
        long level = visit.form().number("level").filter(id -> id > 0).orElse(Long.MAX_VALUE);
        FeeDecision decision =
                desk.inTransaction(
                        tx ->
                                fees.request(
                                        tx,
                                        scope,
                                        plan,
                                        plan.registrationMode(),
                                        new LevelId(level)));
        if (decision instanceof FeeDecision.Made made) {
            visit.flash(Flash.Kind.SUCCESS, visit.text("fee.made", made.request().number()));
            return Reply.seeOther("/fees/" + made.request().id());
        }
        FormErrors errors = new FormErrors();
        if (decision instanceof FeeDecision.Refused refused) {
            errors = StaffDesk.errors(visit, refused.issues());
        }
        return blank(visit, scope, plan, errors).status(422);
    }

    private Reply template(Visit visit, StaffScope scope, Plan plan) {
        String name = isBySubject(plan) ? "按科目缴费" : "按证书缴费";
        List<String> notes = visit.text("fee.template.notes").lines().toList();
        return Reply.download(
                name + "导入模板.xlsx",
                CandidatePages.XLSX,
                out ->
                        new SheetWriter()
                                .write(
                                        out,
                                        name,
                                        FeeImport.columns(plan.registrationMode()),
                                        List.of(),
                                        "填写说明",
                                        notes));
    }

    private Reply take(Visit visit, StaffScope scope, Plan plan) {
        long level = visit.pathNumber("level");
        if (level <= 0) {
            return Reply.notFound();
        }
        return uploads.take(
                visit,
                FeeImport.order(scope, plan, new LevelId(level)),
                SheetReader.FILE_BYTES_MAX);
    }

    private Reply prices(Visit visit, StaffScope scope, Plan plan) {
        return prices(visit, scope, plan, Map.of(), new FormErrors());
    }

    /**
     * A line of the price list; {@code entered} is yuan as typed or stored, empty when unpriced.
     */
    public record PriceRow(String title, String field, String entered) {}

    private Reply prices(
            Visit visit, StaffScope scope, Plan plan, Map<String, String> sent, FormErrors errors) {
        List<PriceRow> rows =
                desk.inTransaction(
                        tx -> {
                            Map<FeePrices.Priced, Long> known = prices.prices(tx, plan);
                            return prices.items(tx, plan).stream()
                                    .map(
                                            item -> {
                                                String field = FeePrices.field(item.priced());
                                                String stored =
                                                        Optional.ofNullable(
                                                                        known.get(item.priced()))
                                                                .map(FeeEntryPages::yuan)
                                                                .orElse("");
                                                return new PriceRow(
                                                        item.title(),
                                                        field,
                                                        sent.getOrDefault(field, stored));
                                            })
                                    .toList();
                        });
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("rows", rows);
        view.put("mayChange", scope.mayRunPlansOf(plan.body()));
        view.put("errors", errors);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("fee.prices"))
                        .width(Page.Width.NARROW)
                        .errors(errors.list()),
                desk.content("fee/prices.jte", view));
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private Reply price(Visit visit, StaffScope scope, Plan plan) {
        Map<FeePrices.Priced, Long> wanted = new LinkedHashMap<>();
        Map<String, String> sent = new HashMap<>();
        FormErrors errors = new FormErrors();
        for (FeePrices.Item item : desk.inTransaction(tx -> prices.items(tx, plan))) {
            String field = FeePrices.field(item.priced());
            String text = visit.form().text(field);
            sent.put(field, text);
            if (text.matches("\\d{1,9}(\\.\\d{1,2})?")) {
                wanted.put(item.priced(), new BigDecimal(text).movePointRight(2).longValueExact());
            } else if (!text.isEmpty()) {
                errors.add(field, visit.text("fee.price.malformed"));
            }
        }
        if (errors.isEmpty()) {
            List<FieldIssue> issues = desk.inTransaction(tx -> prices.set(tx, scope, plan, wanted));
            if (issues.isEmpty()) {
                visit.flash(Flash.Kind.SUCCESS, visit.text("fee.prices.saved"));
                return Reply.seeOther(PlanDesk.path(plan));
            }
            errors = StaffDesk.errors(visit, issues);
        }
        return prices(visit, scope, plan, sent, errors).status(422);
    }
}
