package io.invigil.hub.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.importjob.ImportOrder;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.SAXParserFactory;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.XMLReader;

/**
 * A workbook of a hundred thousand candidates beside what cannot be saved: POI's own reading by
 * events and the database's own inserts (issue 4, part 12).
 */
@Tag("bench")
class ImportBenchTest {
    private static final int ROWS = 100_000;
    private static final int BATCH = 1_000;
    private static final int ROUNDS = 3;
    private static final double POI_FACTOR = 1.5;

    @TempDir Path directory;

    @Test
    void aHundredThousandCandidatesTakeLittleMoreThanReadingAndInserting() throws Exception {
        double load = BenchReport.load();
        Path sheet = sheet();
        double poi = Double.MAX_VALUE;
        double inserts = Double.MAX_VALUE;
        double whole = Double.MAX_VALUE;
        try (Database database = StoreContract.fresh(Dialect.POSTGRESQL, directory)) {
            Migrations migrations = new Migrations(database, Clock.systemUTC());
            migrations.apply(MigrationSource.appliance());
            migrations.apply(new MigrationSource("hub", Numbers.class));
            for (int round = 0; round < ROUNDS; round++) {
                poi = Math.min(poi, seconds(() -> assertThat(poi(sheet)).isEqualTo(ROWS)));
                HubWorld bare = new HubWorld(database);
                inserts = Math.min(inserts, seconds(() -> insert(database, bare)));
                HubWorld world = new HubWorld(database);
                whole = Math.min(whole, seconds(() -> run(database, world, sheet)));
            }
        }
        report(load, poi, inserts, whole);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        System.gc();
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    private Path sheet() throws Exception {
        Path sheet = directory.resolve("candidates.xlsx");
        try (OutputStream out = Files.newOutputStream(sheet)) {
            new CandidateSheets()
                    .template(out, CandidateImport.Mode.ADD, MadeUpPeople.rows(0, ROWS), List.of());
        }
        return sheet;
    }

    private void run(Database database, HubWorld world, Path sheet) throws Exception {
        CandidateImport.Mode mode = CandidateImport.Mode.ADD;
        ImportRecord record =
                new ImportJobs(database, world.clock, directory, "bench")
                        .register(mode.kind(), new CandidateImport(database, world.clock))
                        .run(ImportOrder.of(world.clerk, mode.kind()), ImportFile.of(sheet));
        assertThat(record.added()).isEqualTo(ROWS);
    }

    /** Rows with text as POI's own event handler gives them. */
    private static int poi(Path sheet) throws Exception {
        int[] rows = {-1};
        long[] chars = {0};
        try (OPCPackage opened = OPCPackage.open(sheet.toFile(), PackageAccess.READ)) {
            XSSFReader reader = new XSSFReader(opened);
            XSSFSheetXMLHandler handler =
                    new XSSFSheetXMLHandler(
                            reader.getStylesTable(),
                            new ReadOnlySharedStringsTable(opened),
                            new XSSFSheetXMLHandler.SheetContentsHandler() {
                                @Override
                                public void startRow(int row) {
                                    rows[0]++;
                                }

                                @Override
                                public void endRow(int row) {
                                    // counted at its start
                                }

                                @Override
                                public void cell(String at, String text, XSSFComment comment) {
                                    chars[0] += text.length();
                                }
                            },
                            false);
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setNamespaceAware(true);
            XMLReader xml = factory.newSAXParser().getXMLReader();
            xml.setContentHandler(handler);
            try (InputStream data = reader.getSheetsData().next()) {
                xml.parse(new InputSource(data));
            }
        }
        assertThat(chars[0]).isPositive();
        return rows[0];
    }

    /** The same candidates and audit entries by JDBC alone, with commits as the import has them. */
    private static void insert(Database database, HubWorld world) {
        List<List<String>> rows = MadeUpPeople.rows(0, ROWS);
        for (int from = 0; from < ROWS; from += 2 * BATCH) {
            List<List<String>> part = rows.subList(from, from + 2 * BATCH);
            int first = from;
            database.useTransaction(tx -> insert(tx, world, part, first));
        }
    }

    private static void insert(Tx tx, HubWorld world, List<List<String>> rows, int first) {
        Connection connection = tx.handle().getConnection();
        long tenant = world.tenant.value();
        long school = world.clerk.organisation().id().value();
        try (PreparedStatement candidate =
                        connection.prepareStatement(
                                """
                                insert into candidate (tenant, id, school, number, name, pinyin,
                                    id_number, gender, mobile, major, programme_level,
                                    enrolment_year, candidate_type, photo, photo_source)
                                values (?, ?, ?, ?, ?, ?, ?, 'FEMALE', ?, ?, ?, 2025, ?, '', '')
                                """);
                PreparedStatement audit =
                        connection.prepareStatement(
                                """
                                insert into audit_inbox (tenant, at_ms, login, role_code,
                                    organisation, address, action_name, subject, subject_key,
                                    before_json, after_json)
                                values (?, 0, 'clerk', 'school-clerk', ?, '', 'CREATED',
                                    'candidate', ?, '', ?)
                                """)) {
            for (int at = 0; at < rows.size(); at++) {
                List<String> row = rows.get(at);
                long id = first + at + 1L;
                List<Object> values = new ArrayList<>(List.of(tenant, id, school, "2026" + id));
                for (int column : new int[] {0, 1, 2, 3, 4, 5, 7}) {
                    values.add(row.get(column));
                }
                add(candidate, values);
                add(audit, List.of(tenant, school, Long.toString(id), json(row)));
                if ((at + 1) % BATCH == 0) {
                    candidate.executeBatch();
                    audit.executeBatch();
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the bare inserts failed", failure);
        }
    }

    private static String json(List<String> row) {
        return "{\"tenant\":{\"value\":1},\"id\":{\"value\":1},\"school\":{\"value\":1},\"number\":\""
                + String.join("\",\"name\":\"", row)
                + "\",\"photo\":\"\"}";
    }

    private static void add(PreparedStatement statement, List<Object> values) throws SQLException {
        for (int at = 0; at < values.size(); at++) {
            if (values.get(at) instanceof Long number) {
                statement.setLong(at + 1, number);
            } else {
                statement.setString(at + 1, values.get(at).toString());
            }
        }
        statement.addBatch();
    }

    private static void report(double load, double poi, double inserts, double whole)
            throws Exception {
        new BenchReport(Path.of("..", "provisioning", "acceptance", "target", "bench.json"))
                .section(
                        "import",
                        ROWS
                                + " candidates from a workbook into PostgreSQL as a job: stored,"
                                + " read, checked, inserted with an audit entry each; beside it"
                                + " POI's reading by events and the same inserts by JDBC in"
                                + " batches; best of "
                                + ROUNDS
                                + " rounds in turns in one process",
                        load,
                        List.of(
                                Figure.information("POI reading", poi, "s"),
                                Figure.information("bare inserts", inserts, "s"),
                                Figure.information("import", whole, "s"),
                                Figure.information("rate", ROWS / whole, "rows/s"),
                                Figure.atMost(
                                        "ratio",
                                        whole / (POI_FACTOR * poi + inserts),
                                        "import / (1.5 × POI reading + bare inserts)",
                                        1,
                                        "checks, audit texts and the binding of parameters on one"
                                                + " thread")));
    }
}
