package io.invigil.site.technician;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.ledger.LedgerAlarm;
import io.invigil.protocol.node.NodeAlarm;
import io.invigil.site.space.SpaceLevel;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Style, "What the people in the room expect": a technician reads what happened and what to do. */
class AlarmTextsTest {
    private static final List<String> OTHERS =
            List.of(
                    "SECOND_DEVICE_UNUSABLE",
                    "BLOB_LOST",
                    "BLOB_NOT_KEPT",
                    "BLOB_KEY_DAMAGED",
                    "BLOB_MARK_NOT_KEPT",
                    "BLOB_UNREADABLE",
                    "HISTORY_LAGS",
                    "HISTORY_AHEAD",
                    "HISTORY_STUCK",
                    "HISTORY_REBUILT",
                    "HISTORY_CLOSE_FAILED",
                    "REHEARSAL_LEFT_FILES",
                    "TRUST_ROOT_ADVANCED",
                    "REVOCATIONS_REFUSED",
                    "NODE_KEY_REVOKED",
                    "CERTIFICATES_RENEWED",
                    "other");

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh_CN"})
    void everyAlarmIsSaidInWordsInBothLanguages(String language) {
        Properties texts = bundle(language);
        List<String> codes =
                Stream.of(
                                Arrays.stream(NodeAlarm.values()).map(Enum::name),
                                Arrays.stream(LedgerAlarm.Kind.values())
                                        .map(kind -> "LEDGER_" + kind),
                                Arrays.stream(SpaceLevel.values()).map(level -> "DISK_" + level),
                                OTHERS.stream())
                        .flatMap(all -> all)
                        .toList();
        assertThat(codes)
                .allSatisfy(
                        code ->
                                assertThat(texts.getProperty("technician.js.alarm." + code))
                                        .as(code)
                                        .isNotBlank());
        boolean chinese = language.equals("zh_CN");
        assertThat(codes.stream().map(code -> texts.getProperty("technician.js.alarm." + code)))
                .allMatch(text -> text.matches(".*\\p{IsHan}.*") == chinese);
    }

    private static Properties bundle(String language) {
        String name = "/messages/technician_" + language + ".properties";
        try (Reader in =
                new InputStreamReader(
                        AlarmTextsTest.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            Properties texts = new Properties();
            texts.load(in);
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
