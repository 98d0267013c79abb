package io.invigil.hub.print;

import io.invigil.exam.code.TicketCode;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.grid.GridBook;
import io.invigil.hub.grid.GridCell;
import io.invigil.hub.grid.GridCell.Look;
import io.invigil.hub.grid.GridRow;
import io.invigil.hub.grid.GridSheet;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.registration.Seating;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The sheets that hang and lie in a room, with the cells of the source documents (domain, section
 * 7; S4 section 5.2.8): door sticker, desk stickers two per row, sign-in sheet. Several subjects in
 * one room give one sheet per subject. Stateless and thread-safe.
 */
public final class RoomSheets {
    private static final int DOOR_SEATS_PER_PAGE = 56;
    private static final int STICKERS_PER_PAGE = 10;
    private static final int SIGN_ROWS_PER_PAGE = 24;
    private static final double ROW_MM = 8;
    private static final Look TITLE = new Look(true, 20, true, false);
    private static final Look LINE = new Look(false, 10, true, false);

    /** 门贴: subject, time, certificate and room, then seat and name in two columns. */
    public GridBook doorSticker(RoomSheet sheet) {
        return book(
                sheet,
                "门贴",
                List.of(26.0, 67.0, 26.0, 67.0),
                DOOR_SEATS_PER_PAGE,
                (subject, part) -> door(sheet, subject, part));
    }

    private static GridBook book(
            RoomSheet sheet,
            String kind,
            List<Double> columns,
            int perPage,
            BiFunction<Subject, List<ArrangedSitting>, List<GridRow>> page) {
        List<GridSheet> sheets = new ArrayList<>();
        for (Map.Entry<Subject, List<ArrangedSitting>> group : sheet.bySubject().entrySet()) {
            List<ArrangedSitting> all = group.getValue();
            List<List<GridRow>> pages = new ArrayList<>();
            for (int from = 0; from < all.size(); from += perPage) {
                int to = Math.min(all.size(), from + perPage);
                pages.add(page.apply(group.getKey(), all.subList(from, to)));
            }
            sheets.add(new GridSheet(group.getKey().name(), columns, pages));
        }
        return new GridBook(sheet.room().name() + " " + kind, sheet.slot().time().from(), sheets);
    }

    private static List<GridRow> door(
            RoomSheet sheet, Subject subject, List<ArrangedSitting> part) {
        Look strong = Look.VALUE.ofSize(14).strong();
        List<GridRow> rows = new ArrayList<>();
        rows.add(
                GridRow.of(
                        14,
                        GridCell.text(0, "考试科目", Look.LABEL),
                        GridCell.text(1, subject.name(), strong),
                        GridCell.text(2, "考试时间", Look.LABEL),
                        GridCell.text(3, sheet.time(), strong)));
        rows.add(
                GridRow.of(
                        22,
                        GridCell.text(0, "考试证书", Look.LABEL),
                        GridCell.text(1, sheet.level(subject).name(), Look.VALUE.ofSize(13)),
                        GridCell.text(2, "考场名称", Look.LABEL),
                        GridCell.text(3, sheet.room().name(), strong.ofSize(30))));
        rows.add(
                GridRow.of(
                        ROW_MM,
                        GridCell.text(0, "座位号", Look.LABEL),
                        GridCell.text(1, "考生姓名", Look.LABEL),
                        GridCell.text(2, "座位号", Look.LABEL),
                        GridCell.text(3, "考生姓名", Look.LABEL)));
        for (int i = 0; i < part.size(); i += 2) {
            List<GridCell> cells = new ArrayList<>();
            for (int side = 0; side < 2; side++) {
                boolean there = i + side < part.size();
                String seat = there ? "" + seating(part.get(i + side)).seat() : "";
                String name = there ? part.get(i + side).candidate().name() : "";
                cells.add(GridCell.text(2 * side, seat, Look.VALUE.ofSize(11)));
                cells.add(GridCell.text(2 * side + 1, name, Look.VALUE.ofSize(12)));
            }
            rows.add(new GridRow(ROW_MM, cells));
        }
        return rows;
    }

    private static Seating seating(ArrangedSitting one) {
        return one.sitting().seating().orElseThrow();
    }

    /** 桌贴: one per seat, two per row, with the PIN and the code that the desk scans. */
    public GridBook deskStickers(RoomSheet sheet) {
        return book(
                sheet,
                "桌贴",
                List.of(18.0, 46.0, 27.0, 4.0, 18.0, 46.0, 27.0),
                STICKERS_PER_PAGE,
                (subject, part) -> stickers(sheet, part));
    }

