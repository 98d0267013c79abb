package io.invigil.site.notes;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issue 3, part 4: a candidate's notes are kept for the test, are no answer, and go with it. */
class NotesHttpTest {
    @TempDir Path directory;

    private static Map<String, Object> note(String item, String text, long lease) {
        return Map.of("item", item, "text", text, "lease", lease);
    }

    @Test
    void notesLastAsLongAsTheTestAndAreNoAnswers() throws Exception {
        try (SiteFixture site = new SiteFixture(directory)) {
            site.importPackage(1, 4);
            Client li = site.run();
            li.ok(exam("check-in"), Map.of("number", "2026000001"));
            Client candidate = site.client();
            candidate.ok("/api/exam/login", Map.of("number", "2026000001", "pin", "246001"));
            assertThat(candidate.refusal("/api/exam/notes", note("Q1", "x", 1)))
                    .isEqualTo("409 NOT_STARTED");
            long lease =
                    candidate
                            .ok("/api/exam/writer", Map.of("takeover", false))
                            .path("lease")
                            .asLong();
            candidate.ok("/api/exam/start", Map.of("lease", lease));
            candidate.ok("/api/exam/notes", note("Q1", "SECRET-NOTE 先算 B", lease));
            candidate.ok("/api/exam/notes", note("Q2", "gone again", lease));
            candidate.ok("/api/exam/notes", note("Q2", "", lease));
            assertThat(candidate.refusal("/api/exam/notes", note("Q9", "x", lease)))
                    .isEqualTo("400 RESPONSE_UNKNOWN_ITEM");
            assertThat(candidate.refusal("/api/exam/notes", note("Q1", "x", lease + 1)))
                    .isEqualTo("409 WRITER_ELSEWHERE");
            String long1 = "字".repeat(Notes.NOTE_CHARS_MAX);
            candidate.ok("/api/exam/notes", note("Q3", long1, lease));
            assertThat(candidate.refusal("/api/exam/notes", note("Q3", long1 + "字", lease)))
                    .isEqualTo("507 NOTE_NOT_KEPT");
            assertThat(candidate.json("/api/exam/answers").toString())
                    .doesNotContain("SECRET-NOTE");
            assertThat(candidate.get("/exam").body()).contains("data-note=\"Q1\"");
            assertThat(inClear()).as("never in clear, in no fact").isFalse();

            site.restart();
            var notes = candidate.json("/api/exam/notes").path("notes");
            assertThat(notes.path("Q1").asText()).startsWith("SECRET-NOTE");
            assertThat(notes.has("Q2")).isFalse();
            assertThat(noteFiles()).isOne();

            candidate.ok("/api/exam/hand-in", Map.of("lease", lease));
            assertThat(candidate.get("/api/exam/notes").statusCode()).isEqualTo(409);
            li.ok(exam("close"), Map.of());
            long until = System.nanoTime() + 30_000_000_000L;
            while (noteFiles() > 0 && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            assertThat(noteFiles()).as("gone with the paper").isZero();
        }
    }

    private long noteFiles() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(f -> f.getFileName().toString().startsWith("notes-")).count();
        }
    }

    private boolean inClear() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains("SECRET-NOTE")) {
                    return true;
                }
            }
        }
        return false;
    }
}
