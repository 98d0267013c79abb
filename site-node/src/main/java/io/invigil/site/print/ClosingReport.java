package io.invigil.site.print;

import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.qr.QrCode;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.paper.Interaction;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.room.core.DeskState;
import io.invigil.site.room.core.RoomState;
import io.invigil.site.room.core.SittingState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The report that proctors sign when the room is closed (issue 3, part 6): counts, time given,
 * cases, late changes, the hand-over list of answers on paper, and the ledger's heads as a QR code.
 */
public final class ClosingReport {
    private static final double QR_SIDE_MM = 62;

    private final RoomFonts fonts;

    public ClosingReport(RoomFonts fonts) {
        this.fonts = fonts;
    }

    /**
     * @param witness signed heads, as the ledger has them now
     */
    public byte[] pdf(ExamPackage pack, RoomState state, Texts texts, LedgerWitness witness) {
        return PaperSheet.of(fonts, sheet -> fill(sheet, pack, state, texts, witness));
    }

    private void fill(
            PaperSheet sheet, ExamPackage pack, RoomState state, Texts texts, LedgerWitness witness)
            throws IOException {
        Roster roster = pack.roster();
        sheet.title(texts.text("print.closing.title"));
        counts(sheet, roster, state, texts);
        timeGiven(sheet, roster, state, texts);
        DeskState.Room desk = state.desk().room(roster.exam());
        cases(sheet, roster, desk, texts);
        changes(sheet, roster, desk, texts);
        papers(sheet, roster, state, texts);
        sheet.heading(texts.text("print.closing.witness"));
        sheet.text(texts.text("print.closing.witness.hint"), 9);
        var code = QrCode.of(witness.line());
        if (code.isPresent()) {
            sheet.qr(code.get(), QR_SIDE_MM);
        }
        sheet.text(witness.line(), 6.5);
        sheet.heading(texts.text("print.closing.sign"));
        sheet.facts(
                List.of(
                        new String[] {texts.text("print.closing.proctor"), "____________________"},
                        new String[] {texts.text("print.closing.proctor"), "____________________"},
                        new String[] {texts.text("print.closing.patrol"), "____________________"},
                        new String[] {texts.text("print.closing.date"), "____________________"}));
    }

    private void counts(PaperSheet sheet, Roster roster, RoomState state, Texts texts)
            throws IOException {
        long came = 0;
        long handedIn = 0;
        long incidents = 0;
        for (Roster.Entry entry : roster.entries()) {
            SittingState sitting = state.now(entry.sitting());
            came += state.desk().register(entry.sitting()).arrivedWall() > 0 ? 1 : 0;
            handedIn += sitting.handedIn() ? 1 : 0;
            incidents += sitting.incidents();
        }
        long inRoom = state.exam(roster.exam()).map(e -> (long) e.incidents().size()).orElse(0L);
        List<String> rooms = roster.rooms().stream().map(Roster.Room::name).toList();
        sheet.facts(
                List.of(
                        pair(texts, "plan", roster.planName()),
                        pair(texts, "exam", roster.exam()),
                        pair(texts, "rooms", String.join("、", rooms)),
                        pair(
                                texts,
                                "time",
                                texts.dateTime(roster.slotStart())
                                        + " – "
                                        + texts.time(roster.slotEnd())),
                        pair(texts, "expected", String.valueOf(roster.entries().size())),
                        pair(texts, "came", String.valueOf(came)),
                        pair(texts, "absent", String.valueOf(roster.entries().size() - came)),
                        pair(texts, "handed-in", String.valueOf(handedIn)),
                        pair(texts, "incidents", String.valueOf(Math.max(inRoom, incidents)))));
    }

    private static String[] pair(Texts texts, String key, String value) {
        return new String[] {texts.text("print.closing." + key), value};
    }

