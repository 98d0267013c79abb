package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.hub.audit.AuditAction;
import io.invigil.hub.audit.AuditFinding;
import io.invigil.testkit.MessageKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OfficeMessagesTest {
    private static final Pattern RECORDED =
            Pattern.compile(
                    "(?:audit\\s*\\.(?:created|changed|deleted|read|exported)\\(\\s*tx,\\s*[^\"]{1,80}?"
                        + "|Change\\.(?:created|changed|deleted)\\(\\s*)\"([a-z-]+)\"");

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() {
        MessageKeys.assertComplete(
                getClass().getClassLoader(), OfficeWiring.MESSAGES.toArray(String[]::new));
    }

    @Test
    void everyKeyUsedInTemplatesAndPagesExists() throws IOException {
        for (String folder :
                List.of("src/main/jte/office", "src/main/java/io/invigil/hub/office")) {
            MessageKeys.assertUsedKeysExist(
                    getClass().getClassLoader(),
                    Path.of(folder),
                    Stream.concat(
                                    OfficeWiring.MESSAGES.stream(),
                                    Stream.of("listing", "intake", "issue", "appliance"))
                            .toArray(String[]::new));
        }
    }

    @Test
    void everyRefusalHasItsText() {
        I18n all =
                I18n.load(
                        getClass().getClassLoader(),
                        java.time.ZoneId.of("Asia/Shanghai"),
                        HubMenu.bundles());
        for (Enum<?>[] refusals :
                List.of(
                        io.invigil.hub.office.StaffRefusal.values(),
                        io.invigil.hub.organisation.OrganisationRefusal.values())) {
            for (Enum<?> refusal : refusals) {
                assertThat(all.texts(Language.EN).has("issue." + refusal.name()))
                        .as(refusal.name())
                        .isTrue();
            }
        }
    }

    @Test
    void actionsFindingsAndEveryKindOfRecordHaveTheirTexts() throws IOException {
        Map<String, String> texts = I18n.read(getClass().getClassLoader(), "audit", Language.ZH_CN);
        for (AuditAction action : AuditAction.values()) {
            assertThat(texts).containsKey("audit.action." + action);
        }
        for (AuditFinding.Kind kind : AuditFinding.Kind.values()) {
            assertThat(texts).containsKey("audit.finding." + kind);
        }
        TreeSet<String> kinds = new TreeSet<>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher found = RECORDED.matcher(Files.readString(file));
                while (found.find()) {
                    kinds.add(found.group(1));
                }
            }
        }
        assertThat(kinds).contains("plan", "candidate", "score", "audit");
        kinds.forEach(kind -> assertThat(texts).containsKey("audit.subject." + kind));
    }
}
