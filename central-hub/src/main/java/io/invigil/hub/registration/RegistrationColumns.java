package io.invigil.hub.registration;

import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.sheet.SheetColumn;
import java.util.List;

/**
 * Columns of the sheets that register, and that remove registrations: by certificate (按证书批量导入报考) or
 * by subject (按科目批量导入报考).
 */
public final class RegistrationColumns {
    public static final String NAME = "考生姓名";
    public static final String ID_NUMBER = "身份证号";
    public static final String CERTIFICATE = "证书编号";
    public static final String LEVEL = "证书等级";
    public static final String SUBJECT = "科目编号";
    public static final String TARGET_TYPE = "参考对象类型";
    public static final String SHEET = "按证书报考";
    public static final String SUBJECT_SHEET = "按科目报考";

    private RegistrationColumns() {}

    /** By certificate. */
    public static List<SheetColumn> all() {
        return List.of(
                new SheetColumn(NAME, true, 14),
                new SheetColumn(ID_NUMBER, true, 22),
                new SheetColumn(CERTIFICATE, true, 18),
                new SheetColumn(LEVEL, true, 12),
                new SheetColumn(TARGET_TYPE, false, 16));
    }

    /** By subject; plan and certificate are chosen before. */
    public static List<SheetColumn> bySubject() {
        return List.of(
                new SheetColumn(NAME, true, 14),
                new SheetColumn(ID_NUMBER, true, 22),
                new SheetColumn(SUBJECT, true, 18),
                new SheetColumn(TARGET_TYPE, false, 16));
    }

    /** The columns of the plan's way of registering. */
    public static List<SheetColumn> of(RegistrationMode mode) {
        return mode == RegistrationMode.BY_CERTIFICATE ? all() : bySubject();
    }
}
