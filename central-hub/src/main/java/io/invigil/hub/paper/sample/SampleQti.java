package io.invigil.hub.paper.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes sample papers as QTI packages: single and multiple choice, true/false, text entry with
 * text, integer and decimal keys, extended text, one picture, in Chinese and English. The same call
 * gives the same bytes. Stateless.
 */
public final class SampleQti {
    /** 2020-01-01 in DOS time: a fixed date keeps the bytes equal. */
    private static final long ENTRY_TIME_MS = 1_577_836_800_000L;

    /** Versions of the specification. */
    public enum Version {
        V2_1,
        V2_2,
        V3_0
    }

    /** The sample papers; each gives 100 marks. */
    public enum SamplePaper {
        /** 88 objective marks and one essay of 12. */
        THEORY,
        /** 80 objective marks and one report of 20. */
        PRACTICE
    }

    private SampleQti() {}

    /** The package as a zip. */
    public static byte[] zip(SamplePaper paper, Version version) {
        return zipped(files(paper, version));
    }

    /** The package's files by path, for tests that change one before zipping. */
    public static Map<String, byte[]> files(SamplePaper paper, Version version) {
        Map<String, List<SampleItem>> sections =
                paper == SamplePaper.THEORY ? SamplePapers.theory() : SamplePapers.practice();
        String title = paper == SamplePaper.THEORY ? "智能新能源汽车（初级）理论" : "智能新能源汽车（初级）实操理论";
        QtiWriter writer = new QtiWriter(version);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("imsmanifest.xml", utf8(writer.manifest(sections)));
        files.put("test.xml", utf8(writer.test(title, sections)));
        for (List<SampleItem> items : sections.values()) {
            for (SampleItem item : items) {
                files.put(QtiWriter.path(item), utf8(writer.item(item)));
            }
        }
        files.put(QtiWriter.PICTURE, SamplePicture.png());
        return files;
    }

    /** Zips files under fixed dates. */
    public static byte[] zipped(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(ENTRY_TIME_MS);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
