package io.invigil.site.doctor;

import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.selftest.Health.Light;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One check in a reader's language; JSON of {@code GET /api/technician/checks} and of {@code
 * invigil doctor --json}.
 *
 * @param light empty when it was not made yet
 * @param advice what to do; empty text when all is well
 * @param limit the thresholds and where they come from
 */
public record CheckLine(
        Check check,
        Optional<Light> light,
        Optional<Symptom> symptom,
        Optional<Instant> at,
        List<String> values,
        String title,
        String measured,
        String meaning,
        String advice,
        String limit) {
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");

    /** All checks of a doctor in the order of the page. */
    public static List<CheckLine> of(List<Finding> findings, List<Check> notMade, Texts texts) {
        List<CheckLine> lines = new ArrayList<>();
        for (Check check : Check.values()) {
            findings.stream()
                    .filter(finding -> finding.check() == check)
                    .findFirst()
                    .ifPresent(finding -> lines.add(of(finding, texts)));
            if (notMade.contains(check)) {
                lines.add(notMade(check, texts));
            }
        }
        return lines;
    }

    private static CheckLine of(Finding finding, Texts texts) {
        Symptom symptom = finding.symptom();
        List<String> values = finding.measured().values();
        return new CheckLine(
                finding.check(),
                Optional.of(finding.light()),
                Optional.of(symptom),
                Optional.of(finding.at()),
                values,
                texts.of("doctor.check", finding.check()),
                texts.text(
                        "doctor.measured." + symptom,
                        values.stream().map(value -> shown(value, texts)).toArray()),
                texts.of("doctor.means", symptom),
                finding.light() == Light.OK ? "" : texts.of("doctor.do", symptom),
                texts.of("doctor.limit", finding.check()));
    }

    /** Times are measured as instants and read in the room's zone. */
    private static String shown(String value, Texts texts) {
        return INSTANT.matcher(value).matches() ? texts.dateTime(Instant.parse(value)) : value;
    }

    private static CheckLine notMade(Check check, Texts texts) {
        return new CheckLine(
                check,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                texts.of("doctor.check", check),
                texts.text("doctor.not-made"),
                "",
                "",
                texts.of("doctor.limit", check));
    }
}
