package io.invigil.site.print;

import static io.invigil.site.SiteFixture.exam;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.appliance.qr.QrCode;
import io.invigil.exam.code.TicketCode;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.ledger.EpochHeads;
import io.invigil.protocol.ledger.LaneHead;
import io.invigil.site.PaperHub;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Domain section 7: the columns of the sign-in sheet; section 9: the time of leaving; issue 3 part
 * 6: the closing report.
 */
class RoomPrintsTest {
    @TempDir Path directory;

    @Test
    void theRoomPrintsWhoCameAndWhatHappenedWithoutALine() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 4);
            Client li = site.run();
            byte[] ticket =
                    QrCode.of(new TicketCode("K2026", "2026000001").text()).orElseThrow().png(6);
            JsonNode seen =
                    Json.readTree(li.picture(exam("scan"), ticket).body().getBytes(UTF_8))
                            .orElseThrow();
            assertThat(seen.path("admissionNumber").asText()).isEqualTo("2026000001");
            li.ok(exam("check-in"), Map.of("number", "2026000001", "camera", true));
            Client candidate = site.client();
            candidate.ok("/api/exam/login", Map.of("number", "2026000001", "pin", "246001"));
            long lease =
                    candidate
                            .ok("/api/exam/writer", Map.of("takeover", false))
                            .path("lease")
                            .asLong();
            candidate.ok("/api/exam/start", Map.of("lease", lease));
            candidate.ok("/api/exam/hand-in", Map.of("lease", lease));
            long sitting = seen.path("sitting").asLong();
            li.ok(
                    exam("actions"),
                    Map.of("action", "papers", "sittings", List.of(sitting), "sheets", 7));
            JsonNode seat = li.json(exam("state")).path("rooms").get(0).path("taken").get(0);
            assertThat(seat.path("desk").path("arrived").asText()).matches("\\d\\d:\\d\\d");
            assertThat(seat.path("desk").path("left").asText()).matches("\\d\\d:\\d\\d");
            JsonNode presence = li.json(exam("state")).path("presence");
            assertThat(presence.path("arrived").asInt()).isEqualTo(1);
            assertThat(presence.path("left").asInt()).isEqualTo(1);

            String sheet = text(li.bytes("/room/" + PaperHub.EXAM + "/sign-in.pdf"));
            assertThat(sheet)
                    .contains("考场签到表", "考核站点", "所属院校", "考试证书", "证书等级")
                    .contains(
                            "监考老师", "巡考老师", "实考人数：1", "缺考人数：3", "准考证号", "座位号", "到场时间", "离场时间",
                            "考生签名")
                    .contains("2026000004", "缺考");
            String report = text(li.bytes("/room/" + PaperHub.EXAM + "/closing.pdf"));
            assertThat(report).contains("XSPW1|", "2026000001", "7");
        }
    }

    @Test
    void theWitnessIsTheNodesAndOfExactlyTheseHeads() {
        SigningKey key = SigningKey.generate(Entropy.secure());
        EpochHeads heads =
                new EpochHeads(
                        new EpochId("ab".repeat(16)),
                        Optional.empty(),
                        false,
                        1,
                        9,
                        Map.of(Lane.RES, new LaneHead(5, Digest.sha256(new byte[] {1}))));
        LedgerWitness witness = LedgerWitness.of("node-1", "E-1", heads, 1_900_000_000_000L, key);
        assertThat(witness.verify(key.verifyKey())).isTrue();
        assertThat(witness.line().length()).isLessThan(QrCode.TEXT_CHARS_MAX);
        var other = new LedgerWitness(witness.line().replace("RES:5:", "RES:6:"));
        assertThat(other.verify(key.verifyKey())).isFalse();
        SigningKey stranger = SigningKey.generate(Entropy.secure());
        assertThat(witness.verify(stranger.verifyKey())).isFalse();
        assertThat(new LedgerWitness("XSPW1|").verify(key.verifyKey())).isFalse();
    }

    private static String text(byte[] pdf) throws Exception {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }
}
