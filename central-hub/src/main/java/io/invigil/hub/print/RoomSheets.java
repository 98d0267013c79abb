package io.invigil.hub.print;

import io.invigil.exam.code.TicketCode;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.print.PdfCanvas.Align;
import io.invigil.hub.print.PdfCanvas.Ink;
import io.invigil.hub.registration.Seating;
import java.awt.Color;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sheets that hang and lie in a room, as PDF with the cells of the source documents (domain,
 * section 7): door sticker, desk stickers two per row, sign-in sheet. Thread-safe.
 */
public final class RoomSheets {
    private static final Color LINE = new Color(0x55, 0x55, 0x55);
    private static final double MARGIN = 12;
    private static final double INNER = PdfCanvas.WIDTH_MM - 2 * MARGIN;
    private static final int STICKER_ROWS = 5;
    private static final double STICKER_HEIGHT = (PdfCanvas.HEIGHT_MM - 2 * MARGIN) / STICKER_ROWS;
    private static final double STICKER_WIDTH = INNER / 2;
    private static final int DOOR_ROWS = 24;
    private static final int SIGN_ROWS = 24;

    private final PdfFonts fonts;

    public RoomSheets(PdfFonts fonts) {
        this.fonts = fonts;
    }

    /** Characters that cannot be printed; print only when this is empty. */
    public Set<String> missing(RoomSheet sheet) {
        return fonts.missing(sheet.allText());
    }

    private byte[] draw(RoomSheet sheet, String kind, PdfSheet.Content content) {
        Instant time = sheet.slot().time().from();
        return PdfSheet.of(fonts, sheet.room().name() + " " + kind, time, content);
    }

    /** 桌贴: one per seat, two per row, with the PIN and the code that the desk scans. */
    public byte[] deskStickers(RoomSheet sheet) {
        return draw(
                sheet,
                "桌贴",
                pdf -> {
                    List<ArrangedSitting> seated = sheet.seated();
                    PdfCanvas page = pdf.page();
                    for (int i = 0; i < seated.size(); i++) {
                        int place = i % (2 * STICKER_ROWS);
                        if (place == 0 && i > 0) {
                            page = pdf.page();
                        }
                        double x = MARGIN + (place % 2) * STICKER_WIDTH;
                        double y = MARGIN + (place / 2) * STICKER_HEIGHT;
                        sticker(page, x, y, sheet, seated.get(i));
                    }
                });
    }

    private static void sticker(
            PdfCanvas page, double x, double y, RoomSheet sheet, ArrangedSitting one)
            throws IOException {
        Seating seating = one.sitting().seating().orElseThrow();
        page.frame(x, y, STICKER_WIDTH, STICKER_HEIGHT, 0.2, LINE);
        page.text(x + 4, y + 9.5, "座位号", Ink.regular(9), Align.LEFT);
        page.text(x + 16, y + 10.5, "" + seating.seat(), Ink.bold(22), Align.LEFT);
        double nameWidth = STICKER_WIDTH - 36;
        page.fitted(x + 34, y + 10.2, nameWidth, one.candidate().name(), Ink.bold(16), Align.LEFT);
        boolean full = sheet.plan().fullIdOnStickers();
        String idNumber = one.candidate().idNumber();
        double row = y + 18;
        row = field(page, x, row, "考生编号", one.candidate().number());
        row = field(page, x, row, "准考证号", seating.admissionNumber());
        row = field(page, x, row, "身份证号", full ? idNumber : IdNumber.masked(idNumber));
        row = field(page, x, row, "考试科目", one.subject().name());
        row = field(page, x, row, "考试证书", sheet.level(one.subject()).title());
        page.text(x + 4, row + 1.5, "登录密码", Ink.regular(8.5), Align.LEFT);
        Ink pin = Ink.bold(13).spacing(2);
        page.text(x + 20, row + 2, seating.pin(), pin, Align.LEFT);
        String code = new TicketCode(sheet.plan().number(), seating.admissionNumber()).text();
        page.qr(x + STICKER_WIDTH - 25, y + 19, 21, code);
    }

    private static double field(PdfCanvas page, double x, double y, String label, String value)
            throws IOException {
        page.text(x + 4, y, label, Ink.regular(8.5), Align.LEFT);
        page.fitted(x + 20, y, STICKER_WIDTH - 48, value, Ink.regular(9), Align.LEFT);
        return y + 5.6;
    }

    /** 门贴: seats and names in two columns, one sheet per subject. */
    public byte[] doorSticker(RoomSheet sheet) {
        return draw(
                sheet,
                "门贴",
                pdf -> {
                    for (Map.Entry<Subject, List<ArrangedSitting>> group :
                            sheet.bySubject().entrySet()) {
                        List<ArrangedSitting> all = group.getValue();
                        for (int from = 0; from < all.size(); from += 2 * DOOR_ROWS) {
                            int to = Math.min(all.size(), from + 2 * DOOR_ROWS);
                            door(pdf.page(), sheet, group.getKey(), all.subList(from, to));
                        }
                    }
                });
    }

