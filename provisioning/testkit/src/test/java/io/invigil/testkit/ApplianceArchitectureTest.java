package io.invigil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.i18n.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplianceArchitectureTest {
    private static final ClassLoader LOADER = ApplianceArchitectureTest.class.getClassLoader();

    @Test
    void hasEveryTextInBothLanguages() throws IOException {
        MessageKeys.assertComplete(LOADER, "appliance");
        MessageKeys.assertUsedKeysExist(LOADER, Path.of("../appliance/src/main"), "appliance");
    }

    @Test
    void writesDatesWithWeekdays() {
        I18n i18n = I18n.load(LOADER, ZoneId.of("Asia/Shanghai"), List.of());
        Instant start = Instant.parse("2026-11-20T01:00:00Z");
        Texts chinese = i18n.texts(Language.ZH_CN);
        Texts english = i18n.texts(Language.EN);
        assertThat(chinese.dateTime(start)).isEqualTo("2026年11月20日 09:00（星期五）");
        assertThat(chinese.date(start)).isEqualTo("2026年11月20日（星期五）");
        assertThat(english.dateTime(start)).isEqualTo("Friday, 20 November 2026, 09:00");
        assertThat(chinese.duration(Duration.ofSeconds(5345))).isEqualTo("1:29:05");
        assertThat(chinese.money(-120_050)).isEqualTo("-¥1,200.50");
        assertThat(english.text("appliance.page.position", 1, 50, 312)).isEqualTo("1 to 50 of 312");
        assertThat(chinese.text("no.such.key")).isEqualTo("[no.such.key]");
    }
}
