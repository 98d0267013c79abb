package io.invigil.hub.emergency;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Upload;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Emergency files of a plan: take in, look at beside the ledger, decide. Thread-safe. */
public final class BroughtFilePages implements HttpService {
    private final PlanDesk desk;
    private final BroughtFiles files;

    public BroughtFilePages(PlanDesk desk, BroughtFiles files) {
        this.desk = desk;
        this.files = files;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        rules
                // files taken in, those that wait first
                .get("/plans/{plan}/emergency-files", desk.page(this::list, body))
                // raw body: a file that a candidate's page saved
                .put("/plans/{plan}/emergency-files", desk.page(this::take, body))
                // its answers beside what the centre holds
                .get("/plans/{plan}/emergency-files/{sha256}", desk.page(this::show, body))
                // the second person's word
                .post("/plans/{plan}/emergency-files/{sha256}", desk.page(this::decide, body));
    }

    private static String path(Plan plan) {
        return PlanDesk.path(plan) + "/emergency-files";
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("path", path(plan));
        view.put("files", desk.desk().inTransaction(tx -> files.ofPlan(tx, scope, plan)));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("emergency.title")),
                desk.desk().content("emergency/list.jte", view));
    }

    private Reply take(Visit visit, StaffScope scope, Plan plan) {
        try (Upload upload = visit.upload(desk.desk().uploads(), EmergencyFile.FILE_BYTES_MAX)) {
            byte[] content = Files.readAllBytes(upload.file());
            FileOutcome outcome =
                    desk.desk().inTransaction(tx -> files.take(tx, scope, plan, content));
            boolean there = outcome == FileOutcome.TAKEN || outcome == FileOutcome.KNOWN;
            tell(visit, outcome);
            return Reply.seeOther(path(plan) + (there ? "/" + upload.digest().hex() : ""));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a received file cannot be read", unreadable);
        }
    }

    private static void tell(Visit visit, FileOutcome outcome) {
        boolean good = outcome == FileOutcome.TAKEN || outcome == FileOutcome.DONE;
        visit.flash(
                good ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                visit.texts().of("emergency.outcome", outcome));
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        Optional<BroughtFiles.Opened> opened =
                desk.desk().inTransaction(tx -> files.open(tx, scope, plan, visit.path("sha256")));
        if (opened.isEmpty()) {
            return Reply.notFound();
        }
        BroughtFile file = opened.get().file();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("path", path(plan));
        view.put("sittingPath", PlanDesk.path(plan) + "/sittings/" + file.scope().sitting());
        view.put("opened", opened.get());
        view.put("own", file.takenBy().equals(scope.login()));
        return Reply.page(
                PlanDesk.below(visit, plan, file.whose().name() + " · " + file.whose().subject())
                        .under(visit.text("emergency.title"), path(plan)),
                desk.desk().content("emergency/show.jte", view));
    }

    private Reply decide(Visit visit, StaffScope scope, Plan plan) {
        BroughtFile.Verdict verdict =
                visit.form().text("verdict").equals("admit")
                        ? BroughtFile.Verdict.ADMITTED
                        : BroughtFile.Verdict.REFUSED;
        String digest = visit.path("sha256");
        String reason = visit.form().text("reason");
        FileOutcome outcome =
                desk.desk()
                        .inTransaction(
                                tx -> files.decide(tx, scope, plan, digest, verdict, reason));
        if (outcome == FileOutcome.UNKNOWN || outcome == FileOutcome.NOT_ALLOWED) {
            return Reply.notFound();
        }
        tell(visit, outcome);
        return Reply.seeOther(path(plan) + "/" + digest);
    }
}
