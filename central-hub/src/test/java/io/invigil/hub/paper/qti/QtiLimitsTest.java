package io.invigil.hub.paper.qti;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.paper.qti.QtiIssue.Code;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.paper.sample.SampleQti.SamplePaper;
import io.invigil.hub.paper.sample.SampleQti.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QtiLimitsTest {
    @TempDir Path folder;

    private final Map<String, byte[]> files =
            new LinkedHashMap<>(SampleQti.files(SamplePaper.THEORY, Version.V2_2));

    private Code refusal(byte[] zip) throws IOException {
        QtiResult result = new QtiPackages().read(Files.write(folder.resolve("z.zip"), zip), "P1");
        assertThat(result).isInstanceOf(QtiResult.Refused.class);
        return ((QtiResult.Refused) result).issues().getFirst().code();
    }

    private Code refusal() throws IOException {
        return refusal(SampleQti.zipped(files));
    }

    private void readsStill() throws IOException {
        Path zip = Files.write(folder.resolve("z.zip"), SampleQti.zipped(files));
        assertThat(new QtiPackages().read(zip, "P1")).isInstanceOf(QtiResult.Read.class);
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        assertThat(refusal("no archive".getBytes(UTF_8))).isEqualTo(Code.ZIP_UNREADABLE);
    }

    @Test
    void refusesACutArchive() throws IOException {
        byte[] whole = SampleQti.zipped(files);
        assertThat(refusal(java.util.Arrays.copyOf(whole, whole.length / 2)))
                .isEqualTo(Code.ZIP_UNREADABLE);
    }

    @Test
    void refusesOneEntryTooMany() throws IOException {
        for (int i = files.size(); i < QtiLimits.ENTRIES_MAX; i++) {
            files.put("more/" + i + ".txt", new byte[0]);
        }
        readsStill();
        files.put("one-more.txt", new byte[0]);
        assertThat(refusal()).isEqualTo(Code.ZIP_TOO_MANY_ENTRIES);
    }

    @Test
    void refusesAnEntryThatGrowsBeyondMeasure() throws IOException {
        files.put("bomb.bin", new byte[QtiLimits.ENTRY_BYTES_MAX]);
        assertThat(refusal()).isEqualTo(Code.ZIP_RATIO);
        files.put("bomb.bin", new byte[QtiLimits.ENTRY_BYTES_MAX + 1]);
        assertThat(refusal()).isEqualTo(Code.ZIP_ENTRY_TOO_LARGE);
    }

    @Test
    void refusesNamesThatCouldEscape() throws IOException {
        for (String name :
                new String[] {
                    "../evil.xml", "a/../../evil", "/etc/passwd", "C:/evil", "a\\..\\b", "a/./b"
                }) {
            files.put(name, new byte[] {1});
            assertThat(refusal()).as(name).isEqualTo(Code.ZIP_PATH);
            files.remove(name);
        }
        files.put("x".repeat(QtiLimits.PATH_CHARS_MAX), new byte[] {1});
        readsStill();
        files.put("x".repeat(QtiLimits.PATH_CHARS_MAX + 1), new byte[] {1});
        assertThat(refusal()).isEqualTo(Code.ZIP_PATH);
    }

    @Test
    void refusesNamesThatDifferOnlyInCase() throws IOException {
        files.put("TEST.XML", new byte[] {1});
        assertThat(refusal()).isEqualTo(Code.ZIP_DUPLICATE);
    }

    @Test
    void refusesAnEntryThatLiesAboutItsSize() throws IOException {
        byte[] zip = SampleQti.zipped(files);
        int directory = lastCentralEntry(zip);
        zip[directory + 24] = (byte) (zip[directory + 24] - 1);
        assertThat(refusal(zip)).isEqualTo(Code.ZIP_SIZE_LIE);
    }

    /** Offset of the last record of the central directory, whose bytes 24–27 are the size. */
    private static int lastCentralEntry(byte[] zip) {
        for (int at = zip.length - 46; at > 0; at--) {
            if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 1 && zip[at + 3] == 2) {
                return at;
            }
        }
        throw new IllegalStateException("no central directory");
    }

    @Test
    void refusesXmlThatIsTooDeepTooLargeOrTooMany() throws IOException {
        String path = "items/T-S01.xml";
        String item = new String(files.get(path), UTF_8);
        int depth = QtiLimits.XML_DEPTH_MAX;
        replace(path, item, "<div>".repeat(depth - 4), "</div>".repeat(depth - 4));
        assertThat(refusal()).isEqualTo(Code.TEXT_TOO_LONG); // deep, but still parsed
        replace(path, item, "<div>".repeat(depth - 3), "</div>".repeat(depth - 3));
        assertThat(refusal()).isEqualTo(Code.XML_TOO_DEEP);
        replace(path, item, noise("<br/>", QtiLimits.XML_ELEMENTS_MAX), "");
        assertThat(refusal()).isEqualTo(Code.XML_TOO_MANY_ELEMENTS);
        replace(path, item, "<!--" + noise("", QtiLimits.XML_BYTES_MAX / 4) + "-->", "");
        assertThat(refusal()).isEqualTo(Code.XML_TOO_LARGE);
    }

    @Test
    void refusesABodyThatIsTooLong() throws IOException {
        String path = "items/T-S01.xml";
        String item = new String(files.get(path), UTF_8);
        replace(path, item, "<p>" + noise("长", QtiLimits.BODY_CHARS_MAX / 4) + "</p>", "");
        assertThat(refusal()).isEqualTo(Code.TEXT_TOO_LONG);
    }

    @Test
    void refusesAPictureWhoseHeaderClaimsTooManyPixels() throws IOException {
        byte[] picture = files.get("images/cells.png").clone();
        picture[17] = 0x7f;
        files.put("images/cells.png", picture);
        assertThat(refusal()).isEqualTo(Code.IMAGE_TOO_LARGE);
    }

    @Test
    void refusesTooManyItems() throws IOException {
        StringBuilder resources = new StringBuilder();
        String item = new String(files.get("items/T-S01.xml"), UTF_8);
        for (int i = 0; i <= QtiLimits.ITEMS_MAX; i++) {
            files.put("n/" + i + ".xml", item.replace("T-S01", "N" + i).getBytes(UTF_8));
            resources.append(
                    "<resource type=\"imsqti_item_xmlv2p2\" href=\"n/%d.xml\"/>".formatted(i));
        }
        String manifest = "<manifest><resources>" + resources + "</resources></manifest>";
        files.put("imsmanifest.xml", manifest.getBytes(UTF_8));
        assertThat(refusal()).isEqualTo(Code.TOO_MANY_ITEMS);
        String last = "<resource type=\"imsqti_item_xmlv2p2\" href=\"n/%d.xml\"/>";
        files.put(
                "imsmanifest.xml",
                manifest.replace(last.formatted(QtiLimits.ITEMS_MAX), "").getBytes(UTF_8));
        readsStill();
    }

    @Test
    void listsNoMoreIssuesThanTheLimit() throws IOException {
        StringBuilder resources = new StringBuilder();
        for (int i = 0; i < QtiLimits.ISSUES_MAX + 50; i++) {
            files.put("n/" + i + ".xml", new byte[] {'<'});
            resources.append(
                    "<resource type=\"imsqti_item_xmlv2p2\" href=\"n/%d.xml\"/>".formatted(i));
        }
        files.put(
                "imsmanifest.xml",
                ("<manifest><resources>" + resources + "</resources></manifest>").getBytes(UTF_8));
        Path zip = Files.write(folder.resolve("z.zip"), SampleQti.zipped(files));
        QtiResult.Refused refused = (QtiResult.Refused) new QtiPackages().read(zip, "P1");
        assertThat(refused.issues()).hasSize(QtiLimits.ISSUES_MAX);
    }

    /** Repeats a text with digits between that do not compress, so that no ratio is reached. */
    private static String noise(String text, int times) {
        Random random = new Random(20261120);
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < times; i++) {
            noise.append(text).append(1000 + random.nextInt(9000));
        }
        return noise.toString();
    }

    private void replace(String path, String item, String before, String after) {
        String changed =
                item.replace("<itemBody>", "<itemBody>" + before)
                        .replace("</itemBody>", after + "</itemBody>");
        files.put(path, changed.getBytes(UTF_8));
    }
}
