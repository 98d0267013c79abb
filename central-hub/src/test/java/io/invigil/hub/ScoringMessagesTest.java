package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.exam.code.CertificateCode;
import io.invigil.hub.certificate.CertificateDecision;
import io.invigil.hub.marking.MarkDecision;
import io.invigil.hub.marking.ScoreAlarm;
import io.invigil.hub.paper.PaperRefusal;
import io.invigil.hub.paper.qti.QtiIssue;
import io.invigil.hub.review.ReviewOutcome;
import io.invigil.hub.score.ScoreDecision;
import io.invigil.hub.score.SittingOutcome;
import io.invigil.testkit.MessageKeys;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoringMessagesTest {

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() {
        MessageKeys.assertComplete(
                getClass().getClassLoader(), ScoringWiring.MESSAGES.toArray(String[]::new));
    }

    @Test
    void everyCodeHasItsText() {
        Set<String> keys = new HashSet<>();
        for (String bundle : ScoringWiring.MESSAGES) {
            keys.addAll(I18n.read(getClass().getClassLoader(), bundle, Language.ZH_CN).keySet());
        }
        for (QtiIssue.Code code : QtiIssue.Code.values()) {
            assertThat(keys).contains(code.messageKey());
        }
        has(keys, "paper.refusal.", PaperRefusal.values());
        has(keys, "review.refusal.", ReviewOutcome.Code.values());
        has(keys, "score.refusal.", ScoreDecision.Code.values());
        has(keys, "score.mark.", MarkDecision.Code.values());
        has(keys, "score.alarm.", ScoreAlarm.Kind.values());
        has(keys, "score.outcome.", SittingOutcome.values());
        has(keys, "portal.outcome.", SittingOutcome.values());
        has(keys, "certificate.refusal.", CertificateDecision.Code.values());
        has(keys, "portal.verify.", CertificateCode.Reason.values());
    }

    private static void has(Set<String> keys, String prefix, Enum<?>[] codes) {
        for (Enum<?> code : codes) {
            assertThat(keys).contains(prefix + code.name());
        }
    }
}
