package io.invigil.site.upload;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.exam.code.ReceiptCode;
import io.invigil.exam.file.FileKind;
import io.invigil.exam.file.FileValue;
import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.MediaClip;
import io.invigil.exam.paper.Xhtml;
import io.invigil.protocol.crypto.Digest;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issue 3, part 4 over HTTPS: a file is durable before any answer that names it is saved. */
class UploadHttpTest {
    private static final byte[] PDF = "%PDF-1.7 geheim".getBytes(StandardCharsets.UTF_8);

    private static final byte[] WAV =
            "RIFF....WAVEfmt and what is heard".getBytes(StandardCharsets.UTF_8);

    @TempDir Path directory;

    private static Client seated(SiteFixture site, String number, String pin) {
        Client candidate = site.client();
        candidate.ok("/api/exam/login", Map.of("number", number, "pin", pin));
        return candidate;
    }

    private static long lease(Client candidate) {
        long lease =
                candidate.ok("/api/exam/writer", Map.of("takeover", false)).path("lease").asLong();
        candidate.ok("/api/exam/start", Map.of("lease", lease));
        return lease;
    }

    private static Map<String, Object> save(long lease, String op, long rev, byte[] content) {
        String value = new FileValue(Digest.sha256(content).hex(), content.length, "a.pdf").text();
        return Map.of(
                "item",
                "U",
                "op",
                op,
                "lease",
                lease,
                "rev",
                rev,
                "response",
                Map.of("RESPONSE", List.of(value)));
    }

    private static String code(HttpResponse<String> response) {
        return response.statusCode()
                + " "
                + response.body().replaceAll(".*\"code\":\"([A-Z_]+)\".*", "$1");
    }

    @Test
    void aFileIsKeptEncryptedBeforeTheAnswerThatNamesIt() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.hub()
                    .asks(
                            "U",
                            new FileUpload(
                                    "RESPONSE", Xhtml.EMPTY, Set.of(FileKind.PDF), 2_000, 2));
            site.hub().holds("clip.wav", WAV);
            site.hub().asks("M", new MediaClip("RESPONSE", Xhtml.EMPTY, "clip.wav", false, 1));
            site.importPackage(1, 4);
            Client li = site.run();
            li.ok(exam("check-in"), Map.of("number", "2026000001"));
            Client candidate = seated(site, "2026000001", "246001");
            assertThat(code(candidate.picture("/api/exam/files?item=U", PDF)))
                    .isEqualTo("409 NOT_STARTED");
            long lease = lease(candidate);
            soundIsGivenOutOnceItsPlayIsCounted(candidate, lease);

            assertThat(candidate.refusal("/api/exam/answers", save(lease, "op-1", 1, PDF)))
                    .isEqualTo("400 RESPONSE_FILE_UNKNOWN");
            assertThat(code(candidate.picture("/api/exam/files?item=Q1", PDF)))
                    .isEqualTo("400 RESPONSE_UNKNOWN_ITEM");
            assertThat(code(candidate.picture("/api/exam/files?item=U", new byte[] {'M', 'Z', 0})))
                    .isEqualTo("422 FILE_KIND");
            assertThat(code(candidate.picture("/api/exam/files?item=U", new byte[2_001])))
                    .isEqualTo("413 FILE_TOO_LARGE");
            assertThat(candidate.picture("/api/exam/files?item=U", PDF).body())
                    .contains(Digest.sha256(PDF).hex());
            assertThat(candidate.picture("/api/exam/files?item=U", PDF).statusCode())
                    .as("the same again")
                    .isEqualTo(200);
            candidate.ok("/api/exam/answers", save(lease, "op-1", 1, PDF));
            assertThat(li.picture("/api/exam/files?item=U", PDF).statusCode())
                    .as("not a candidate")
                    .isEqualTo(403);
            assertThat(plain(site.directory())).as("never in clear on the disk").isFalse();

