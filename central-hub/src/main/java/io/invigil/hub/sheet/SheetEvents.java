package io.invigil.hub.sheet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.model.SharedStrings;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The events of one sheet's XML (ECMA-376 part 1, section 18.3) to header and rows. */
final class SheetEvents extends DefaultHandler {

    /** Stops the parser: the file is refused. */
    static final class Refusal extends SAXException {
        private static final long serialVersionUID = 1L;
        private final transient SheetReading.Refused refused;

        Refusal(SheetRefusal code, String detail) {
            super(code.name());
            this.refused = new SheetReading.Refused(code, detail);
        }

        SheetReading.Refused refused() {
            return refused;
        }
    }

    private final Map<String, SheetColumn> known = new HashMap<>();
    private final List<SheetColumn> columns;
    private final Set<String> ignored;
    private final Map<Integer, String> columnAt = new HashMap<>();
    private final Predicate<SheetRow> taker;
    private final Map<Integer, SheetCell> current = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    private SharedStrings strings;
    private boolean headerRead;
    private int rows;
    private int rowNumber;
    private int cellColumn = -1;
    private String cellType = "";
    private boolean formula;
    private boolean collecting;
    private boolean phonetic;

    /**
     * @param taker of each row; false refuses the file as one that expands too far
     */
    SheetEvents(List<SheetColumn> columns, List<String> ignored, Predicate<SheetRow> taker) {
        this.taker = taker;
        this.columns = columns;
        this.ignored = Set.copyOf(ignored);
        for (SheetColumn column : columns) {
            known.put(column.name(), column);
        }
    }

    void sharedStrings(SharedStrings table) {
        this.strings = table;
    }

    /** Why the sheet as a whole is not used, after all of it was read. */
    Optional<SheetReading.Refused> finish() {
        if (!headerRead) {
            return Optional.of(new SheetReading.Refused(SheetRefusal.SHEET_NO_HEADER, ""));
        }
        if (rows == 0) {
            return Optional.of(new SheetReading.Refused(SheetRefusal.SHEET_NO_ROWS, ""));
        }
        return Optional.empty();
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes)
            throws SAXException {
        switch (name) {
            case "row" -> startRow(attributes.getValue("r"));
            case "c" -> startCell(attributes);
            case "f" -> formula = true;
            case "rPh" -> phonetic = true;
            case "v" -> collecting = true;
            case "t" -> collecting = !phonetic;
            default -> {
                // styles, links, merged cells: nothing that carries a value
            }
        }
    }

    @Override
    public void endElement(String uri, String name, String qualified) throws SAXException {
        switch (name) {
            case "row" -> endRow();
            case "c" -> endCell();
            case "rPh" -> phonetic = false;
            case "v", "t" -> collecting = false;
            default -> {
                // see startElement
            }
        }
    }

    @Override
    public void characters(char[] chars, int start, int length) throws SAXException {
        if (!collecting) {
            return;
        }
        if (text.length() + length > CHARS_PER_CELL_READ_MAX) {
            throw tooLong();
        }
        text.append(chars, start, length);
    }

    private static final int CHARS_PER_CELL_READ_MAX = 40_000;
    private static final int REFERENCE_LETTERS_MAX = 3;

    private void startRow(String number) {
        rowNumber = number == null ? rowNumber + 1 : Integer.parseInt(number);
        current.clear();
        cellColumn = -1;
    }

    private void startCell(Attributes attributes) throws SAXException {
        String reference = attributes.getValue("r");
        cellColumn = reference == null ? cellColumn + 1 : column(reference);
        cellType = attributes.getValue("t") == null ? "n" : attributes.getValue("t");
        formula = false;
        text.setLength(0);
    }

    /** The column of a reference such as {@code AB12}, from 0. */
    private static int column(String reference) {
        int column = 0;
        int at = 0;
        while (at < reference.length() && Character.isLetter(reference.charAt(at))) {
            char letter = Character.toUpperCase(reference.charAt(at++));
            if (letter < 'A' || letter > 'Z' || at > REFERENCE_LETTERS_MAX) {
                throw new IllegalArgumentException("no cell is named " + reference);
            }
            column = column * 26 + letter - 'A' + 1;
        }
        if (at == 0) {
            throw new IllegalArgumentException("no cell is named " + reference);
        }
        return column - 1;
    }

