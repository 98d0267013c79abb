package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.hub.arrangement.ArrangementRefusal;
import io.invigil.hub.candidate.CandidateIssue;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.candidate.PhotoIssue;
import io.invigil.hub.plan.PlanRefusal;
import io.invigil.hub.registration.RegistrationRefusal;
import io.invigil.hub.sheet.SheetRefusal;
import io.invigil.hub.site.SiteRefusal;
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
                        ArrangementRefusal.values(),
                        CandidateIssue.values(),
                        IdNumber.Fault.values(),
                        PhotoIssue.values(),
                        SheetRefusal.values())
                .flatMap(Stream::of)
                .forEach(code -> assertThat(texts).containsKey("issue." + code.name()));
    }
}
