package io.invigil.hub.candidate;

import io.invigil.hub.message.Message;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetCell;
import io.invigil.hub.sheet.SheetRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One row's values, checked one by one; the form of a single candidate goes the same way. What is
 * wrong is collected, not thrown.
 */
final class CandidateFields {
    static final int YEAR_MIN = 1950;
    static final int YEAR_MAX = 2100;
    static final String DEFAULT_TYPE = "院校考生";

    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");
    private static final Pattern MOBILE_SPACES = Pattern.compile("[\\s-]");
    private static final Pattern PINYIN = Pattern.compile("[\\p{IsLatin}'’·\\- ]*");

    private final SheetRow row;
    private final List<RowIssue> issues = new ArrayList<>();

    CandidateFields(SheetRow row) {
        this.row = row;
    }

    List<RowIssue> issues() {
        return issues;
    }

    /** The ID number; empty with an issue when there is no sound one. */
    Optional<IdNumber> idNumber() {
        SheetCell cell = row.cell(CandidateColumns.ID_NUMBER);
        if (cell.kind() == SheetCell.Kind.NUMBER) {
            issue(CandidateColumns.ID_NUMBER, CandidateIssue.ID_NUMERIC_CELL, "");
            return Optional.empty();
        }
        String text = text(CandidateColumns.ID_NUMBER, 40, true);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (IdNumber.read(text)) {
            case IdNumber.Reading.Valid valid -> Optional.of(valid.number());
            case IdNumber.Reading.Invalid invalid -> {
                issue(CandidateColumns.ID_NUMBER, invalid.fault(), "");
                yield Optional.empty();
            }
        };
    }

    /** A text, empty when the cell is blank or at fault. */
    String text(String column, int charsMax, boolean required) {
        SheetCell cell = row.cell(column);
        switch (cell.kind()) {
            case FORMULA -> issue(column, CandidateIssue.CELL_FORMULA, "");
            case ERROR -> issue(column, CandidateIssue.CELL_ERROR, "");
            case BLANK -> {
                if (required) {
                    issue(column, CandidateIssue.CELL_REQUIRED, "");
                }
            }
            case TEXT, NUMBER -> {
                return sound(column, cell.text(), charsMax);
            }
        }
        return "";
    }

    private String sound(String column, String text, int charsMax) {
        if (text.length() > charsMax) {
            issue(column, CandidateIssue.CELL_TOO_LONG, Integer.toString(charsMax));
            return "";
        }
        boolean control =
                text.codePoints()
                        .anyMatch(
                                point ->
                                        Character.isISOControl(point)
                                                || Character.getType(point) == Character.FORMAT
                                                || Character.getType(point) == Character.SURROGATE);
        if (control) {
            issue(column, CandidateIssue.CELL_CONTROL_CHARACTERS, "");
            return "";
        }
        return text;
    }

    String mobile(boolean required) {
        String text =
                MOBILE_SPACES.matcher(text(CandidateColumns.MOBILE, 30, required)).replaceAll("");
        if (!text.isEmpty() && !MOBILE.matcher(text).matches()) {
            issue(CandidateColumns.MOBILE, CandidateIssue.MOBILE_MALFORMED, "");
        }
        return text;
    }

    /** Empty when blank or at fault. */
    String mail() {
        String text = text(CandidateColumns.MAIL, Message.RECIPIENT_CHARS_MAX, false);
        if (!text.isEmpty() && !Outbox.isMailAddress(text)) {
            issue(CandidateColumns.MAIL, CandidateIssue.MAIL_MALFORMED, "");
            return "";
        }
        return text;
    }

    String pinyin() {
        String text = text(CandidateColumns.PINYIN, 200, false);
        if (!PINYIN.matcher(text).matches()) {
            issue(CandidateColumns.PINYIN, CandidateIssue.PINYIN_MALFORMED, "");
        }
        return text;
    }

    /** Zero when blank or at fault. */
    int enrolmentYear(boolean required) {
        String text = text(CandidateColumns.ENROLMENT_YEAR, 20, required).replace("年", "");
        if (text.isEmpty()) {
            return 0;
        }
        if (text.matches("\\d{4}")) {
            int year = Integer.parseInt(text);
            if (year >= YEAR_MIN && year <= YEAR_MAX) {
                return year;
            }
        }
        issue(CandidateColumns.ENROLMENT_YEAR, CandidateIssue.YEAR_MALFORMED, "");
        return 0;
    }

    void issue(String column, Enum<?> code, String detail) {
        issues.add(new RowIssue(row.number(), column, code.name(), detail));
    }
}
