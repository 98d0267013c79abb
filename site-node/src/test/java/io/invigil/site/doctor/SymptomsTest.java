package io.invigil.site.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.selftest.Health.Light;
import io.invigil.site.SiteTexts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Issue 3, part 8: a check that cannot fail is no check. Every symptom is brought about by a case,
 * on faked or real machinery, and said in both languages with its figures.
 */
class SymptomsTest {
    @TempDir Path directory;
    private final Map<Symptom, Measured> shown = new EnumMap<>(Symptom.class);

    @BeforeEach
    void bringAbout() throws Exception {
        new MachineCases(directory).all().forEach(this::keep);
        new LineCases().all().forEach(this::keep);
        new ContentCases(directory).all().forEach(this::keep);
        keep(new Doctor(List.of(broken()), Clock.systemUTC()).all().getFirst().measured());
    }

    private void keep(Measured measured) {
        assertThat(shown.put(measured.symptom(), measured)).as("%s", measured).isNull();
    }

    @Test
    void everySymptomIsBroughtAboutOnce() {
        assertThat(shown.keySet()).containsExactlyElementsOf(EnumSet.allOf(Symptom.class));
    }

    @Test
    void everyCheckCanSayThatAllIsWellAndThatItIsNot() {
        for (Check check : Check.values()) {
            List<Light> lights =
                    shown.keySet().stream()
                            .filter(symptom -> symptom.name().startsWith(check.name() + "_"))
                            .map(Symptom::light)
                            .toList();
            assertThat(lights).as(check.name()).contains(Light.OK, Light.FAILED);
        }
    }

    @Test
    void everySymptomIsSaidInBothLanguagesWithItsFigures() {
        I18n i18n =
                I18n.load(
                        SymptomsTest.class.getClassLoader(),
                        ZoneId.of("Asia/Shanghai"),
                        SiteTexts.BUNDLES);
        for (Language language : Language.values()) {
            Texts texts = i18n.texts(language);
            for (Measured measured : shown.values()) {
                Check check =
                        EnumSet.allOf(Check.class).stream()
                                .filter(c -> measured.symptom().name().startsWith(c + "_"))
                                .findFirst()
                                .orElse(Check.CLOCK);
                Finding finding = new Finding(check, measured, Clock.systemUTC().instant());
                CheckLine line = CheckLine.of(List.of(finding), List.of(), texts).getFirst();
                String all = line.title() + line.measured() + line.meaning() + line.limit();
                assertThat(all + line.advice())
                        .as("%s", line)
                        .doesNotContain("[doctor.")
                        .doesNotContainPattern("\\{[0-9]}");
                assertThat(line.advice().isEmpty())
                        .as("what to do about %s", measured)
                        .isEqualTo(finding.light() == Light.OK);
            }
        }
    }

    private static Probe broken() {
        return new Probe() {
            @Override
            public Check check() {
                return Check.CLOCK;
            }

            @Override
            public Measured look() {
                throw new IllegalStateException("secret detail");
            }
        };
    }
}
