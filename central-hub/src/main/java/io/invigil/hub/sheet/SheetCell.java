package io.invigil.hub.sheet;

/**
 * One cell as it stands in the file.
 *
 * @param text trimmed; of a number its plain decimal form; empty when blank or a formula
 */
public record SheetCell(Kind kind, String text) {
    public static final SheetCell BLANK = new SheetCell(Kind.BLANK, "");

    /** What the file says the cell is. */
    public enum Kind {
        BLANK,
        TEXT,
        NUMBER,
        /** Not evaluated, and its stored result is not trusted. */
        FORMULA,
        /** An Excel error such as #REF!. */
        ERROR
    }

    public boolean isBlank() {
        return kind == Kind.BLANK || (kind == Kind.TEXT && text.isEmpty());
    }
}