    private static List<GridRow> stickers(RoomSheet sheet, List<ArrangedSitting> part) {
        List<GridRow> rows = new ArrayList<>();
        for (int i = 0; i < part.size(); i += 2) {
            List<List<GridCell>> lines = new ArrayList<>();
            for (int at = 0; at < STICKER_LINES.length; at++) {
                lines.add(new ArrayList<>());
            }
            for (int side = 0; side < 2 && i + side < part.size(); side++) {
                sticker(sheet, part.get(i + side), 4 * side, lines);
            }
            for (int at = 0; at < STICKER_LINES.length; at++) {
                rows.add(new GridRow(STICKER_LINES[at], lines.get(at)));
            }
            if (i + 2 < part.size()) {
                rows.add(new GridRow(4, List.of()));
            }
        }
        return rows;
    }

    /** Heights of a sticker's lines; five stickers and four gaps fill a page. */
    private static final double[] STICKER_LINES = {8, 5.2, 5.2, 5.2, 5.2, 6.4, 8, 7};

    private static void sticker(
            RoomSheet sheet, ArrangedSitting one, int column, List<List<GridCell>> lines) {
        Seating seating = seating(one);
        String id = one.candidate().idNumber();
        String shownId = sheet.plan().fullIdOnStickers() ? id : IdNumber.masked(id);
        CertificateLevel level = sheet.level(one.subject());
        String certificate = level.name() + "(" + level.level() + ")";
        Look label = Look.LABEL.ofSize(8.5);
        Look value = Look.VALUE.ofSize(9);
        Look strong = Look.VALUE.strong();
        line(lines.get(0), column, "考生姓名", one.candidate().name(), label, strong.ofSize(15));
        line(lines.get(1), column, "考生编号", one.candidate().number(), label, value);
        line(lines.get(2), column, "准考证号", seating.admissionNumber(), label, value);
        line(lines.get(3), column, "身份证号", shownId, label, value);
        line(lines.get(4), column, "考试科目", one.subject().name(), label, value);
        line(lines.get(5), column, "考试证书", certificate, label, value.ofSize(8));
        line(lines.get(6), column, "座位号", "" + seating.seat(), label, strong.ofSize(18));
        line(lines.get(7), column, "登录密码", seating.pin(), label, strong.ofSize(14));
        String code = new TicketCode(sheet.plan().number(), seating.admissionNumber()).text();
        lines.get(0).add(GridCell.code(column + 2, code).over(1, STICKER_LINES.length));
    }

    private static void line(
            List<GridCell> cells, int column, String label, String text, Look left, Look right) {
        cells.add(GridCell.text(column, label, left));
        cells.add(GridCell.text(column + 1, text, right));
    }

    /** 考场签到表: times and signatures are written by hand. */
    public GridBook signInSheet(RoomSheet sheet) {
        return book(
                sheet,
                "考场签到表",
                List.of(46.0, 46.0, 22.0, 32.0, 40.0),
                SIGN_ROWS_PER_PAGE,
                (subject, part) -> signIn(sheet, subject, part));
    }

    private static List<GridRow> signIn(
            RoomSheet sheet, Subject subject, List<ArrangedSitting> part) {
        CertificateLevel level = sheet.level(subject);
        List<GridRow> rows = new ArrayList<>();
        rows.add(GridRow.of(13, GridCell.text(0, "考场签到表", TITLE).over(5, 1)));
        String where = sheet.room().name() + "　" + subject.name() + "　" + sheet.time();
        rows.add(GridRow.of(7, GridCell.text(0, where, LINE).over(5, 1)));
        rows.add(pair("考核站点", sheet.site().name(), "所属院校", sheet.school()));
        rows.add(pair("考试证书", level.name(), "证书等级", level.level()));
        rows.add(pair("监考老师", sheet.proctors(), "巡考老师", sheet.patrols()));
        rows.add(pair("实考人数", "", "缺考人数", ""));
        String[] heads = {"准考证号", "所属院校", "座位号", "到场时间", "考生签名"};
        rows.add(row(Look.LABEL, heads));
        for (ArrangedSitting one : part) {
            Seating seating = seating(one);
            rows.add(
                    row(
                            Look.VALUE.ofSize(9.5),
                            seating.admissionNumber(),
                            one.school().name(),
                            "" + seating.seat(),
                            "",
                            ""));
        }
        return rows;
    }

    private static GridRow pair(String label, String value, String label2, String value2) {
        return GridRow.of(
                9,
                GridCell.text(0, label, Look.LABEL),
                GridCell.text(1, value, Look.VALUE),
                GridCell.text(2, label2, Look.LABEL),
                GridCell.text(3, value2, Look.VALUE).over(2, 1));
    }

    private static GridRow row(Look look, String... texts) {
        List<GridCell> cells = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            cells.add(GridCell.text(i, texts[i], look));
        }
        return new GridRow(ROW_MM + 0.4, cells);
    }
}
