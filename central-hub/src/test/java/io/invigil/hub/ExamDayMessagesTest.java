package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.exam.room.RoomPhase;
import io.invigil.hub.examday.Trouble;
import io.invigil.testkit.MessageKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExamDayMessagesTest {
    private final ClassLoader loader = getClass().getClassLoader();

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() {
        MessageKeys.assertComplete(loader, ExamDayWiring.MESSAGES.toArray(String[]::new));
    }

    @Test
    void everyTroubleAndPhaseHasItsText() {
        Map<String, String> texts = I18n.read(loader, "examday", Language.ZH_CN);
        for (Trouble.Kind kind : Trouble.Kind.values()) {
            assertThat(texts).containsKeys("examday.trouble." + kind, "examday.short." + kind);
        }
        for (RoomPhase phase : RoomPhase.values()) {
            assertThat(texts).containsKey("examday.phase." + phase);
        }
    }

    @Test
    void everyKeyUsedInTemplatesAndPagesExists() throws IOException {
        String[] bundles =
                Stream.concat(ExamDayWiring.MESSAGES.stream(), Stream.of("appliance", "hub"))
                        .toArray(String[]::new);
        for (String folder : List.of("src/main/jte/", "src/main/java/io/invigil/hub/")) {
            for (String feature : List.of("examday", "centreword", "latechange")) {
                MessageKeys.assertUsedKeysExist(loader, Path.of(folder + feature), bundles);
            }
        }
    }
}