    private void endCell() throws SAXException {
        boolean wanted = headerRead ? columnAt.containsKey(cellColumn) : true;
        if (!wanted) {
            return;
        }
        SheetCell cell = cell();
        if (cell.text().length() > SheetReader.CELL_CHARS_MAX) {
            throw tooLong();
        }
        if (!cell.isBlank()) {
            if (!headerRead && current.size() >= SheetReader.COLUMNS_MAX) {
                throw new Refusal(SheetRefusal.SHEET_HEADERS_UNKNOWN, "> 64");
            }
            current.put(cellColumn, cell);
        }
    }

    private SheetCell cell() throws SAXException {
        if (formula) {
            return new SheetCell(SheetCell.Kind.FORMULA, "");
        }
        String raw = text.toString();
        return switch (cellType) {
            case "s" -> raw.isBlank() ? SheetCell.BLANK : textCell(shared(raw.strip()));
            case "inlineStr", "str" -> textCell(raw);
            case "b" -> textCell(raw.strip().equals("1") ? "TRUE" : "FALSE");
            case "e" -> new SheetCell(SheetCell.Kind.ERROR, raw.strip());
            default -> raw.isBlank() ? SheetCell.BLANK : number(raw.strip());
        };
    }

    private String shared(String index) throws SAXException {
        int at = Integer.parseInt(index);
        if (at < 0 || at >= strings.getUniqueCount()) {
            throw new SAXException("shared string " + at + " does not exist");
        }
        return strings.getItemAt(at).getString();
    }

    private static SheetCell textCell(String raw) {
        String stripped = raw.replace('\u00a0', ' ').replace("\ufeff", "").strip();
        return stripped.isEmpty() ? SheetCell.BLANK : new SheetCell(SheetCell.Kind.TEXT, stripped);
    }

    private static SheetCell number(String raw) {
        BigDecimal value = new BigDecimal(raw);
        // a hostile exponent would print as gigabytes of zeros
        boolean sane = Math.abs((long) value.scale()) < 100 && value.precision() < 100;
        String plain = sane ? value.stripTrailingZeros().toPlainString() : raw;
        return new SheetCell(SheetCell.Kind.NUMBER, plain);
    }

    private void endRow() throws SAXException {
        if (current.isEmpty()) {
            return;
        }
        if (!headerRead) {
            readHeader();
            return;
        }
        if (rows >= SheetReader.ROWS_MAX) {
            throw new Refusal(
                    SheetRefusal.SHEET_TOO_MANY_ROWS, Integer.toString(SheetReader.ROWS_MAX));
        }
        Map<String, SheetCell> cells = new HashMap<>();
        columnAt.forEach((at, name) -> cells.put(name, current.getOrDefault(at, SheetCell.BLANK)));
        rows++;
        if (!taker.test(new SheetRow(rowNumber, cells))) {
            throw new Refusal(SheetRefusal.SHEET_EXPANDS_TOO_FAR, "");
        }
    }

    private void readHeader() throws SAXException {
        List<String> unknown = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        current.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        cell -> {
                            String name = headerName(cell.getValue().text());
                            if (!seen.add(name)) {
                                doubled.add(name);
                            } else if (known.containsKey(name)) {
                                columnAt.put(cell.getKey(), name);
                            } else if (!ignored.contains(name)) {
                                unknown.add(name);
                            }
                        });
        List<String> missing =
                columns.stream()
                        .filter(SheetColumn::required)
                        .map(SheetColumn::name)
                        .filter(name -> !seen.contains(name))
                        .toList();
        refuse(SheetRefusal.SHEET_HEADERS_MISSING, missing);
        refuse(SheetRefusal.SHEET_HEADERS_UNKNOWN, unknown);
        refuse(SheetRefusal.SHEET_HEADERS_DOUBLE, doubled);
        headerRead = true;
    }

    private static void refuse(SheetRefusal code, List<String> names) throws Refusal {
        if (!names.isEmpty()) {
            String list = String.join("、", names);
            throw new Refusal(code, list.length() > 200 ? list.substring(0, 200) + "…" : list);
        }
    }

    private static String headerName(String raw) {
        return raw.replaceAll("[\\s\\u3000]", "").replaceFirst("^[*＊]", "");
    }

    private Refusal tooLong() {
        String where = new CellReference(Math.max(rowNumber - 1, 0), cellColumn).formatAsString();
        return new Refusal(SheetRefusal.SHEET_CELL_TOO_LONG, where);
    }
}
