package io.invigil.site.print;

import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.selftest.Health.Light;
import io.invigil.site.doctor.CheckLine;
import io.invigil.site.rehearsal.RehearsalResult;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The technician's check sheet (issue 3, part 8): each check with its measurement and a box for a
 * person's mark, the last rehearsal, places to sign. No personal data.
 */
public final class CheckSheet {
    private static final String BOX = "□";
    private static final double[] CHECKS = {24, 14, 74, 52, 16};
    private static final double[] FIGURES = {60, 44, 44, 24};
    private static final String LINE = "____________________";

    private final RoomFonts fonts = new RoomFonts();

    /** What stands on the sheet. */
    public record Content(
            String node,
            String site,
            String software,
            Instant at,
            List<CheckLine> checks,
            Optional<RehearsalResult> rehearsal) {}

    public byte[] pdf(Content content, Texts texts) {
        return PaperSheet.of(fonts, sheet -> fill(sheet, content, texts));
    }

    private void fill(PaperSheet sheet, Content content, Texts texts) throws IOException {
        sheet.title(texts.text("print.check.title"));
        sheet.facts(
                List.of(
                        new String[] {texts.text("print.check.node"), content.node()},
                        new String[] {texts.text("print.check.site"), content.site()},
                        new String[] {texts.text("print.check.at"), texts.stamp(content.at())},
                        new String[] {texts.text("print.check.software"), content.software()}));
        List<List<String>> rows = new ArrayList<>();
        for (CheckLine line : content.checks()) {
            rows.add(
                    List.of(
                            line.title(),
                            tone(line.light(), texts),
                            line.measured(),
                            line.advice().isEmpty() ? line.meaning() : line.advice(),
                            BOX));
        }
        sheet.table(
                CHECKS,
                List.of(
                        texts.text("print.check.check"),
                        texts.text("print.check.state"),
                        texts.text("print.check.measured"),
                        texts.text("print.check.advice"),
                        texts.text("print.check.seen")),
                rows);
        sheet.heading(texts.text("rehearsal.title"));
        rehearsal(sheet, content.rehearsal(), texts);
        sheet.heading(texts.text("print.check.sign"));
        sheet.facts(
                List.of(
                        new String[] {texts.text("print.check.technician"), LINE},
                        new String[] {texts.text("print.check.chief"), LINE},
                        new String[] {texts.text("print.check.date"), LINE},
                        new String[] {texts.text("print.check.date"), LINE}));
    }

    private static String tone(Optional<Light> light, Texts texts) {
        return texts.text("print.check.light." + light.map(Light::name).orElse("NONE"));
    }

    private void rehearsal(PaperSheet sheet, Optional<RehearsalResult> last, Texts texts)
            throws IOException {
        if (last.isEmpty()) {
            sheet.text(texts.text("print.check.no-rehearsal"), 10);
            return;
        }
        RehearsalResult result = last.get();
        sheet.text(
                texts.text(
                        "print.check.rehearsed",
                        texts.stamp(result.at()),
                        result.candidates(),
                        result.seconds(),
                        texts.text(result.passed() ? "print.check.passed" : "print.check.failed")),
                10);
        List<List<String>> rows = new ArrayList<>();
        for (RehearsalResult.Line line : result.lines()) {
            rows.add(
                    List.of(
                            texts.of("rehearsal.figure", line.figure()),
                            line.measured(),
                            line.limit(),
                            texts.text(
                                    line.passed() ? "print.check.passed" : "print.check.failed")));
        }
        sheet.table(
                FIGURES,
                List.of(
                        texts.text("print.check.figure"),
                        texts.text("print.check.measured"),
                        texts.text("print.check.limit"),
                        texts.text("print.check.state")),
                rows);
    }
}