            site.restart();
            assertThat(candidate.json("/api/exam/plays").path("plays").path("M/RESPONSE").asInt())
                    .as("over a restart")
                    .isEqualTo(1);
            assertThat(candidate.json("/api/exam/answers").toString())
                    .contains("blob:" + Digest.sha256(PDF).hex());
            candidate.ok("/api/exam/hand-in", Map.of("lease", lease));
            receiptIsChecked(site, candidate);
            assertThat(candidate.get("/api/exam/assets/clip.wav").statusCode())
                    .as("only while one sits")
                    .isEqualTo(404);
            byte[] late = "%PDF-late".getBytes(StandardCharsets.UTF_8);
            assertThat(candidate.picture("/api/exam/files?item=U", late).statusCode())
                    .as("what is kept apart after the end needs its file")
                    .isEqualTo(200);
        }
    }

    private static void soundIsGivenOutOnceItsPlayIsCounted(Client candidate, long lease) {
        String clip = "/api/exam/assets/clip.wav";
        assertThat(candidate.get(clip).statusCode()).as("no play yet").isEqualTo(404);
        Map<String, Object> play =
                Map.of("item", "M", "clip", "RESPONSE", "play", 1, "lease", lease);
        assertThat(candidate.ok("/api/exam/plays", play).path("plays").path("M/RESPONSE").asInt())
                .isEqualTo(1);
        Map<String, Object> again =
                Map.of("item", "M", "clip", "RESPONSE", "play", 2, "lease", lease);
        assertThat(candidate.refusal("/api/exam/plays", again)).isEqualTo("429 PLAYS_EXHAUSTED");
        HttpResponse<String> whole = candidate.get(clip);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
        HttpResponse<String> part = candidate.getWith(clip, "Range", "bytes=0-3");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("RIFF");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 0-3/" + WAV.length);
        assertThat(candidate.getWith(clip, "Range", "bytes=-4").statusCode()).isEqualTo(206);
        assertThat(candidate.getWith(clip, "Range", "bytes=9999-").statusCode()).isEqualTo(416);
    }

    /** The page after the hand-in shows code and QR; anybody with the code may ask. */
    private static void receiptIsChecked(SiteFixture site, Client candidate) {
        String done = candidate.get("/exam").body();
        assertThat(done).contains("class=\"qr\"");
        String code = done.replaceAll("(?s).*receipt-code\">([^<]+)<.*", "$1");
        assertThat(ReceiptCode.parse(code)).isPresent();
        Client stranger = site.client();
        assertThat(stranger.get("/receipt?code=" + code).body())
                .contains("考场保存着与此回执完全一致的答卷")
                .doesNotContain("2026000001");
        String wrong = code.substring(0, code.length() - 4) + "0000";
        assertThat(stranger.get("/receipt?code=" + wrong).body()).contains("没有与此回执一致");
        assertThat(stranger.get("/receipt").body()).contains("核对");
    }

    private static boolean plain(Path root) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (content.contains("%PDF-1.7 geheim")) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void oneSittingBringsSoManyFilesAndBytesAndNoMore() {
        UploadQuota quota = new UploadQuota();
        for (int file = 0; file < UploadQuota.FILES_MAX; file++) {
            assertThat(quota.take(7, "f" + file, 10)).isTrue();
        }
        assertThat(quota.take(7, "one more", 10)).isFalse();
        assertThat(quota.take(7, "f3", 10)).as("the same again").isTrue();
        assertThat(quota.take(8, "another's", 10)).isTrue();
        int half = (int) (UploadQuota.BYTES_MAX / 2);
        assertThat(quota.take(9, "a", half)).isTrue();
        assertThat(quota.take(9, "b", half)).isTrue();
        assertThat(quota.take(9, "c", 1)).isFalse();
    }

    /** A class that hands in at the same moment must not fill the room's small heap. */
    @Test
    void onlySoManyFilesAreTakenAtOnceAndTheNextOneLater() {
        UploadTurns turns = new UploadTurns(2, Duration.ofMillis(1));
        List<Optional<String>> inside = new ArrayList<>();
        Optional<String> outer =
                turns.take(
                        () -> {
                            turns.take(
                                    () -> {
                                        inside.add(turns.take(() -> "third"));
                                        return "second";
                                    });
                            inside.add(turns.take(() -> "third again"));
                            return "first";
                        });
        assertThat(inside).containsExactly(Optional.empty(), Optional.of("third again"));
        assertThat(outer).contains("first");
        assertThatThrownBy(
                        () ->
                                turns.take(
                                        () -> {
                                            throw new IllegalStateException("broke off");
                                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(turns.take(() -> "free again")).contains("free again");
    }
}
