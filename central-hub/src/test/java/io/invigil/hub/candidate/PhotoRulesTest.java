package io.invigil.hub.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.vision.FaceReader;
import io.invigil.appliance.vision.opencv.InstalledFaces;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.face.SharedFaces;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source 002 section 4 (照片底色：红色); domain section 3: one face of at least 100 px with models. */
class PhotoRulesTest {
    private static final Color RED = new Color(0xC0, 0x20, 0x28);

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

    private static int colour(double hue, double saturation, double brightness) {
        return Color.HSBtoRGB((float) (hue / 360), (float) saturation, (float) brightness)
                & 0xFFFFFF;
    }

    @Test
    void redHasTwentyDegreesToBothSidesAndIsNeitherPinkNorBlack() {
        for (double hue : new double[] {0, 19.5, 340.5}) {
            assertThat(PhotoBackground.RED.fits(colour(hue, 0.9, 0.8))).as("" + hue).isTrue();
        }
        for (double hue : new double[] {20.8, 339.2, 120, 220}) {
            assertThat(PhotoBackground.RED.fits(colour(hue, 0.9, 0.8))).as("" + hue).isFalse();
        }
        assertThat(PhotoBackground.RED.fits(colour(0, 0.41, 0.8))).isTrue();
        assertThat(PhotoBackground.RED.fits(colour(0, 0.38, 0.8))).as("pink").isFalse();
        assertThat(PhotoBackground.RED.fits(colour(0, 0.9, 0.31))).isTrue();
        assertThat(PhotoBackground.RED.fits(colour(0, 0.9, 0.28))).as("black").isFalse();
    }

    @Test
    void theOtherGroundsHaveTheirEdgesToo() {
        assertThat(PhotoBackground.BLUE.fits(colour(186, 0.9, 0.8))).isTrue();
        assertThat(PhotoBackground.BLUE.fits(colour(184, 0.9, 0.8))).isFalse();
        assertThat(PhotoBackground.BLUE.fits(colour(249, 0.9, 0.8))).isTrue();
        assertThat(PhotoBackground.BLUE.fits(colour(251, 0.9, 0.8))).isFalse();
        assertThat(PhotoBackground.WHITE.fits(0xFFFFFF)).isTrue();
        assertThat(PhotoBackground.WHITE.fits(colour(0, 0, 0.81))).isTrue();
        assertThat(PhotoBackground.WHITE.fits(colour(0, 0, 0.79))).as("grey").isFalse();
        assertThat(PhotoBackground.WHITE.fits(colour(40, 0.14, 0.95))).as("warm lamp").isTrue();
        assertThat(PhotoBackground.WHITE.fits(colour(40, 0.17, 0.95))).isFalse();
        assertThat(PhotoBackground.ANY.fits(0x00FF00)).isTrue();
    }

