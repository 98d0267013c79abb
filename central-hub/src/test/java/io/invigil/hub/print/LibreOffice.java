package io.invigil.hub.print;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The installed LibreOffice, without a window. */
public final class LibreOffice {
    private static final long PATIENCE_SECONDS = 120;
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin/soffice"), Path.of("/usr/local/bin/soffice"));

    private LibreOffice() {}

    /** Skips the calling test where there is none; the build that decides must have one. */
    public static void isNeeded() {
        boolean installed = PLACES.stream().anyMatch(Files::isExecutable);
        if (!installed && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("LibreOffice (soffice) is missing, and CI is true");
        }
        assumeTrue(installed, "LibreOffice (soffice) is not installed");
    }

    /**
     * What LibreOffice reads in each workbook, all opened and written anew in one run.
     *
     * @param workbooks with different file names
     * @param directory for its profile and its files
     * @return cells as in {@link #cells}, by the workbook's file name
     */
    public static Map<String, Map<String, String>> read(List<Path> workbooks, Path directory)
            throws IOException {
        Path written = Files.createDirectories(directory.resolve("office-written"));
        List<String> command = new ArrayList<>();
        command.add(PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow() + "");
        command.add("-env:UserInstallation=" + directory.resolve("office-profile").toUri());
        command.addAll(List.of("--headless", "--norestore", "--convert-to", "xlsx"));
        command.addAll(List.of("--outdir", written.toString()));
        workbooks.forEach(workbook -> command.add(workbook.toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("office.log").toFile())
                        .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("LibreOffice did not end");
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
        Map<String, Map<String, String>> read = new HashMap<>();
        for (Path workbook : workbooks) {
            String name = workbook.getFileName().toString();
            read.put(name, cells(written.resolve(name)));
        }
        return read;
    }

    /** Texts of all cells that have one, by sheet and address such as {@code 桌贴!B3}. */
    public static Map<String, String> cells(Path file) throws IOException {
        Map<String, String> cells = new TreeMap<>();
        DataFormatter shown = new DataFormatter();
        try (Workbook workbook = new XSSFWorkbook(Files.newInputStream(file))) {
            for (Sheet sheet : workbook) {
                sheet.forEach(
                        row ->
                                row.forEach(
                                        cell -> {
                                            String text = shown.formatCellValue(cell);
                                            if (!text.isEmpty()) {
                                                cells.put(
                                                        sheet.getSheetName()
                                                                + "!"
                                                                + cell.getAddress(),
                                                        text);
                                            }
                                        }));
            }
        }
        return cells;
    }
}
