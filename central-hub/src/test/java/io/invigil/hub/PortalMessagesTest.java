package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.exam.room.PortalAnswer;
import io.invigil.hub.arrival.ArrivalRefusal;
import io.invigil.hub.casefile.CaseCode;
import io.invigil.hub.facecapture.FaceRefusal;
import io.invigil.hub.notice.NoticeRefusal;
import io.invigil.hub.portal.PortalRefusal;
import io.invigil.hub.request.RequestRefusal;
import io.invigil.testkit.MessageKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortalMessagesTest {
    /** Obstacles after which nothing is left to do. */
    private static final Set<CaseCode> END =
            Set.of(CaseCode.CERTIFICATE_NOT_PASSED, CaseCode.CERTIFICATE_REVOKED);

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() {
        MessageKeys.assertComplete(
                getClass().getClassLoader(), PortalWiring.MESSAGES.toArray(String[]::new));
    }

    @Test
    void everyKeyUsedInTemplatesAndPagesExists() throws IOException {
        for (String feature :
                List.of("portal", "casefile", "request", "notice", "facecapture", "arrival")) {
            for (String folder : List.of("src/main/jte/", "src/main/java/io/invigil/hub/")) {
                MessageKeys.assertUsedKeysExist(
                        getClass().getClassLoader(),
                        Path.of(folder + feature),
                        Stream.concat(HubMenu.bundles().stream(), Stream.of("appliance"))
                                .toArray(String[]::new));
            }
        }
    }

    @Test
    void everyLineOfACaseHasStateReasonAndNextStep() throws IOException {
        for (Language language : Language.values()) {
            Map<String, String> texts =
                    I18n.read(getClass().getClassLoader(), "casefile", language);
            for (CaseCode code : CaseCode.values()) {
                for (String part : List.of("state", "reason", "next")) {
                    assertThat(texts).containsKey("casefile." + part + "." + code);
                }
                assertThat(texts).containsKey("casefile.topic." + code.topic());
                boolean act = code.tone() == CaseCode.Tone.OBSTACLE;
                boolean says = !texts.get("casefile.next." + code).equals("-");
                assertThat(says || !act || END.contains(code)).as("next of " + code).isTrue();
            }
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
                List.<Enum<?>[]>of(
                        PortalRefusal.values(),
                        RequestRefusal.values(),
                        NoticeRefusal.values(),
                        FaceRefusal.values(),
                        ArrivalRefusal.values())) {
            for (Enum<?> refusal : refusals) {
                assertThat(all.texts(Language.EN).has("issue." + refusal.name()))
                        .as(refusal.name())
                        .isTrue();
            }
        }
    }

    @Test
    void whateverTheRoomSaysTheCandidateReadsIt() throws IOException {
        for (Language language : Language.values()) {
            Map<String, String> texts = I18n.read(getClass().getClassLoader(), "arrival", language);
            for (PortalAnswer answer : PortalAnswer.values()) {
                assertThat(texts).containsKey("arrival.state." + answer);
            }
            assertThat(texts).containsKeys("arrival.state.WAITS", "arrival.state.SILENT");
        }
    }
}
