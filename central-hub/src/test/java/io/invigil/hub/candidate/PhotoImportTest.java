package io.invigil.hub.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.testkit.StoreContract;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoImportTest {
    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    static byte[] picture(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.PINK);
        graphics.fillOval(width / 4, height / 4, width / 2, height / 2);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    abstract static class Contract extends StoreContract {
        @TempDir Path files;
        private HubWorld world;
        private PhotoImport photos;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makePeople() throws IOException {
            world = new HubWorld(database());
            photos = new PhotoImport(database(), world.clock, Optional.empty());
            Path file = files.resolve("people.xlsx");
            try (OutputStream out = Files.newOutputStream(file)) {
                new CandidateSheets()
                        .template(
                                out, CandidateImport.Mode.ADD, MadeUpPeople.rows(0, 12), List.of());
            }
            new CandidateImport(database(), world.clock)
                    .run(world.clerk, ImportFile.of(file), CandidateImport.Mode.ADD);
        }

        private ImportFile zip(Map<String, byte[]> entries) throws IOException {
            Path file = Files.createTempFile(files, "photos", ".zip");
            try (ZipOutputStream out =
                    new ZipOutputStream(Files.newOutputStream(file), Charset.forName("GB18030"))) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    out.putNextEntry(new ZipEntry(entry.getKey()));
                    out.write(entry.getValue());
                }
            }
            return ImportFile.of(file);
        }

        private Candidate candidate(int at) {
            String id = MadeUpPeople.idNumber(at);
            return database()
                    .inTransaction(
                            tx -> new Candidates().findByIdNumbers(tx, world.tenant, List.of(id)))
                    .get(id);
        }

        private Map<String, String> failures(ImportRecord record) {
            Map<String, String> codes = new LinkedHashMap<>();
            for (FailedRow row :
                    database().inTransaction(tx -> new ImportRecords().failed(tx, record, 1000))) {
                codes.put(row.cells().get(0), row.issues().get(0).code());
            }
            return codes;
        }

        @Test
        void takesPicturesOfBothKindsAndKeepsThemAsSmallJpegs() throws IOException {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            entries.put("照片/" + MadeUpPeople.idNumber(0) + ".jpg", picture("jpeg", 295, 413));
            entries.put(MadeUpPeople.idNumber(1) + ".PNG", picture("png", 1180, 1652));
            entries.put("__MACOSX/x", new byte[] {1});
            ImportRecord record = photos.run(world.clerk, zip(entries));
            assertThat(record.added()).isEqualTo(2);
            assertThat(record.failed()).isZero();
            byte[] kept =
                    database()
                            .inTransaction(
                                    tx ->
                                            new Photos()
                                                    .find(tx, world.tenant, candidate1(tx).photo())
                                                    .orElseThrow());
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(kept));
            assertThat(image.getWidth()).isEqualTo(295);
            assertThat(image.getHeight()).isEqualTo(413);
            assertThat(kept.length).isLessThan(60_000);
        }

        private Candidate candidate1(io.invigil.appliance.db.Tx tx) {
            String id = MadeUpPeople.idNumber(1);
            return new Candidates().findByIdNumbers(tx, world.tenant, List.of(id)).get(id);
        }

        @Test
        void aSecondUploadChangesNothingAndANewPhotoReplacesTheOld() throws IOException {
            String name = MadeUpPeople.idNumber(0) + ".jpg";
            ImportFile first = zip(Map.of(name, picture("jpeg", 295, 413)));
            photos.run(world.clerk, first);
            String before = candidate(0).photo();
            assertThat(photos.run(world.clerk, first).unchanged()).isEqualTo(1);
            assertThat(candidate(0).photo()).isEqualTo(before);
            ImportRecord second =
                    photos.run(world.clerk, zip(Map.of(name, picture("jpeg", 590, 826))));
            assertThat(second.changed()).isEqualTo(1);
            String after = candidate(0).photo();
            assertThat(after).isNotEqualTo(before);
            database()
                    .useTransaction(
                            tx -> {
                                Photos kept = new Photos();
                                assertThat(kept.find(tx, world.tenant, before)).isEmpty();
                                assertThat(kept.find(tx, world.tenant, after)).isPresent();
                            });
        }

        @Test
        void namesEveryPhotoThatIsNotTaken() throws IOException {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            byte[] good = picture("jpeg", 295, 413);
            entries.put("../" + MadeUpPeople.idNumber(0) + ".jpg", good);
            entries.put("王小二.jpg", good);
            entries.put(MadeUpPeople.idNumber(500) + ".jpg", good);
            entries.put(MadeUpPeople.idNumber(1) + ".jpg", new byte[] {1, 2, 3});
            entries.put(MadeUpPeople.idNumber(2) + ".jpg", java.util.Arrays.copyOf(good, 600));
            entries.put(MadeUpPeople.idNumber(3) + ".jpg", picture("jpeg", 413, 295));
            entries.put(MadeUpPeople.idNumber(4) + ".jpg", picture("jpeg", 100, 140));
            entries.put(
                    MadeUpPeople.idNumber(5) + ".jpg", new byte[PhotoArchive.PHOTO_BYTES_MAX + 1]);
            entries.put(MadeUpPeople.idNumber(6) + ".jpg", good);
            entries.put("另/" + MadeUpPeople.idNumber(6) + ".png", good);
            ImportRecord record = photos.run(world.clerk, zip(entries));
            assertThat(record.added()).isEqualTo(1);
            assertThat(failures(record).values())
                    .containsExactly(
                            "PHOTO_PATH_ESCAPES",
                            "PHOTO_NAME_MALFORMED",
                            "PHOTO_ID_UNKNOWN",
                            "PHOTO_NOT_PICTURE",
                            "PHOTO_UNREADABLE",
                            "PHOTO_RATIO",
                            "PHOTO_TOO_SMALL",
                            "PHOTO_TOO_LARGE",
                            "PHOTO_DOUBLE");
        }

        @Test
        void findsSizesThatLieAndDamagedEntries() throws IOException {
            byte[] noise = new byte[4000];
            new java.util.Random(1).nextBytes(noise);
            byte[] good = picture("jpeg", 295, 413);
            Map<String, byte[]> entries = new LinkedHashMap<>();
            entries.put(MadeUpPeople.idNumber(0) + ".jpg", good);
            ImportFile file = zip(entries);
            byte[] bytes = Files.readAllBytes(file.path());
            int central = central(bytes);
            bytes[central + 24] ^= 1;
            Path lying = files.resolve("lying.zip");
            Files.write(lying, bytes);
            assertThat(failures(photos.run(world.clerk, ImportFile.of(lying))).values())
                    .containsExactly("PHOTO_SIZE_LIE");
            bytes[central + 24] ^= 1;
            bytes[central + 16] ^= 1;
            Path damaged = files.resolve("damaged.zip");
            Files.write(damaged, bytes);
            assertThat(failures(photos.run(world.clerk, ImportFile.of(damaged))).values())
                    .containsExactly("PHOTO_ENTRY_BROKEN");
        }

        /** Where the zip's directory begins: signature PK 1 2. */
        private static int central(byte[] bytes) {
            for (int at = bytes.length - 4; at >= 0; at--) {
                if (bytes[at] == 'P'
                        && bytes[at + 1] == 'K'
                        && bytes[at + 2] == 1
                        && bytes[at + 3] == 2) {
                    return at;
                }
            }
            throw new AssertionError("no central directory");
        }

        @Test
        void refusesFilesThatAreNoZipBrokenOrEmpty() throws IOException {
            Path text = files.resolve("text.zip");
            Files.writeString(text, "no zip");
            assertThat(photos.run(world.clerk, ImportFile.of(text)).refusal())
                    .isEqualTo("PHOTOS_NOT_ZIP");
            ImportFile whole = zip(Map.of("1.jpg", new byte[5000]));
            byte[] bytes = Files.readAllBytes(whole.path());
            Path cut = files.resolve("cut.zip");
            Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
            assertThat(photos.run(world.clerk, ImportFile.of(cut)).refusal())
                    .isEqualTo("PHOTOS_BROKEN");
            assertThat(photos.run(world.clerk, zip(Map.of("__MACOSX/a", new byte[1]))).refusal())
                    .isEqualTo("PHOTOS_EMPTY");
        }

        @Test
        void takesAtMostTwoThousandPhotosAtOnce() throws IOException {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            for (int at = 0; at < PhotoArchive.PHOTOS_MAX; at++) {
                entries.put(MadeUpPeople.idNumber(1000 + at) + ".jpg", new byte[] {1});
            }
            ImportRecord most = photos.run(world.clerk, zip(entries));
            assertThat(most.refusal()).isEmpty();
            assertThat(most.failed()).isEqualTo(PhotoArchive.PHOTOS_MAX);
            entries.put("more.jpg", new byte[] {1});
            assertThat(photos.run(world.clerk, zip(entries)).refusal())
                    .isEqualTo("PHOTOS_TOO_MANY");
        }
    }
}
