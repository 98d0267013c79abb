package io.invigil.acceptance.browser;

import io.invigil.hub.candidate.CandidateColumns;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateSheets;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetReading;
import io.invigil.hub.sheet.SheetRefusal;
import io.invigil.hub.sheet.SheetRow;
import io.invigil.provisioning.demo.SamplePerson;
import io.invigil.provisioning.demo.SamplePhoto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What a clerk does at a desk between two pages: fills sheets in, repairs them, packs photos. */
final class ClerkFiles {
    static final long SEED = 41;

    private final Path directory;
    private final List<SamplePerson> people;

    /** The people's numbers follow those of the sample, so that no ID number meets another. */
    ClerkFiles(Path directory, int after, int count) {
        this.directory = directory;
        this.people =
                SamplePerson.many(after + count, new Random(SEED)).subList(after, after + count);
    }

    List<SamplePerson> people() {
        return people;
    }

    /** Everybody, but the first ID number mistyped and the second person's name left out. */
    Path withTwoMistakes() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (int at = 0; at < people.size(); at++) {
            SamplePerson person = people.get(at);
            rows.add(
                    row(
                            at == 1 ? "" : person.name(),
                            at == 0 ? mistyped(person.idNumber()) : person.idNumber(),
                            person));
        }
        return write("new-candidates.xlsx", rows);
    }

    private static List<String> row(String name, String idNumber, SamplePerson person) {
        return List.of(
                name,
                person.pinyin(),
                idNumber,
                person.mobile(),
                person.major(),
                "高职",
                "2024",
                "院校考生");
    }

    private static String mistyped(String idNumber) {
        char last = idNumber.charAt(17);
        return idNumber.substring(0, 17) + (last == '0' ? '1' : '0');
    }

    /** The failed rows as downloaded, with both mistakes put right. */
    Path repaired(Path failed) throws IOException {
        List<String> columns = new ArrayList<>();
        CandidateImport.columns(CandidateImport.Mode.ADD)
                .forEach(column -> columns.add(column.name()));
        List<List<String>> rows = new ArrayList<>();
        for (SheetRow read : rows(failed)) {
            List<String> cells = new ArrayList<>();
            columns.forEach(column -> cells.add(read.cell(column).text()));
            int id = columns.indexOf(CandidateColumns.ID_NUMBER);
            int name = columns.indexOf(CandidateColumns.NAME);
            if (cells.get(name).isEmpty()) {
                cells.set(name, people.get(1).name());
            } else {
                cells.set(id, people.get(0).idNumber());
            }
            rows.add(cells);
        }
        return write("repaired.xlsx", rows);
    }

    /** Rows of a workbook in the columns of the template. */
    static List<SheetRow> rows(Path workbook) throws IOException {
        SheetReader reader =
                new SheetReader(
                        CandidateImport.columns(CandidateImport.Mode.ADD),
                        List.of(CandidateColumns.REASON));
        return switch (reader.read(workbook)) {
            case SheetReading.Rows rows -> rows.rows();
            case SheetReading.Refused refused -> {
                // an empty template is one whose columns are all there
                if (refused.code() == SheetRefusal.SHEET_NO_ROWS) {
                    yield List.of();
                }
                throw new AssertionError(workbook + " " + refused);
            }
        };
    }

    private Path write(String name, List<List<String>> rows) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            new CandidateSheets().template(out, CandidateImport.Mode.ADD, rows, List.of());
        }
        return file;
    }

    /** Portraits named by ID number. */
    Path photos() throws IOException {
        Path file = directory.resolve("photos.zip");
        Random random = new Random(SEED);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (SamplePerson person : people) {
                zip.putNextEntry(new ZipEntry(person.idNumber() + ".jpg"));
                zip.write(SamplePhoto.jpeg(random));
                zip.closeEntry();
            }
        }
        return file;
    }
}
