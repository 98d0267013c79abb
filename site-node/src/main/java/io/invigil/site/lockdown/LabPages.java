package io.invigil.site.lockdown;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.pack.Roster;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import java.util.Comparator;
import java.util.List;

/** What a technician downloads to set up the candidates' PCs. */
public final class LabPages implements HttpService {
    private final HttpPages pages;
    private final Templates templates;
    private final ActivePackages packages;
    private final Lockdown lockdown;
    private final Runnable kitTaken;

    /**
     * @param kitTaken told when the kit was downloaded
     */
    public LabPages(
            HttpPages pages,
            Templates templates,
            ActivePackages packages,
            Lockdown lockdown,
            Runnable kitTaken) {
        this.pages = pages;
        this.templates = templates;
        this.packages = packages;
        this.lockdown = lockdown;
        this.kitTaken = kitTaken;
    }

    /** An exam with its file for Safe Exam Browser. */
    public record Line(String exam, String name, String when, boolean needed, String configKey) {}

    /** What the page shows. */
    public record LabView(Texts texts, String origin, List<Line> exams) {
        public String text(String key, Object... arguments) {
            return texts.text(key, arguments);
        }
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // what there is to take to the PCs
                .get("/technician/lab", staff(this::lab))
                // certificate, policies, start scripts, check sheets
                .get("/technician/lab/kit.zip", staff(this::kit))
                // settings of Safe Exam Browser for one exam
                .get("/technician/lab/{exam}/exam.seb", staff(this::file));
    }

    private Handler staff(PageHandler handler) {
        return pages.page(Access.roles(StaffRoster.TECHNICIAN, StaffRoster.PROCTOR), handler);
    }

    private Reply lab(Visit visit) {
        Texts texts = visit.texts();
        List<Line> lines =
                packages.all().stream()
                        .sorted(Comparator.comparing(pack -> pack.roster().slotStart()))
                        .map(pack -> line(texts, pack))
                        .toList();
        return Reply.page(
                Page.titled(visit.text("lockdown.lab")),
                templates.content(
                        "lockdown/lab.jte", new LabView(texts, lockdown.kit().origin(), lines)));
    }

    private Line line(Texts texts, ExamPackage pack) {
        return new Line(
                pack.exam(),
                pack.roster().planName(),
                texts.dateTime(pack.roster().slotStart()),
                pack.policy().page().safeBrowser(),
                lockdown.config(pack.exam()).configKey());
    }

    private Reply kit(Visit visit) {
        List<Roster.Room> rooms =
                packages.all().stream()
                        .flatMap(pack -> pack.roster().rooms().stream())
                        .distinct()
                        .toList();
        byte[] zip = lockdown.kit().zip(rooms);
        kitTaken.run();
        return attached("application/zip", "invigil-lab-kit.zip", zip);
    }

    private Reply file(Visit visit) {
        return packages.exam(visit.path("exam"))
                .map(
                        pack ->
                                attached(
                                        "application/seb",
                                        pack.exam() + ".seb",
                                        lockdown.config(pack.exam()).file()))
                .orElseGet(Reply::notFound);
    }

    private static Reply attached(String type, String name, byte[] bytes) {
        return Reply.bytes(type, bytes)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store");
    }
}
