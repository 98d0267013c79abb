package io.invigil.exam.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.exam.file.FileKind;
import io.invigil.exam.file.FileValue;
import io.invigil.exam.paper.ResponseCheck.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files as answers: kinds by first bytes, limits of an item (issue 3, part 4). */
class FileUploadTest {
    private static final FileUpload TWO =
            new FileUpload("R", Xhtml.EMPTY, Set.of(FileKind.PDF), 100, 2);

    private static String file(int number, long bytes, String name) {
        return new FileValue("%064x".formatted(number), bytes, name).text();
    }

    private static Item item(Interaction interaction) {
        return new Item(
                "Q",
                "",
                Xhtml.sanitised(Xhtml.placeholder("R", true)).orElseThrow(),
                List.of(interaction),
                BigDecimal.TEN,
                false);
    }

    private static Optional<Reason> refusal(Interaction interaction, String... values) {
        return ResponseCheck.of(item(interaction), Map.of("R", List.of(values)))
                        instanceof ResponseCheck.Refused refused
                ? Optional.of(refused.reason())
                : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void theKindIsToldByTheFirstBytes() {
        assertThat(FileKind.of(bytes("%PDF-1.7"))).contains(FileKind.PDF);
        assertThat(FileKind.of(bytes("PK\003\004..."))).contains(FileKind.ZIP);
        assertThat(FileKind.of(bytes("\u00ff\u00d8\u00ff\u00e0"))).contains(FileKind.JPEG);
        assertThat(FileKind.of("int main() {}\n".getBytes(StandardCharsets.UTF_8)))
                .contains(FileKind.TEXT);
        assertThat(FileKind.of(bytes("MZ\000\003"))).as("a program").isEmpty();
        assertThat(FileKind.of(bytes("\u00fftext"))).as("not UTF-8").isEmpty();
        assertThat(FileKind.of(new byte[0])).isEmpty();
    }

    @Test
    void sizeAndNumberOfFilesAreThoseOfTheItem() {
        assertThat(refusal(TWO, file(1, 100, "a.pdf"), file(2, 1, "报告 (2).pdf"))).isEmpty();
        assertThat(refusal(TWO, file(1, 101, "a"))).contains(Reason.RESPONSE_FILE_MALFORMED);
        assertThat(refusal(TWO, file(1, 1, "a"), file(2, 1, "b"), file(3, 1, "c")))
                .contains(Reason.RESPONSE_TOO_MANY_VALUES);
        assertThat(refusal(TWO, file(1, 1, "a"), file(1, 1, "b")))
                .contains(Reason.RESPONSE_CHOICE_TWICE);
        assertThat(refusal(TWO, file(1, 1, "../etc"))).contains(Reason.RESPONSE_FILE_MALFORMED);
        assertThat(refusal(TWO, file(1, 1, "a".repeat(FileValue.NAME_CHARS_MAX)))).isEmpty();
        assertThat(refusal(TWO, file(1, 1, "a".repeat(FileValue.NAME_CHARS_MAX + 1))))
                .contains(Reason.RESPONSE_FILE_MALFORMED);
        assertThatThrownBy(() -> new FileUpload("R", Xhtml.EMPTY, Set.of(), 100, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new FileUpload(
                                        "R",
                                        Xhtml.EMPTY,
                                        Set.of(FileKind.PDF),
                                        FileValue.BYTES_MAX + 1,
                                        1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTypedTextCannotPassForAFile() {
        var text = new Interaction.ExtendedText("R", Xhtml.EMPTY, 0, 4_000);
        assertThat(refusal(text, file(1, 1, "a"))).contains(Reason.RESPONSE_BAD_CHARACTERS);
        assertThat(refusal(text, "blob: what a word")).isEmpty();
    }

    @Test
    void itIsMarkedByHandAndTravelsInThePaper() {
        assertThat(item(TWO).marksByHand()).isTrue();
        Paper paper =
                new Paper(
                        "P",
                        "",
                        "",
                        List.of(
                                new Paper.Section(
                                        "S", "", "", Xhtml.EMPTY, false, List.of(item(TWO)))),
                        List.of());
        assertThat(PaperCodec.decode(PaperCodec.encode(paper))).contains(paper);
    }
}
