package io.invigil.hub.print;

import io.invigil.exam.code.TicketCode;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.print.PdfCanvas.Align;
import io.invigil.hub.print.PdfCanvas.Ink;
import io.invigil.hub.registration.Seating;
import java.awt.Color;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** Draws admission tickets, one page each (domain, section 7; S4 section 5.2.8). Thread-safe. */
public final class TicketSheets {
    private static final Color LINE = new Color(0x55, 0x55, 0x55);
    private static final double LEFT = 18;
    private static final double INNER = PdfCanvas.WIDTH_MM - 2 * LEFT;
    private static final double[] WIDTHS = {46, 36, 18, 38, 22, INNER - 160};
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("HH:mm");

    private final PdfFonts fonts;

    public TicketSheets(PdfFonts fonts) {
        this.fonts = fonts;
    }

    /** Characters that cannot be printed; print only when this is empty. */
    public Set<String> missing(AdmissionTicket ticket) {
        return fonts.missing(ticket.allText());
    }

    /** The ticket as PDF. */
    public byte[] draw(AdmissionTicket ticket) {
        return PdfSheet.of(
                fonts,
                ticket.admissionNumber(),
                ticket.plan().windows().exam().from(),
                sheet -> draw(sheet.page(), ticket));
    }

    private static void draw(PdfCanvas page, AdmissionTicket ticket) throws IOException {
        page.text(PdfCanvas.WIDTH_MM / 2, 28, "准考证", Ink.bold(26).spacing(8), Align.CENTRE);
        String plan = ticket.plan().name();
        page.fitted(PdfCanvas.WIDTH_MM / 2, 37, INNER, plan, Ink.regular(12), Align.CENTRE);
        Candidate candidate = ticket.first().candidate();
        double y = 52;
        y = line(page, y, "学生姓名", candidate.name());
        y = line(page, y, "性　　别", candidate.gender().chinese());
        y = line(page, y, "身份证号", IdNumber.masked(candidate.idNumber()));
        y = line(page, y, "考生编号", candidate.number());
        y = line(page, y, "准考证号", ticket.admissionNumber());
        y = line(page, y, "所属院校", ticket.first().school().name());
        y = line(page, y, "考核站点", ticket.site().name());
        y = line(page, y, "考点地址", ticket.site().address());
        double x = LEFT + INNER - 29;
        page.frame(x, 46, 29, 40, 0.2, LINE);
        if (ticket.photo().isPresent()) {
            page.image(x + 0.5, 46.5, 28, 39, ticket.photo().get());
        }
        String code = new TicketCode(ticket.plan().number(), ticket.admissionNumber()).text();
        page.qr(x + 2, 90, 25, code);
        double end = table(page, y + 8, ticket);
        page.text(LEFT, end + 12, "考试须知", Ink.bold(12), Align.LEFT);
        page.paragraph(LEFT, end + 20, INNER, 6.5, notes(ticket), Ink.regular(10.5));
    }

    private static String notes(AdmissionTicket ticket) {
        String own = ticket.plan().requirements().replaceAll("\\s+", " ").strip();
        return own.isEmpty() ? "请携带本准考证和有效身份证件，按时到考场签到。考试期间遵守考场纪律。" : own;
    }

    private static double line(PdfCanvas page, double y, String label, String value)
            throws IOException {
        page.text(LEFT, y, label, Ink.bold(11), Align.LEFT);
        page.fitted(LEFT + 26, y, INNER - 60, value, Ink.regular(11), Align.LEFT);
        return y + 8;
    }

    private static double table(PdfCanvas page, double y, AdmissionTicket ticket)
            throws IOException {
        row(page, y, Ink.bold(10), "考试证书", "考试科目", "考试方式", "考试时间", "考场名称", "座位号");
        double at = y;
        for (ArrangedSitting one : ticket.sittings()) {
            at += 11;
            Seating seating = one.sitting().seating().orElseThrow();
            row(
                    page,
                    at,
                    Ink.regular(9),
                    ticket.levels().get(one.subject().level()).title(),
                    one.subject().name(),
                    one.subject().mode().chinese(),
                    time(ticket, ticket.slots().get(seating.slot())),
                    one.room().name(),
                    "" + seating.seat());
        }
        return at + 11;
    }

    private static String time(AdmissionTicket ticket, Slot slot) {
        ZonedDateTime from = slot.time().from().atZone(ticket.plan().zone());
        ZonedDateTime to = slot.time().to().atZone(ticket.plan().zone());
        return START.format(from) + "~" + END.format(to);
    }

    private static void row(PdfCanvas page, double y, Ink ink, String... texts) throws IOException {
        double x = LEFT;
        for (int i = 0; i < WIDTHS.length; i++) {
            page.frame(x, y, WIDTHS[i], 11, 0.2, LINE);
            page.fitted(x + WIDTHS[i] / 2, y + 7, WIDTHS[i] - 2, texts[i], ink, Align.CENTRE);
            x += WIDTHS[i];
        }
    }
}
