package io.invigil.hub.sheet;

/** Why a file as a whole is not read. Names are stable codes. */
public enum SheetRefusal {
    /** More bytes than {@link SheetReader#FILE_BYTES_MAX}. */
    SHEET_TOO_LARGE,
    /** Nothing in it. */
    SHEET_EMPTY_FILE,
    /** Excel 97–2003 (.xls). */
    SHEET_IS_XLS,
    /** A zip that is no workbook, such as photos renamed. */
    SHEET_IS_ZIP,
    /** A text file, such as CSV renamed. */
    SHEET_IS_TEXT,
    /** None of the known kinds. */
    SHEET_UNKNOWN_KIND,
    /** Excel file with a password. */
    SHEET_ENCRYPTED,
    /** A workbook with macros (.xlsm). */
    SHEET_HAS_MACROS,
    /** Damaged: cut off, checksum or XML wrong. */
    SHEET_BROKEN,
    /** Unpacks to more than is allowed: a zip bomb. */
    SHEET_EXPANDS_TOO_FAR,
    /** The first sheet has no header row. */
    SHEET_NO_HEADER,
    /** Required headers are missing; the detail names them. */
    SHEET_HEADERS_MISSING,
    /** Headers that the template does not have; the detail names them. */
    SHEET_HEADERS_UNKNOWN,
    /** The same header twice. */
    SHEET_HEADERS_DOUBLE,
    /** More data rows than {@link SheetReader#ROWS_MAX}. */
    SHEET_TOO_MANY_ROWS,
    /** Header but no data. */
    SHEET_NO_ROWS,
    /** A cell longer than {@link SheetReader#CELL_CHARS_MAX}; the detail names it. */
    SHEET_CELL_TOO_LONG
}
