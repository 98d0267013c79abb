package io.invigil.hub.print;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.Photos;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.registration.Seating;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Admission tickets of a plan that the visitor may see: one candidate's as a file, a room's or all
 * as a zip with the file names of the source (S4 section 5.2.8). Thread-safe.
 */
public final class TicketPages implements HttpService {
    /** Tickets in one zip. */
    public static final int TICKETS_MAX = 5_000;

    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2020, 1, 1, 0, 0);

    private final PlanDesk desk;
    private final PrintDesk prints;
    private final TicketSheets sheets = new TicketSheets();
    private final Tickets tickets = new Tickets();
    private final Photos photos = new Photos();

    public TicketPages(PlanDesk desk, PdfFonts fonts) {
        this.desk = desk;
        this.prints = new PrintDesk(desk, fonts);
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get("/plans/{plan}/prints/tickets", desk.page(this::all, body, clerk))
                .get("/plans/{plan}/prints/tickets/{candidate}", desk.page(this::one, body, clerk))
                .get(
                        "/plans/{plan}/prints/{slot}/{room}/tickets",
                        desk.page(this::room, body, clerk));
    }

    private Reply all(Visit visit, StaffScope scope, Plan plan) {
        return zip(visit, scope, plan, plan.number() + "-准考证", ticket -> true);
    }

    private Reply room(Visit visit, StaffScope scope, Plan plan) {
        long slot = visit.pathNumber("slot");
        long room = visit.pathNumber("room");
        return zip(
                visit,
                scope,
                plan,
                plan.number() + "-" + slot + "-" + room + "-准考证",
                ticket ->
                        ticket.sittings().stream()
                                .map(one -> one.sitting().seating().orElseThrow())
                                .anyMatch(seat -> isIn(seat, slot, room)));
    }

    private static boolean isIn(Seating seat, long slot, long room) {
        return seat.slot().value() == slot && seat.room().value() == room;
    }

    private Reply one(Visit visit, StaffScope scope, Plan plan) {
        long number = visit.pathNumber("candidate");
        Optional<PrintDesk.Form> form = PrintDesk.Form.of(visit);
        Optional<AdmissionTicket> ticket =
                desk.desk().inTransaction(tx -> tickets.ofPlan(tx, scope, plan)).stream()
                        .filter(one -> one.first().candidate().id().value() == number)
                        .findFirst();
        if (form.isEmpty() || ticket.isEmpty()) {
            return Reply.notFound();
        }
        String name = ticket.get().fileName(form.get().ending());
        return prints.file(
                visit,
                plan,
                form.get(),
                name.substring(0, name.lastIndexOf('.')),
                sheets.book(withPhoto(ticket.get())));
    }

    private Reply zip(
            Visit visit,
            StaffScope scope,
            Plan plan,
            String name,
            Predicate<AdmissionTicket> wanted) {
        Optional<PrintDesk.Form> form = PrintDesk.Form.of(visit);
        List<AdmissionTicket> chosen =
                desk.desk().inTransaction(tx -> tickets.ofPlan(tx, scope, plan)).stream()
                        .filter(wanted)
                        .toList();
        if (form.isEmpty() || chosen.isEmpty() || chosen.size() > TICKETS_MAX) {
            return Reply.notFound();
        }
        return prints.unprintable(
                        visit, plan, form.get(), () -> chosen.stream().map(sheets::book).iterator())
                .orElseGet(
                        () ->
                                Reply.download(
                                        name + ".zip",
                                        "application/zip",
                                        out -> write(out, form.get(), chosen)));
    }

    private void write(OutputStream out, PrintDesk.Form form, List<AdmissionTicket> chosen)
            throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        // the files inside are compressed already
        zip.setLevel(Deflater.BEST_SPEED);
        for (AdmissionTicket ticket : chosen) {
            ZipEntry entry = new ZipEntry(ticket.fileName(form.ending()));
            entry.setTimeLocal(ENTRY_TIME);
            zip.putNextEntry(entry);
            zip.write(prints.write(form, sheets.book(withPhoto(ticket))));
            zip.closeEntry();
        }
        zip.finish();
    }

    /** Photos are read one by one while writing: thousands do not fit in memory. */
    private AdmissionTicket withPhoto(AdmissionTicket ticket) {
        Candidate candidate = ticket.first().candidate();
        return candidate.hasPhoto()
                ? ticket.with(
                        desk.desk()
                                .inTransaction(
                                        tx ->
                                                photos.find(
                                                        tx, candidate.tenant(), candidate.photo())))
                : ticket;
    }
}
