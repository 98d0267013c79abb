package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.RouteTable.Line;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateSheets;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.print.LibreOffice;
import io.invigil.testkit.HttpsBrowser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Issue 4, must-show D: every Excel file that the hub hands out, by the tables of its routes, is
 * opened by LibreOffice and read back, and each cell is as it was written.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SheetsInLibreOfficeTest {
    private static final Pattern HANDS_OUT_A_SHEET =
            Pattern.compile(".*/(export|template|failed)|.*/prints/.*");
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final Map<String, String> PEOPLE = new LinkedHashMap<>();

    static {
        PEOPLE.put("school-clerk", "clerk");
        PEOPLE.put("body-staff", "body");
        PEOPLE.put("province-staff", "province");
        PEOPLE.put("school-admin", "school-admin");
    }

    @TempDir static Path directory;
    private RunningHub running;
    private final Map<String, HttpsBrowser> browsers = new LinkedHashMap<>();
    private final Map<String, Path> files = new LinkedHashMap<>();

    @BeforeAll
    void start() throws IOException {
        LibreOffice.isNeeded();
        running = new RunningHub(directory.resolve("hub"));
        PEOPLE.forEach((role, login) -> browsers.put(role, running.person(login)));
        importARowThatFails();
    }

    @AfterAll
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    /** Its record is then the newest import of the school. */
    private void importARowThatFails() throws IOException {
        HttpsBrowser clerk = browsers.get("school-clerk");
        clerk.get("/imports/candidates/new");
        List<String> row = new ArrayList<>(MadeUpPeople.rows(6000, 1).get(0));
        row.set(3, "123");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CandidateSheets().template(out, CandidateImport.Mode.ADD, List.of(row), List.of("说明"));
        String record =
                clerk.put("/imports/candidates/add", out.toByteArray(), "HX-Request", "1")
                        .headers()
                        .firstValue("HX-Redirect")
                        .orElseThrow();
        Awaitility.await()
                .pollInSameThread()
                .atMost(Duration.ofSeconds(30))
                .until(() -> clerk.get(record + "/failed").statusCode() == 200);
        running.samples.put("record", record.replaceAll(".*/", ""));
    }

    @Test
    void everyExportTemplateReturnedSheetAndPrintIsReadBackCellByCell() throws IOException {
        List<String> without = new ArrayList<>();
        for (Line line : RouteTable.read()) {
            if (HANDS_OUT_A_SHEET.matcher(line.route().path()).matches() && !download(line)) {
                without.add(line.route().toString());
            }
        }
        assertThat(without).as("routes that should hand out a workbook").isEmpty();
        assertThat(files).hasSizeGreaterThan(30);
        Map<String, Map<String, String>> read =
                LibreOffice.read(List.copyOf(files.values()), directory);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Map<String, String> written = LibreOffice.cells(file.getValue());
            assertThat(written).as(file.getKey()).isNotEmpty();
            assertThat(read.get(file.getValue().getFileName().toString()))
                    .as(file.getKey())
                    .isEqualTo(written);
        }
    }

    /** Keeps what the route hands out to the first role that may; false when it is no workbook. */
    private boolean download(Line line) throws IOException {
        String role = PEOPLE.keySet().stream().filter(line::allows).findFirst().orElseThrow();
        HttpsBrowser browser = browsers.get(role);
        String path =
                PARAMETER
                        .matcher(line.route().path())
                        .replaceAll(found -> running.samples.getOrDefault(found.group(1), "1"));
        HttpResponse<byte[]> answer =
                Downloads.answer(browser, line.route().method(), path + "?as=xlsx");
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (answer.statusCode() != 200) {
            return false;
        }
        return type.equals(ListSheet.XLSX)
                ? keep(path, answer.body())
                : type.contains("zip") && unpack(path, answer.body());
    }

    private boolean keep(String name, byte[] workbook) throws IOException {
        Path file = directory.resolve("sheet-" + files.size() + ".xlsx");
        files.put(name, Files.write(file, workbook));
        return true;
    }

    /** Every ticket of a zip; false when there is none. */
    private boolean unpack(String name, byte[] zip) throws IOException {
        int before = files.size();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                keep(name + " " + entry.getName(), in.readAllBytes());
            }
        }
        return files.size() > before;
    }
}
