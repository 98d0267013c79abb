package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.hub.arrangement.ArrangementRefusal;
import io.invigil.hub.candidate.CandidateIssue;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.candidate.PhotoIssue;
import io.invigil.hub.fee.FeeRefusal;
import io.invigil.hub.plan.PlanRefusal;
import io.invigil.hub.registration.RegistrationRefusal;
import io.invigil.hub.sheet.SheetRefusal;
import io.invigil.hub.site.SiteRefusal;
import io.invigil.hub.violation.BanRefusal;
import io.invigil.testkit.MessageKeys;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrganisationMessagesTest {

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() {
        MessageKeys.assertComplete(
                getClass().getClassLoader(), OrganisationWiring.MESSAGES.toArray(String[]::new));
    }

    @Test
    void everyRefusalHasItsText() {
        Map<String, String> texts = I18n.read(getClass().getClassLoader(), "issue", Language.ZH_CN);
        Stream.of(
                        PlanRefusal.values(),
                        SiteRefusal.values(),
                        RegistrationRefusal.values(),
                        FeeRefusal.values(),
                        BanRefusal.values(),
                        ArrangementRefusal.values(),
                        CandidateIssue.values(),
                        IdNumber.Fault.values(),
                        PhotoIssue.values(),
                        SheetRefusal.values())
                .flatMap(Stream::of)
                .forEach(code -> assertThat(texts).containsKey("issue." + code.name()));
    }

    @Test
    void theHubsBundlesLoadTogether() {
        I18n all =
                I18n.load(
                        getClass().getClassLoader(),
                        java.time.ZoneId.of("Asia/Shanghai"),
                        HubMenu.bundles());
        assertThat(all.texts(Language.EN).text("plan.nav")).isEqualTo("Exam plans");
        HubMenu.entries()
                .forEach(entry -> assertThat(all.texts(Language.EN).has(entry.textKey())).isTrue());
    }

    @Test
    void everyKeyUsedInTemplatesAndPagesExists() throws java.io.IOException {
        for (String feature :
                java.util.List.of(
                        "plan",
                        "candidate",
                        "site",
                        "registration",
                        "arrangement",
                        "print",
                        "fee",
                        "violation",
                        "listing")) {
            for (String folder :
                    java.util.List.of("src/main/jte/", "src/main/java/io/invigil/hub/")) {
                MessageKeys.assertUsedKeysExist(
                        getClass().getClassLoader(),
                        java.nio.file.Path.of(folder + feature),
                        Stream.concat(OrganisationWiring.MESSAGES.stream(), Stream.of("appliance"))
                                .toArray(String[]::new));
            }
        }
    }
}