    private static void door(
            PdfCanvas page, RoomSheet sheet, Subject subject, List<ArrangedSitting> part)
            throws IOException {
        Ink title = Ink.bold(30);
        page.fitted(PdfCanvas.WIDTH_MM / 2, 30, INNER, sheet.room().name(), title, Align.CENTRE);
        double y = 42;
        y = wide(page, y, "考试科目", subject.name());
        y = wide(page, y, "考试时间", sheet.time());
        y = wide(page, y, "考试证书", sheet.level(subject).title());
        y = wide(page, y, "考场名称", sheet.room().name());
        y += 4;
        double column = INNER / 2;
        for (int side = 0; side < 2; side++) {
            double x = MARGIN + side * column;
            cell(page, x, y, 24, "座位号", Ink.bold(10));
            cell(page, x + 24, y, column - 24, "考生姓名", Ink.bold(10));
        }
        for (int i = 0; i < part.size(); i++) {
            double x = MARGIN + (i % 2) * column;
            double row = y + 8 * (1 + i / 2);
            int seat = part.get(i).sitting().seating().orElseThrow().seat();
            cell(page, x, row, 24, "" + seat, Ink.regular(11));
            cell(page, x + 24, row, column - 24, part.get(i).candidate().name(), Ink.regular(11));
        }
    }

    private static double wide(PdfCanvas page, double y, String label, String value)
            throws IOException {
        cell(page, MARGIN, y, 32, label, Ink.bold(11));
        cell(page, MARGIN + 32, y, INNER - 32, value, Ink.regular(11));
        return y + 8;
    }

    private static void cell(PdfCanvas page, double x, double y, double width, String text, Ink ink)
            throws IOException {
        page.frame(x, y, width, 8, 0.2, LINE);
        page.fitted(x + width / 2, y + 5.6, width - 3, text, ink, Align.CENTRE);
    }

    /** 考场签到表: one sheet per subject; times and signatures are written by hand. */
    public byte[] signInSheet(RoomSheet sheet) {
        return draw(
                sheet,
                "考场签到表",
                pdf -> {
                    for (Map.Entry<Subject, List<ArrangedSitting>> group :
                            sheet.bySubject().entrySet()) {
                        List<ArrangedSitting> all = group.getValue();
                        for (int from = 0; from < all.size(); from += SIGN_ROWS) {
                            int to = Math.min(all.size(), from + SIGN_ROWS);
                            signIn(pdf.page(), sheet, group.getKey(), all.subList(from, to));
                        }
                    }
                });
    }

    private static void signIn(
            PdfCanvas page, RoomSheet sheet, Subject subject, List<ArrangedSitting> part)
            throws IOException {
        page.text(PdfCanvas.WIDTH_MM / 2, 22, "考场签到表", Ink.bold(20), Align.CENTRE);
        String where = sheet.room().name() + "　" + subject.name() + "　" + sheet.time();
        page.fitted(PdfCanvas.WIDTH_MM / 2, 29, INNER, where, Ink.regular(10), Align.CENTRE);
        double y = 34;
        y = pair(page, y, "考核站点", sheet.site().name(), "所属院校", sheet.school());
        var level = sheet.level(subject);
        y = pair(page, y, "考试证书", level.name(), "证书等级", level.level());
        y = pair(page, y, "监考老师", "", "巡考老师", "");
        y = pair(page, y, "实考人数", "", "缺考人数", "");
        double[] widths = {46, 46, 16, 30, INNER - 138};
        String[] heads = {"准考证号", "所属院校", "座位号", "到场时间", "考生签名"};
        row(page, y, widths, Ink.bold(10), heads);
        for (ArrangedSitting one : part) {
            y += 8;
            Seating seating = one.sitting().seating().orElseThrow();
            row(
                    page,
                    y,
                    widths,
                    Ink.regular(9.5),
                    seating.admissionNumber(),
                    one.school().name(),
                    "" + seating.seat(),
                    "",
                    "");
        }
    }

    private static double pair(
            PdfCanvas page, double y, String label, String value, String label2, String value2)
            throws IOException {
        double half = INNER / 2;
        row(
                page,
                y,
                new double[] {24, half - 24, 24, half - 24},
                Ink.regular(10),
                label,
                value,
                label2,
                value2);
        return y + 8;
    }

    private static void row(PdfCanvas page, double y, double[] widths, Ink ink, String... texts)
            throws IOException {
        double x = MARGIN;
        for (int i = 0; i < widths.length; i++) {
            cell(page, x, y, widths[i], texts[i], ink);
            x += widths[i];
        }
    }
}
