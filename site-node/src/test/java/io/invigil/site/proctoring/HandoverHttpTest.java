package io.invigil.site.proctoring;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.exam.pack.SittingHolder;
import io.invigil.protocol.paper.ReleaseCode;
import io.invigil.site.PaperHub;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Domain, section 11: where no line is, a sitting is given up by a code of two officials. */
class HandoverHttpTest {
    @TempDir Path directory;

    @Test
    void eachOfTwoProctorsSeesOneHalfAndOnlyOfWhatIsReleasedForGood() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 3);
            Client li = site.run();
            Client wang = site.proctor("wang");
            assertThat(li.get(exam("handover/1001")).body()).contains("HANDOVER_NOT_RELEASED");
            li.ok(
                    exam("actions"),
                    Map.of("action", "release", "sittings", List.of(1001), "reason", "漏水"));
            ReleaseCode code =
                    SittingHolder.handoverCode(
                            PaperHub.KEYS.handoverKey().orElseThrow(), PaperHub.EXAM, 1001);
            for (int look = 0; look < 2; look++) {
                assertThat(half(li)).isEqualTo("1 " + code.half(1));
                assertThat(half(wang)).isEqualTo("2 " + code.half(2));
                site.restart();
            }
            assertThat(wang.get(exam("handover/1002")).statusCode()).isEqualTo(409);
            assertThat(wang.get(exam("handover/1999")).statusCode()).isEqualTo(404);
            assertThat(site.client().get(exam("handover/1001")).statusCode()).isEqualTo(401);
            assertThat(li.refusal(exam("check-in"), Map.of("number", "2026000001", "reason", "x")))
                    .as("given up for good")
                    .isEqualTo("409 SITTING_RELEASED");
        }
    }

    private static String half(Client proctor) {
        JsonNode told = proctor.json(exam("handover/1001"));
        assertThat(told.path("sitting").asLong()).isEqualTo(1001);
        return told.path("half").asInt() + " " + told.path("code").asText();
    }
}
