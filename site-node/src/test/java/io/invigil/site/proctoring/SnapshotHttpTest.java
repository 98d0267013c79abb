package io.invigil.site.proctoring;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import io.invigil.site.space.SpaceLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issue 3 part 6 over HTTPS: snapshots and evidence are kept first, named by facts after. */
class SnapshotHttpTest {
    @TempDir Path directory;

    @Test
    void picturesAreKeptOverARestartAndShownToProctorsAlone() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 4);
            Client li = site.run();
            li.ok(exam("check-in"), Map.of("number", "2026000001"));
            Client candidate = site.client();
            candidate.ok("/api/exam/login", Map.of("number", "2026000001", "pin", "246001"));
            long lease =
                    candidate
                            .ok("/api/exam/writer", Map.of("takeover", false))
                            .path("lease")
                            .asLong();
            candidate.ok("/api/exam/start", Map.of("lease", lease));
            assertThat(candidate.json("/api/exam/beat").path("snapshotSeconds").asInt()).isZero();
            assertThat(candidate.picture("/api/exam/snapshots", jpeg(1)).statusCode())
                    .isEqualTo(409);

            li.ok(exam("snapshots"), Map.of("everySeconds", 60, "reason", "通知要求"));
            assertThat(candidate.json("/api/exam/beat").path("snapshotSeconds").asInt())
                    .isEqualTo(60);
            assertThat(candidate.picture("/api/exam/snapshots", jpeg(1)).statusCode())
                    .isEqualTo(200);
            assertThat(candidate.picture("/api/exam/snapshots", new byte[] {1, 2}).statusCode())
                    .isEqualTo(400);
            site.restart();
            JsonNode desk = seat(li).path("desk");
            assertThat(desk.path("snapshots").asInt()).isEqualTo(1);
            String picture = exam("pictures/" + desk.path("lastPicture").asText());
            assertThat(li.bytes(picture)).isEqualTo(jpeg(1));
            assertThat(candidate.get(picture).statusCode()).isEqualTo(403);
            assertThat(li.get(exam("pictures/" + "0".repeat(64))).statusCode()).isEqualTo(404);

            candidate.ok("/api/exam/camera", Map.of("camera", "DENIED"));
            assertThat(seat(li).path("desk").path("camera").asText()).isEqualTo("DENIED");
            assertThat(li.picture(exam("pictures"), jpeg(2)).body()).contains("evidence");
        }
    }

    @Test
    void whenSpaceIsScarceSnapshotsAreRarerAndThenNone() {
        assertThat(new SnapshotSpace(() -> SpaceLevel.AMPLE).every(60)).isEqualTo(60);
        assertThat(new SnapshotSpace(() -> SpaceLevel.LOW).every(60)).isEqualTo(60);
        assertThat(new SnapshotSpace(() -> SpaceLevel.SCARCE).every(60)).isEqualTo(240);
        assertThat(new SnapshotSpace(() -> SpaceLevel.ANSWERS_ONLY).every(60)).isZero();
    }

    private static JsonNode seat(Client proctor) {
        return proctor.json(exam("state")).path("rooms").get(0).path("taken").get(0);
    }

    private static byte[] jpeg(int shade) throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 3, shade * 0x40);
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }
}
