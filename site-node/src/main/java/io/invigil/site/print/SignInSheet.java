package io.invigil.site.print;

import io.invigil.appliance.i18n.Texts;
import io.invigil.exam.pack.Roster;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.room.core.DeskState;
import io.invigil.site.room.core.RoomState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 考场签到表, columns as domain section 7 names them; one sheet for each room and subject. Arrival times
 * are those of the node; the signature is the candidate's pen. Once somebody has left, the time of
 * leaving is a column of its own (domain, section 9).
 */
public final class SignInSheet {
    private static final double[] WIDTHS = {34, 46, 14, 22, 40};
    private static final double[] WIDTHS_WITH_LEAVING = {34, 42, 14, 20, 20, 26};

    private static final Pattern LEVEL = Pattern.compile("[（(]([^（）()]{1,10})[）)]\\s*$");

    private final RoomFonts fonts;

    public SignInSheet(RoomFonts fonts) {
        this.fonts = fonts;
    }

    /**
     * @param texts of zh-CN: the sheet is a form of the source
     */
    public byte[] pdf(ExamPackage pack, RoomState state, Texts texts) {
        return PaperSheet.of(fonts, sheet -> fill(sheet, pack, state, texts));
    }

    private void fill(PaperSheet sheet, ExamPackage pack, RoomState state, Texts texts)
            throws IOException {
        boolean first = true;
        for (Roster.Room room : pack.roster().rooms()) {
            for (Roster.Subject subject : pack.roster().subjects()) {
                List<Roster.Entry> entries =
                        pack.roster().entries().stream()
                                .filter(e -> e.room().equals(room.name()))
                                .filter(e -> e.subject().equals(subject.number()))
                                .sorted(Comparator.comparingInt(e -> seat(state, e)))
                                .toList();
                if (!entries.isEmpty()) {
                    if (!first) {
                        sheet.newPage();
                    }
                    first = false;
                    one(sheet, new Part(pack.roster(), room, subject, entries), state, texts);
                }
            }
        }
    }

    private record Part(
            Roster roster, Roster.Room room, Roster.Subject subject, List<Roster.Entry> entries) {}

    private void one(PaperSheet sheet, Part part, RoomState state, Texts texts) throws IOException {
        long came = part.entries().stream().filter(e -> came(state, e)).count();
        List<String> proctors =
                part.roster().staff().stream()
                        .filter(s -> s.role().equalsIgnoreCase("PROCTOR"))
                        .map(Roster.Staff::name)
                        .toList();
        List<String> schools =
                part.entries().stream().map(Roster.Entry::school).distinct().toList();
        sheet.title("考场签到表");
        sheet.facts(
                List.of(
                        pair("考核站点", part.room().address()),
                        pair("考场名称", part.room().name()),
                        pair("所属院校", String.join("、", schools)),
                        pair("考试科目", part.subject().name()),
                        pair("考试证书", LEVEL.matcher(part.subject().certificate()).replaceAll("")),
                        pair("证书等级", level(part.subject().certificate())),
                        pair(
                                "考试时间",
                                texts.dateTime(part.roster().slotStart())
                                        + " – "
                                        + texts.time(part.roster().slotEnd())),
                        pair("监考老师", String.join("、", proctors)),
                        pair("巡考老师", ""),
                        pair("实考人数", String.valueOf(came)),
                        pair("缺考人数", String.valueOf(part.entries().size() - came))));
        boolean anyLeft = part.entries().stream().anyMatch(e -> state.leftWall(e.sitting()) > 0);
        List<List<String>> rows = new ArrayList<>();
        for (Roster.Entry entry : part.entries()) {
            long arrived = state.desk().register(entry.sitting()).arrivedWall();
            List<String> row = new ArrayList<>();
            row.add(entry.admissionNumber());
            row.add(entry.school());
            row.add(String.valueOf(seat(state, entry)));
            row.add(clock(texts, arrived));
            if (anyLeft) {
                row.add(clock(texts, state.leftWall(entry.sitting())));
            }
            row.add(came(state, entry) ? "" : "缺考");
            rows.add(row);
        }
        sheet.table(
                anyLeft ? WIDTHS_WITH_LEAVING : WIDTHS,
                anyLeft
                        ? List.of("准考证号", "所属院校", "座位号", "到场时间", "离场时间", "考生签名")
                        : List.of("准考证号", "所属院校", "座位号", "到场时间", "考生签名"),
                rows);
    }

    private static String clock(Texts texts, long wall) {
        return wall == 0 ? "" : texts.time(Instant.ofEpochMilli(wall));
    }

    /** The roster has the certificate with its level, as printed elsewhere. */
    private static String level(String certificate) {
        Matcher level = LEVEL.matcher(certificate);
        return level.find() ? level.group(1) : "";
    }

    private static String[] pair(String name, String value) {
        return new String[] {name, value};
    }

    private static int seat(RoomState state, Roster.Entry entry) {
        return state.sitting(entry.sitting()).attendance().seat().orElse(entry.seat());
    }

    private static boolean came(RoomState state, Roster.Entry entry) {
        DeskState.Register register = state.desk().register(entry.sitting());
        boolean absent =
                state.sitting(entry.sitting()).attendance().absent().isPresent()
                        && !state.sitting(entry.sitting()).started();
        return register.arrivedWall() > 0 && !absent;
    }
}
