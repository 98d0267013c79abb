package io.invigil.site.apart;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.file.EmergencyFile;
import io.invigil.exam.file.FileKind;
import io.invigil.exam.file.FileValue;
import io.invigil.exam.pack.RosterKeys;
import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.Xhtml;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import io.invigil.site.PaperHub;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Issue 3, part 4, "an emergency answer file when all else fails": it opens where the sitting goes
 * on, at another node of the slot too, and what it brings is kept apart (XSP/1 section 11).
 */
class EmergencyFileHttpTest {
    private static final byte[] PDF = "%PDF-1.7 by another node".getBytes(StandardCharsets.UTF_8);
    private static final RosterKeys SLOT = PaperHub.KEYS;
    private static final RosterKeys OTHER_SLOT =
            RosterKeys.of(new byte[RosterKeys.KEY_BYTES], new byte[RosterKeys.KEY_BYTES]);
    private static final EmergencyFile.Scope LOST_NODE =
            new EmergencyFile.Scope("K2026-S1-room-108", 1001, "P1");

    @TempDir Path directory;

    /** As outbox.js saves it. */
    private static byte[] saved(RosterKeys keys, EmergencyFile.Scope scope, String op)
            throws Exception {
        String file = new FileValue(Digest.sha256(PDF).hex(), PDF.length, "a.pdf").text();
        byte[] content =
                Json.write(
                        Map.of(
                                "answers",
                                List.of(
                                        Map.of(
                                                "item",
                                                "U",
                                                "op",
                                                op,
                                                "base",
                                                0,
                                                "response",
                                                Map.of("RESPONSE", List.of(file)))),
                                "files",
                                List.of(
                                        Map.of(
                                                "sha256",
                                                Digest.sha256(PDF).hex(),
                                                "bytes",
                                                PDF.length))));
        byte[] header =
                Json.write(
                        Map.of(
                                "shared", true,
                                "exam", scope.exam(),
                                "sitting", scope.sitting(),
                                "paper", scope.paper()));
        byte[] iv = new byte[12];
        String key = HeldKeys.fileKeyText(Optional.of(keys), scope).orElseThrow();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("XSE2\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(header);
        out.write('\n');
        out.writeBytes(iv);
        out.writeBytes(whole(key, iv, scope, content));
        return out.toByteArray();
    }

    private static byte[] whole(String key, byte[] iv, EmergencyFile.Scope scope, byte[] content)
            throws Exception {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        plain.writeBytes(content);
        plain.write('\n');
        plain.writeBytes(PDF);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(Base64.getUrlDecoder().decode(key), "AES"),
                new GCMParameterSpec(128, iv));
        cipher.updateAAD(("file\n" + scope.text()).getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(plain.toByteArray());
    }

    private static String bring(Client proctor, byte[] file) {
        HttpResponse<String> answer = proctor.picture(exam("emergency-file"), file);
        return answer.statusCode()
                + " "
                + answer.body().replaceAll(".*\"code\":\"([A-Z_]+)\".*", "$1");
    }

    @Test
    void aFileOfALostNodeIsKeptApartWhereItsSittingGoesOnAndNowhereElse() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.hub()
                    .asks(
                            "U",
                            new FileUpload(
                                    "RESPONSE", Xhtml.EMPTY, Set.of(FileKind.PDF), 2_000, 2));
            site.importPackage(1, 4);
            Client li = site.run();
            li.ok(exam("check-in"), Map.of("number", "2026000001"));
            byte[] file = saved(SLOT, LOST_NODE, "op-there");
            assertThat(bring(li, file)).as("begun first").isEqualTo("409 NOT_STARTED");
            Client candidate = site.client();
            candidate.ok("/api/exam/login", Map.of("number", "2026000001", "pin", "246001"));
            long lease =
                    candidate
                            .ok("/api/exam/writer", Map.of("takeover", false))
                            .path("lease")
                            .asLong();
            candidate.ok("/api/exam/start", Map.of("lease", lease));

            assertThat(bring(li, saved(OTHER_SLOT, LOST_NODE, "op-there")))
                    .isEqualTo("422 EMERGENCY_FILE_UNREADABLE");
            for (int at = 0; at < file.length; at++) {
                byte[] changed = file.clone();
                changed[at] ^= 1;
                assertThat(
                                EmergencyFile.open(
                                        changed,
                                        claim -> List.of(EmergencyFile.key(SLOT, claim.scope()))))
                        .as("byte %d changed", at)
                        .isEmpty();
            }
            assertThat(bring(li, saved(SLOT, scope(1001, "P2"), "op-there")))
                    .as("another paper")
                    .isEqualTo("409 EMERGENCY_FILE_OTHER_EXAM");
            assertThat(bring(li, saved(SLOT, scope(1009, "P1"), "op-there")))
                    .as("the sitting is not listed here")
                    .isEqualTo("409 EMERGENCY_FILE_OTHER_EXAM");

            assertThat(bring(li, file)).startsWith("200").contains("\"kept\":1");
            assertThat(bring(li, file)).as("once").contains("\"kept\":0");
            assertThat(candidate.json("/api/exam/answers").path("answers").has("U"))
                    .as("it does not count by itself")
                    .isFalse();
            assertThat(candidate.json("/api/exam/versions?item=U").toString())
                    .contains("EMERGENCY_FILE", Digest.sha256(PDF).hex());
            assertThat(li.get("/room/" + PaperHub.EXAM + "/late").body()).contains("a.pdf");
            candidate.ok("/api/exam/answers", nameThatFile(lease));
        }
    }

    private static EmergencyFile.Scope scope(long sitting, String paper) {
        return new EmergencyFile.Scope("K2026-S1-room-108", sitting, paper);
    }

    /** An answer may name it, because the node has its bytes. */
    private static Map<String, Object> nameThatFile(long lease) {
        String value = new FileValue(Digest.sha256(PDF).hex(), PDF.length, "a.pdf").text();
        return Map.of(
                "item",
                "U",
                "op",
                "op-here",
                "lease",
                lease,
                "rev",
                1,
                "response",
                Map.of("RESPONSE", List.of(value)));
    }
}
