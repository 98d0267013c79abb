package io.invigil.hub.site;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Upload;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/** Evidence of an application for a site: upload, download, removal. Thread-safe. */
public final class SiteFilePages implements HttpService {
    private final StaffDesk desk;
    private final Sites sites = new Sites();
    private final SiteFiles files = new SiteFiles();

    public SiteFilePages(StaffDesk desk) {
        this.desk = desk;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.put("/sites/{site}/files", desk.page(this::add, clerk))
                .get(
                        "/sites/{site}/files/{file}",
                        desk.page(this::download, clerk, StaffRole.BODY_STAFF))
                .post("/sites/{site}/files/{file}/delete", desk.page(this::remove, clerk));
    }

    private Optional<Site> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("site");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(tx -> sites.findVisible(tx, scope, new SiteId(number)));
    }

    private static int number(Visit visit) {
        return (int) Math.min(visit.pathNumber("file"), Integer.MAX_VALUE);
    }

    private Reply add(Visit visit, StaffScope scope) {
        Optional<Site> site = find(visit, scope);
        if (site.isEmpty()) {
            return Reply.notFound();
        }
        try (Upload upload = visit.upload(desk.uploads(), SiteFile.BYTES_MAX)) {
            byte[] content = Files.readAllBytes(upload.file());
            return back(
                    visit,
                    site.get(),
                    desk.inTransaction(
                            tx ->
                                    files.add(
                                            tx,
                                            scope,
                                            site.get(),
                                            upload.fileName(),
                                            content,
                                            visit.now())));
        } catch (IOException disk) {
            throw new UncheckedIOException("the uploaded file cannot be read", disk);
        }
    }

    private Reply remove(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(
                        site ->
                                back(
                                        visit,
                                        site,
                                        desk.inTransaction(
                                                tx ->
                                                        files.remove(
                                                                tx, scope, site, number(visit)))))
                .orElseGet(Reply::notFound);
    }

    private static Reply back(Visit visit, Site site, SiteDecision decision) {
        switch (decision) {
            case SiteDecision.Saved saved ->
                    visit.flash(Flash.Kind.SUCCESS, visit.text("plan.saved"));
            case SiteDecision.Refused refused ->
                    visit.flash(
                            Flash.Kind.WARNING, StaffDesk.text(visit, refused.issues().getFirst()));
        }
        return Reply.seeOther("/sites/" + site.id());
    }

    /** Always a download: what schools upload is never shown inside our pages. */
    private Reply download(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .flatMap(site -> desk.inTransaction(tx -> download(tx, visit, scope, site)))
                .orElseGet(Reply::notFound);
    }

    private Optional<Reply> download(Tx tx, Visit visit, StaffScope scope, Site site) {
        int number = number(visit);
        return files.of(tx, scope, site).stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .map(
                        file -> {
                            byte[] content = files.content(tx, scope, site, number).orElseThrow();
                            return Reply.download(
                                    file.name(),
                                    "application/octet-stream",
                                    out -> out.write(content));
                        });
    }
}