    private void timeGiven(PaperSheet sheet, Roster roster, RoomState state, Texts texts)
            throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Roster.Entry entry : roster.entries()) {
            long granted = state.now(entry.sitting()).timing().grantedMillis();
            DeskState.Seat seat = state.desk().seat(state.latest(entry.sitting()));
            if (granted > 0 || seat.lostMillis() > 0) {
                rows.add(
                        List.of(
                                String.valueOf(entry.seat()),
                                entry.admissionNumber(),
                                seconds(seat.lostMillis()),
                                seconds(seat.compensatedMillis()),
                                seconds(granted)));
            }
        }
        section(
                sheet,
                texts,
                "time-given",
                new double[] {12, 40, 30, 30, 30},
                List.of("seat", "admission", "lost", "compensated", "granted"),
                rows);
    }

    private void cases(PaperSheet sheet, Roster roster, DeskState.Room desk, Texts texts)
            throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (DeskState.Case known : desk.cases().values()) {
            rows.add(
                    List.of(
                            texts.time(Instant.ofEpochMilli(known.openedWall())),
                            known.sitting().map(s -> admission(roster, s)).orElse("—"),
                            texts.text("proctoring.js.case." + known.kind()),
                            known.statement(),
                            known.outcome()
                                            .map(
                                                    o ->
                                                            texts.text("proctoring.js.outcome." + o)
                                                                    + " ")
                                            .orElse(texts.text("print.closing.open"))
                                    + known.note()));
        }
        section(
                sheet,
                texts,
                "cases",
                new double[] {14, 34, 34, 50, 50},
                List.of("at", "admission", "kind", "statement", "outcome"),
                rows);
    }

    private void changes(PaperSheet sheet, Roster roster, DeskState.Room desk, Texts texts)
            throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (DeskState.Change change : desk.changes()) {
            rows.add(
                    List.of(
                            texts.time(Instant.ofEpochMilli(change.wallMillis())),
                            change.sitting().map(s -> admission(roster, s)).orElse("—"),
                            texts.text("proctoring.js.change." + change.kind()),
                            change.detail(),
                            change.reason()));
        }
        section(
                sheet,
                texts,
                "changes",
                new double[] {14, 34, 30, 50, 40},
                List.of("at", "admission", "kind", "detail", "reason"),
                rows);
    }

    private void papers(PaperSheet sheet, Roster roster, RoomState state, Texts texts)
            throws IOException {
        List<List<String>> rows =
                roster.entries().stream()
                        .filter(
                                e ->
                                        state.desk().register(e.sitting()).sheets() > 0
                                                || onPaper(state, e) > 0)
                        .sorted(Comparator.comparingInt(Roster.Entry::seat))
                        .map(
                                e ->
                                        List.of(
                                                String.valueOf(e.seat()),
                                                e.admissionNumber(),
                                                e.subject(),
                                                String.valueOf(onPaper(state, e)),
                                                String.valueOf(
                                                        state.desk()
                                                                .register(e.sitting())
                                                                .sheets()),
                                                ""))
                        .toList();
        section(
                sheet,
                texts,
                "papers",
                new double[] {12, 40, 26, 20, 20, 50},
                List.of("seat", "admission", "subject", "on-paper", "sheets", "received-by"),
                rows);
    }

    /** Items whose box holds 已线下作答: their sheets are to be handed over (source 000, step 7). */
    private static long onPaper(RoomState state, Roster.Entry entry) {
        return state.sitting(entry.sitting()).answers().values().stream()
                .filter(
                        answer ->
                                answer.response().values().stream()
                                        .anyMatch(Interaction::isOnPaper))
                .count();
    }

    private static void section(
            PaperSheet sheet,
            Texts texts,
            String name,
            double[] widths,
            List<String> head,
            List<List<String>> rows)
            throws IOException {
        sheet.heading(texts.text("print.closing." + name));
        if (rows.isEmpty()) {
            sheet.text(texts.text("print.closing.none"), 10);
        } else {
            sheet.table(
                    widths,
                    head.stream().map(key -> texts.text("print.closing." + key)).toList(),
                    rows);
        }
    }

    private static String admission(Roster roster, long sitting) {
        return roster.entries().stream()
                .filter(e -> e.sitting() == sitting)
                .map(Roster.Entry::admissionNumber)
                .findFirst()
                .orElse("—");
    }

    private static String seconds(long millis) {
        return "%d:%02d".formatted(millis / 60_000, millis / 1_000 % 60);
    }
}