    /** A ground whose corners differ, and on it a face so wide, when one is given. */
    private static byte[] portrait(Color left, Color right, Optional<BufferedImage> face, int width)
            throws IOException {
        BufferedImage image = new BufferedImage(295, 413, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = image.createGraphics();
        paint.setColor(left);
        paint.fillRect(0, 0, 148, 413);
        paint.setColor(right);
        paint.fillRect(148, 0, 147, 413);
        if (face.isPresent()) {
            int height = width * face.get().getHeight() / face.get().getWidth();
            paint.drawImage(face.get(), (295 - width) / 2, 60, width, height, null);
        }
        paint.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static byte[] ground(Color left, Color right) throws IOException {
        return portrait(left, right, Optional.empty(), 0);
    }

    abstract static class Contract extends StoreContract {
        @TempDir Path files;
        private HubWorld world;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", PhotoRules.class));
        }

        @BeforeEach
        void makePeople() {
            world = new HubWorld(database());
            world.candidates(world.clerk, 0, 6);
        }

        private ImportRecord taken(Optional<FaceReader> reader, byte[]... photos)
                throws IOException {
            Path file = Files.createTempFile(files, "photos", ".zip");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
                for (int at = 0; at < photos.length; at++) {
                    out.putNextEntry(new ZipEntry(MadeUpPeople.idNumber(at) + ".png"));
                    out.write(photos[at]);
                }
            }
            return new PhotoImport(database(), world.clock, reader)
                    .run(world.clerk, ImportFile.of(file));
        }

        private Map<Integer, String> failures(ImportRecord record) {
            Map<Integer, String> codes = new LinkedHashMap<>();
            for (FailedRow row :
                    database().inTransaction(tx -> new ImportRecords().failed(tx, record, 10))) {
                codes.put(row.row(), row.issues().getFirst().code());
            }
            return codes;
        }

        @Test
        void aPhotoOnAnotherGroundIsRefusedByNameWithTheColourThatWasFound() throws IOException {
            ImportRecord record =
                    taken(
                            Optional.empty(),
                            ground(RED, RED),
                            ground(Color.BLUE, Color.BLUE),
                            ground(RED, Color.WHITE));
            assertThat(record.added()).isEqualTo(1);
            assertThat(failures(record)).isEqualTo(Map.of(2, "PHOTO_NOT_RED", 3, "PHOTO_NOT_RED"));
            FailedRow white =
                    database()
                            .inTransaction(tx -> new ImportRecords().failed(tx, record, 10))
                            .get(1);
            assertThat(white.issues().getFirst().detail()).isEqualTo("#FFFFFF");
        }

        @Test
        void theBodySetsAnotherGroundForItsTenantFromNowOn() throws IOException {
            PhotoRules rules = new PhotoRules();
            assertThat(taken(Optional.empty(), ground(RED, RED)).added()).isEqualTo(1);
            database().useTransaction(tx -> rules.demand(tx, world.body, PhotoBackground.WHITE));
            assertThat(failures(taken(Optional.empty(), ground(Color.PINK, Color.PINK))))
                    .containsValue("PHOTO_NOT_WHITE");
            database().useTransaction(tx -> rules.demand(tx, world.body, PhotoBackground.ANY));
            assertThat(taken(Optional.empty(), ground(Color.PINK, Color.GREEN)).changed())
                    .isEqualTo(1);
            assertThat(AuditTrail.of(database(), world.tenant))
                    .contains("CHANGED photo-rule " + world.tenant);
            assertThatThrownBy(
                            () ->
                                    database()
                                            .useTransaction(
                                                    tx ->
                                                            rules.demand(
                                                                    tx,
                                                                    world.clerk,
                                                                    PhotoBackground.ANY)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void withoutModelsTheRecordSaysThatNoMachineLookedForFaces() throws IOException {
            ImportRecord record = taken(Optional.empty(), ground(RED, RED));
            assertThat(record.added()).as("taken all the same").isEqualTo(1);
            assertThat(record.remark()).isEqualTo(PhotoFaces.UNCHECKED);
        }

        @Test
        void withModelsEachPhotoHasOneFaceOfAtLeastAHundredPixels() throws IOException {
            BufferedImage one = face("image_0042.jpg");
            BufferedImage pair = new BufferedImage(600, 340, BufferedImage.TYPE_INT_RGB);
            Graphics2D paint = pair.createGraphics();
            paint.drawImage(one, 0, 0, 300, 340, null);
            paint.drawImage(face("image_0001.jpg"), 300, 0, 300, 340, null);
            paint.dispose();
            try (InstalledFaces faces =
                    InstalledFaces.open(SharedFaces.models(), files.resolve("native"), 1)) {
                FaceReader reader = faces.reader().orElseThrow();
                int edge = narrowest(reader, one);
                ImportRecord record =
                        taken(
                                Optional.of(reader),
                                portrait(RED, RED, Optional.of(one), edge),
                                portrait(RED, RED, Optional.of(one), edge - 6),
                                ground(RED, RED),
                                portrait(RED, RED, Optional.of(pair), 295));
                assertThat(failures(record))
                        .isEqualTo(
                                Map.of(
                                        2,
                                        "PHOTO_FACE_SMALL",
                                        3,
                                        "PHOTO_NO_FACE",
                                        4,
                                        "PHOTO_TWO_FACES"));
                assertThat(record.added()).isEqualTo(1);
                assertThat(record.remark()).isEmpty();
            }
        }

        /** Width at which the photograph's face just has its hundred pixels. */
        private static int narrowest(FaceReader reader, BufferedImage face) throws IOException {
            for (int width = 120; width < 295; width += 2) {
                byte[] jpeg =
                        ((PhotoReading.Normalised)
                                        new PhotoReader()
                                                .read(portrait(RED, RED, Optional.of(face), width)))
                                .jpeg();
                if (new PhotoFaces(Optional.of(reader)).issue(jpeg).isEmpty()) {
                    return width;
                }
            }
            throw new AssertionError("the face never is large enough");
        }

        private static BufferedImage face(String name) throws IOException {
            return ImageIO.read(new ByteArrayInputStream(SharedFaces.photo(name)));
        }
    }
}
