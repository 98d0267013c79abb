package io.invigil.hub.print;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.Photos;
import io.invigil.hub.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * A candidate's own admission ticket as PDF, the same file as the school's (source 002 section 9).
 * Thread-safe.
 */
public final class OwnTickets {
    private final Database database;
    private final PrintCheck check;
    private final GridPdf pdf;
    private final Tickets tickets = new Tickets();
    private final TicketSheets sheets = new TicketSheets();
    private final Photos photos = new Photos();

    public OwnTickets(Database database, PdfFonts fonts) {
        this.database = database;
        this.check = new PrintCheck(fonts);
        this.pdf = new GridPdf(fonts);
    }

    /** What a download gives. */
    public sealed interface Download {
        /**
         * @param name as the source documents name the file
         */
        @SuppressWarnings("ArrayRecordComponent")
        record File(String name, byte[] bytes) implements Download {}

        /** Some characters of the ticket are in no font. */
        record Unprintable(List<PrintCheck.Unprintable> missing) implements Download {
            public Unprintable {
                missing = List.copyOf(missing);
            }
        }

        record None() implements Download {}
    }

    /** Whether there is a ticket: everybody in each of the candidate's subjects has a seat. */
    public boolean exists(Tx tx, Plan plan, Candidate candidate) {
        return tickets.ofCandidate(tx, plan, candidate.id()).isPresent();
    }

    /** The ticket. Drawn outside any transaction. */
    public Download download(Plan plan, Candidate candidate) {
        Optional<AdmissionTicket> found =
                database.inTransaction(
                        tx ->
                                tickets.ofCandidate(tx, plan, candidate.id())
                                        .map(
                                                one ->
                                                        one.with(
                                                                photos.find(
                                                                        tx,
                                                                        plan.tenant(),
                                                                        candidate.photo()))));
        if (found.isEmpty()) {
            return new Download.None();
        }
        var book = sheets.book(found.get());
        List<PrintCheck.Unprintable> missing = check.check(List.of(book));
        return missing.isEmpty()
                ? new Download.File(found.get().fileName("pdf"), pdf.write(book))
                : new Download.Unprintable(missing);
    }
}
