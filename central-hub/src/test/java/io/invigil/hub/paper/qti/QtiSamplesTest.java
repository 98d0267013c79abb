package io.invigil.hub.paper.qti;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.ObjectiveScoring;
import io.invigil.exam.paper.PaperCodec;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.paper.sample.SampleQti.SamplePaper;
import io.invigil.hub.paper.sample.SampleQti.Version;
import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QtiSamplesTest {
    @TempDir Path folder;

    private QtiResult.Read read(SamplePaper paper, Version version) throws IOException {
        Path zip = Files.write(folder.resolve("p.zip"), SampleQti.zip(paper, version));
        QtiResult result = new QtiPackages().read(zip, "P1");
        assertThat(result).isInstanceOf(QtiResult.Read.class);
        return (QtiResult.Read) result;
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void readsEveryKindOfItemInEveryVersion(Version version) throws IOException {
        QtiResult.Read read = read(SamplePaper.THEORY, version);
        assertThat(read.version()).isEqualTo(version.name().substring(1).replace('_', '.'));
        assertThat(read.paper().items()).hasSize(24);
        assertThat(read.paper().maximum()).isEqualByComparingTo("100");
        assertThat(read.paper().sections()).hasSize(5);
        assertThat(read.pictures()).hasSize(1);
        assertThat(read.paper().items().getLast().interactions().getFirst())
                .isInstanceOf(Interaction.ExtendedText.class);
        assertThat(read(SamplePaper.PRACTICE, version).paper().maximum())
                .isEqualByComparingTo("100");
    }

    @Test
    void theThreeVersionsReadAlike() throws IOException {
        QtiResult.Read old = read(SamplePaper.THEORY, Version.V2_1);
        for (Version version : Version.values()) {
            QtiResult.Read other = read(SamplePaper.THEORY, version);
            assertThat(other.paper()).isEqualTo(old.paper());
            assertThat(other.key()).isEqualTo(old.key());
        }
    }

    @Test
    void theSamePackageIsTheSameBytes() {
        assertThat(Digest.sha256(SampleQti.zip(SamplePaper.THEORY, Version.V3_0)))
                .isEqualTo(Digest.sha256(SampleQti.zip(SamplePaper.THEORY, Version.V3_0)));
    }

    @Test
    void whatIsReadSurvivesTheCodec() throws IOException {
        QtiResult.Read read = read(SamplePaper.THEORY, Version.V2_2);
        assertThat(PaperCodec.decode(PaperCodec.encode(read.paper()))).contains(read.paper());
        assertThat(PaperCodec.decodeKey(PaperCodec.encodeKey(read.key()))).contains(read.key());
    }

    @Test
    void theRightAnswersGiveAllObjectiveMarks() throws IOException {
        QtiResult.Read read = read(SamplePaper.THEORY, Version.V2_2);
        Map<String, Map<String, List<String>>> answers = new HashMap<>();
        read.key()
                .items()
                .forEach(
                        (item, key) -> {
                            Map<String, List<String>> response = new HashMap<>();
                            key.responses().forEach((id, r) -> response.put(id, r.correct()));
                            answers.put(item, response);
                        });
        assertThat(ObjectiveScoring.score(read.paper(), read.key(), answers).score())
                .isEqualByComparingTo("88");
        answers.get("T-M01").put("RESPONSE", List.of("A", "B"));
        answers.get("T-M02").put("RESPONSE", List.of("A", "B", "C", "D"));
        assertThat(ObjectiveScoring.score(read.paper(), read.key(), answers).score())
                .isEqualByComparingTo("84");
    }

    @Test
    void keepsSignsOfMarkupInTextAsText() throws IOException {
        Item item = read(SamplePaper.THEORY, Version.V3_0).paper().item("T-S10").orElseThrow();
        Interaction.Choice choice = (Interaction.Choice) item.interactions().getFirst();
        assertThat(choice.prompt().markup()).isEqualTo("若 a &lt; b 且 b &lt; c，下列判断正确的是哪一项？");
        assertThat(choice.options().get(2).html().markup()).isEqualTo("无法比较 &amp; 无解");
    }

    @Test
    void picturesAreNamedByTheirContent() throws IOException {
        QtiResult.Read read = read(SamplePaper.THEORY, Version.V2_1);
        Item item = read.paper().item("T-S04").orElseThrow();
        String name = read.paper().assets().getFirst().name();
        assertThat(item.body().markup()).contains("<img src=\"asset:" + name + "\"");
        assertThat(Digest.sha256(read.pictures().get(name)).hex())
                .isEqualTo(read.paper().assets().getFirst().sha256())
                .startsWith(name);
    }
}
