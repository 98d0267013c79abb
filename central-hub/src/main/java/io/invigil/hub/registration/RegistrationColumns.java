package io.invigil.hub.registration;

import io.invigil.hub.sheet.SheetColumn;
import java.util.List;

/** Columns of the sheet that registers by certificate (按证书批量导入报考). */
public final class RegistrationColumns {
    public static final String NAME = "考生姓名";
    public static final String ID_NUMBER = "身份证号";
    public static final String CERTIFICATE = "证书编号";
    public static final String LEVEL = "证书等级";
    public static final String REASON = "失败原因";
    public static final String SHEET = "按证书报考";

    private RegistrationColumns() {}

    public static List<SheetColumn> all() {
        return List.of(
                new SheetColumn(NAME, true, 14),
                new SheetColumn(ID_NUMBER, true, 22),
                new SheetColumn(CERTIFICATE, true, 18),
                new SheetColumn(LEVEL, true, 12));
    }
}
