package io.invigil.hub.candidate;

import io.invigil.hub.importjob.SheetRun;
import io.invigil.hub.sheet.SheetColumn;
import java.util.List;

/** Columns of the candidates' sheet, named as in source 002 section 4. */
public final class CandidateColumns {
    public static final String NAME = "姓名";
    public static final String PINYIN = "姓名拼音";
    public static final String ID_NUMBER = "身份证号";
    public static final String MOBILE = "手机号";
    public static final String MAJOR = "就读专业";
    public static final String PROGRAMME_LEVEL = "专业层次";
    public static final String ENROLMENT_YEAR = "入学年份";
    public static final String TYPE = "考生类型";
    public static final String MAIL = "电子邮箱";

    /** Column of failed rows; ignored when such a sheet comes back corrected. */
    public static final String REASON = SheetRun.REASON;

    public static final String SHEET = "考生信息";

    private CandidateColumns() {}

    /** For adding candidates. */
    public static List<SheetColumn> forAdding() {
        return List.of(
                new SheetColumn(NAME, true, 14),
                new SheetColumn(PINYIN, false, 20),
                new SheetColumn(ID_NUMBER, true, 22),
                new SheetColumn(MOBILE, true, 16),
                new SheetColumn(MAJOR, true, 24),
                new SheetColumn(PROGRAMME_LEVEL, true, 12),
                new SheetColumn(ENROLMENT_YEAR, true, 12),
                new SheetColumn(TYPE, false, 14),
                new SheetColumn(MAIL, false, 28));
    }

    /** For changing: the ID number finds the candidate, the other columns present are changed. */
    public static List<SheetColumn> forChanging() {
        return forAdding().stream()
                .map(
                        column ->
                                new SheetColumn(
                                        column.name(),
                                        column.name().equals(ID_NUMBER),
                                        column.widthChars()))
                .toList();
    }
}
