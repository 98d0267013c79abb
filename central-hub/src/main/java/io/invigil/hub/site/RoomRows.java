package io.invigil.hub.site;

import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetCell;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows of the room sheet. Columns have the names of the export (source 004 section 5.2.5), so that
 * an exported sheet can be corrected and imported; what else the export shows is skipped.
 */
final class RoomRows {
    static final String SITE = "所属考场地点";
    static final String NAME = "考场名称";
    static final String TYPES = "考场类型";
    static final String SEATS = "考位数";
    static final String COLUMNS = "每排座位数";
    static final String ADDRESS = "详细地址";
    static final String LEVELS = "本次组织考试的证书";
    static final String BROKEN = "停用的座位";
    static final String ACCESSIBLE = "无障碍座位";

    /** The reason in sheets of failed rows, and columns that only the export has. */
    static final List<String> IGNORED = List.of("失败原因", "所属考试计划", "所属院校", "考场地址", "状态");

    static final String SHEET = "考场信息";

    private static final int COLUMNS_USUAL = 6;

    private final Map<String, LevelId> levels = new HashMap<>();

    RoomRows(List<CertificateLevel> offered) {
        for (CertificateLevel level : offered) {
            levels.put(level.title(), level.id());
            levels.put(level.name() + "(" + level.level() + ")", level.id());
            levels.put(level.shortName() + "（" + level.level() + "）", level.id());
            levels.put(level.number() + " " + level.level(), level.id());
        }
    }

    /** The template's columns. */
    static List<SheetColumn> columns() {
        return List.of(
                new SheetColumn(SITE, true, 36),
                new SheetColumn(NAME, true, 16),
                new SheetColumn(TYPES, true, 18),
                new SheetColumn(SEATS, true, 8),
                new SheetColumn(COLUMNS, false, 12),
                new SheetColumn(ADDRESS, true, 36),
                new SheetColumn(LEVELS, true, 40),
                new SheetColumn(BROKEN, false, 14),
                new SheetColumn(ACCESSIBLE, false, 14));
    }

    /** The column that a field of the form stands in. */
    static String column(String field) {
        return switch (field) {
            case "site" -> SITE;
            case "name" -> NAME;
            case "types" -> TYPES;
            case "seats" -> SEATS;
            case "columns" -> COLUMNS;
            case "address" -> ADDRESS;
            case "levels" -> LEVELS;
            case "broken" -> BROKEN;
            case "accessible" -> ACCESSIBLE;
            default -> "";
        };
    }

    /** What a row says. */
    sealed interface Read {
        record Sound(RoomDraft draft) implements Read {}

        record Faulty(RowIssue issue) implements Read {}
    }

    /** The first cell that cannot be read at all. */
    static Optional<RowIssue> cells(SheetRow row) {
        for (SheetColumn column : columns()) {
            SheetCell cell = row.cell(column.name());
            String code = "";
            if (cell.kind() == SheetCell.Kind.FORMULA) {
                code = "CELL_FORMULA";
            } else if (cell.kind() == SheetCell.Kind.ERROR || column.required() && cell.isBlank()) {
                code = "CELL_REQUIRED";
            }
            if (!code.isEmpty()) {
                return Optional.of(new RowIssue(row.number(), column.name(), code, ""));
            }
        }
        return Optional.empty();
    }

    /**
     * Reads a row; columns that the file does not have leave a known room as it is.
     *
     * @param known the room of that name at that site
     */
    Read read(SheetRow row, SiteId site, Optional<Room> known) {
        Set<ExamMode> types = new HashSet<>();
        for (String part : parts(row.cell(TYPES).text())) {
            Optional<ExamMode> mode =
                    List.of(ExamMode.values()).stream()
                            .filter(one -> one.chinese().equals(part))
                            .findFirst();
            if (mode.isEmpty()) {
                return faulty(row, TYPES, SiteRefusal.ROOM_TYPE_UNKNOWN, part);
            }
            types.add(mode.get());
        }
        Set<LevelId> hosted = new HashSet<>();
        for (String part : parts(row.cell(LEVELS).text())) {
            LevelId level = levels.get(part);
            if (level == null) {
                return faulty(row, LEVELS, SiteRefusal.ROOM_LEVEL_UNKNOWN, part);
            }
            hosted.add(level);
        }
        return new Read.Sound(
                new RoomDraft(
                        site,
                        row.cell(NAME).text(),
                        types,
                        number(row.cell(SEATS).text()),
                        row.cell(COLUMNS).isBlank()
                                ? known.map(Room::columns).orElse(COLUMNS_USUAL)
                                : number(row.cell(COLUMNS).text()),
                        row.cell(ADDRESS).text(),
                        hosted,
                        seats(row, BROKEN, known.map(Room::broken)),
                        seats(row, ACCESSIBLE, known.map(Room::accessible))));
    }

    private static Read faulty(SheetRow row, String column, SiteRefusal code, String detail) {
        return new Read.Faulty(new RowIssue(row.number(), column, code.name(), detail));
    }

    private static List<String> parts(String text) {
        return List.of(text.split("[,，;；、]")).stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** What is no number of at most four digits becomes 0, which is refused as out of range. */
    private static int number(String text) {
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    }

    private static Set<Integer> seats(SheetRow row, String column, Optional<Set<Integer>> known) {
        return row.hasColumn(column)
                ? SeatList.read(row.cell(column).text())
                : known.orElse(Set.of());
    }
}
