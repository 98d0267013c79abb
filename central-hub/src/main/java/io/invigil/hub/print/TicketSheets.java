package io.invigil.hub.print;

import io.invigil.exam.code.TicketCode;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.grid.GridBook;
import io.invigil.hub.grid.GridCell;
import io.invigil.hub.grid.GridCell.Look;
import io.invigil.hub.grid.GridRow;
import io.invigil.hub.grid.GridSheet;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.registration.Seating;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Admission tickets (准考证) as cells, one page each (domain, section 7; S4 section 5.2.8). Stateless
 * and thread-safe.
 */
public final class TicketSheets {
    private static final List<Double> COLUMNS = List.of(26.0, 22.0, 36.0, 18.0, 38.0, 22.0, 14.0);
    private static final int PHOTO_COLUMN = 5;
    private static final double FIELD_MM = 8;
    private static final double TABLE_MM = 11;
    private static final double NOTE_MM = 6;
    private static final int NOTE_WIDTH_CHARS = 44;
    private static final int NOTE_LINES_MAX = 12;
    private static final Look LABEL = new Look(true, 11, false, false);
    private static final Look VALUE = new Look(false, 11, false, false);
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("HH:mm");

    /** The ticket's cells. */
    public GridBook book(AdmissionTicket ticket) {
        List<GridRow> rows = new ArrayList<>();
        Look title = new Look(true, 26, true, false);
        rows.add(GridRow.of(16, GridCell.text(0, "准考证", title).over(7, 1)));
        Look plan = new Look(false, 12, true, false);
        rows.add(GridRow.of(10, GridCell.text(0, ticket.plan().name(), plan).over(7, 1)));
        rows.addAll(fields(ticket));
        // the code reaches into this line
        rows.add(new GridRow(FIELD_MM, List.of()));
        rows.addAll(table(ticket));
        rows.add(new GridRow(5, List.of()));
        rows.add(GridRow.of(8, GridCell.text(0, "考试须知", LABEL.ofSize(12)).over(7, 1)));
        rows.addAll(notes(ticket.plan().requirements()));
        return new GridBook(
                ticket.admissionNumber(),
                ticket.plan().windows().exam().from(),
                List.of(new GridSheet("准考证", COLUMNS, List.of(rows))));
    }

    private static List<GridRow> fields(AdmissionTicket ticket) {
        Candidate candidate = ticket.first().candidate();
        List<GridRow> rows = new ArrayList<>();
        String code = new TicketCode(ticket.plan().number(), ticket.admissionNumber()).text();
        GridCell photo =
                ticket.photo()
                        .map(bytes -> GridCell.picture(PHOTO_COLUMN, bytes))
                        .orElse(GridCell.text(PHOTO_COLUMN, "", Look.VALUE));
        rows.add(
                GridRow.of(
                        FIELD_MM,
                        GridCell.text(0, "学生姓名", LABEL),
                        GridCell.text(1, candidate.name(), VALUE).over(2, 1),
                        GridCell.text(3, "性别", LABEL),
                        GridCell.text(4, candidate.gender().chinese(), VALUE),
                        photo.over(2, 5)));
        rows.add(field("身份证号", IdNumber.masked(candidate.idNumber())));
        rows.add(field("考生编号", candidate.number()));
        rows.add(field("准考证号", ticket.admissionNumber()));
        rows.add(field("所属院校", ticket.first().school().name()));
        rows.add(
                field(
                        "考核站点",
                        ticket.site().name(),
                        new GridCell(
                                PHOTO_COLUMN,
                                2,
                                3,
                                new GridCell.Content.Code(code),
                                Look.VALUE.unframed())));
        rows.add(field("考点地址", ticket.site().address()));
        return rows;
    }

    private static GridRow field(String label, String value, GridCell... beside) {
        List<GridCell> cells = new ArrayList<>();
        cells.add(GridCell.text(0, label, LABEL));
        cells.add(GridCell.text(1, value, VALUE).over(4, 1));
        cells.addAll(List.of(beside));
        return new GridRow(FIELD_MM, cells);
    }

    private static List<GridRow> table(AdmissionTicket ticket) {
        List<GridRow> rows = new ArrayList<>();
        rows.add(row(Look.LABEL, "考试证书", "考试科目", "考试方式", "考试时间", "考场名称", "座位号"));
        for (ArrangedSitting one : ticket.sittings()) {
            Seating seating = one.sitting().seating().orElseThrow();
            rows.add(
                    row(
                            Look.VALUE.ofSize(9),
                            ticket.levels().get(one.subject().level()).name(),
                            one.subject().name(),
                            one.subject().mode().chinese(),
                            time(ticket, ticket.slots().get(seating.slot())),
                            one.room().name(),
                            "" + seating.seat()));
        }
        return rows;
    }

    private static GridRow row(Look look, String... texts) {
        List<GridCell> cells = new ArrayList<>();
        cells.add(GridCell.text(0, texts[0], look).over(2, 1));
        for (int i = 1; i < texts.length; i++) {
            cells.add(GridCell.text(i + 1, texts[i], look));
        }
        return new GridRow(TABLE_MM, cells);
    }

    private static String time(AdmissionTicket ticket, Slot slot) {
        ZonedDateTime from = slot.time().from().atZone(ticket.plan().zone());
        ZonedDateTime to = slot.time().to().atZone(ticket.plan().zone());
        return START.format(from) + "~" + END.format(to);
    }

    /** A row for each paragraph; a very long one goes over several rows, so pages can break. */
    private static List<GridRow> notes(String requirements) {
        String text =
                requirements.isBlank()
                        ? "请携带本准考证和有效身份证件，按时到考场签到。考试期间遵守考场纪律。"
                        : requirements.strip();
        List<GridRow> rows = new ArrayList<>();
        for (String paragraph : text.split("\\R")) {
            String rest = paragraph.strip();
            while (!rest.isEmpty()) {
                int charsMax = NOTE_WIDTH_CHARS * NOTE_LINES_MAX;
                int end =
                        rest.offsetByCodePoints(
                                0, Math.min(rest.codePointCount(0, rest.length()), charsMax));
                String part = rest.substring(0, end);
                int lines = 1 + part.codePointCount(0, part.length()) / NOTE_WIDTH_CHARS;
                Look look = VALUE.ofSize(10.5);
                rows.add(GridRow.of(lines * NOTE_MM, GridCell.text(0, part, look).over(7, 1)));
                rest = rest.substring(end);
            }
        }
        return rows;
    }
}
