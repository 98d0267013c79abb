package io.invigil.hub.print;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.arrangement.ArrangedSittings;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.Photos;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Admission tickets of a plan, all that the visitor may see, as one zip. Thread-safe. */
public final class TicketPages implements HttpService {
    /** Tickets in one zip. */
    public static final int TICKETS_MAX = 5_000;

    private final PlanDesk desk;
    private final TicketSheets sheets;
    private final ArrangedSittings arranged = new ArrangedSittings();
    private final PlanContent content = new PlanContent();
    private final Photos photos = new Photos();
    private final Sites sites = new Sites();

    public TicketPages(PlanDesk desk, PdfFonts fonts) {
        this.desk = desk;
        this.sheets = new TicketSheets(fonts);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                "/plans/{plan}/prints/tickets",
                desk.page(this::zip, StaffRole.BODY_STAFF, StaffRole.SCHOOL_CLERK));
    }

    private Reply zip(Visit visit, StaffScope scope, Plan plan) {
        List<AdmissionTicket> tickets = desk.desk().inTransaction(tx -> tickets(tx, scope, plan));
        if (tickets.isEmpty() || tickets.size() > TICKETS_MAX) {
            return Reply.notFound();
        }
        Set<String> missing = new LinkedHashSet<>();
        tickets.forEach(ticket -> missing.addAll(sheets.missing(ticket)));
        if (!missing.isEmpty()) {
            visit.flash(Flash.Kind.WARNING, visit.text("print.missing", String.join(" ", missing)));
            return Reply.seeOther(PlanDesk.path(plan) + "/arrangement");
        }
        return Reply.download(
                plan.number() + "-准考证.zip", "application/zip", out -> write(out, tickets));
    }

    private void write(OutputStream out, List<AdmissionTicket> tickets) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (AdmissionTicket ticket : tickets) {
            AdmissionTicket whole = withPhoto(ticket);
            zip.putNextEntry(new ZipEntry(whole.fileName()));
            zip.write(sheets.draw(whole));
            zip.closeEntry();
        }
        zip.finish();
    }

    /** Photos are read one by one while writing: thousands do not fit in memory. */
    private AdmissionTicket withPhoto(AdmissionTicket ticket) {
        Candidate candidate = ticket.first().candidate();
        Optional<byte[]> photo =
                candidate.hasPhoto()
                        ? desk.desk()
                                .inTransaction(
                                        tx ->
                                                photos.find(
                                                        tx, candidate.tenant(), candidate.photo()))
                        : Optional.empty();
        return new AdmissionTicket(
                ticket.plan(),
                ticket.site(),
                ticket.sittings(),
                ticket.slots(),
                ticket.levels(),
                photo);
    }

    private List<AdmissionTicket> tickets(Tx tx, StaffScope scope, Plan plan) {
        Map<Long, List<ArrangedSitting>> people = new LinkedHashMap<>();
        for (ArrangedSitting one : arranged.ofPlan(tx, plan.tenant(), plan.id())) {
            if (scope.sees(one.candidate().school())) {
                people.computeIfAbsent(one.candidate().id().value(), c -> new ArrayList<>())
                        .add(one);
            }
        }
        Map<SlotId, Slot> slots = new HashMap<>();
        content.slots(tx, plan.tenant(), plan.id()).forEach(s -> slots.put(s.id(), s));
        Map<LevelId, CertificateLevel> levels = new HashMap<>();
        content.levels(tx, plan.tenant(), plan.id()).forEach(l -> levels.put(l.id(), l));
        Map<SiteId, Site> places = new HashMap<>();
        List<AdmissionTicket> tickets = new ArrayList<>();
        for (List<ArrangedSitting> own : people.values()) {
            Seating seating = own.getFirst().sitting().seating().orElseThrow();
            Site site =
                    places.computeIfAbsent(
                            seating.site(), id -> sites.find(tx, plan.tenant(), id).orElseThrow());
            tickets.add(new AdmissionTicket(plan, site, own, slots, levels, Optional.empty()));
        }
        return tickets;
    }
}
