package io.invigil.appliance.vision.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.appliance.vision.Comparison;
import io.invigil.appliance.vision.FaceAdvice;
import io.invigil.appliance.vision.FaceFeature;
import io.invigil.appliance.vision.FaceReading;
import io.invigil.exam.room.FaceVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The engine on real photographs (domain, section 10; protocol.md, section 16). Skipped where the
 * models or photographs are not beside the project.
 */
class FaceEngineTest {
    private static final String PHOTO = "image_0042.jpg";
    private static final String STRANGER = "image_0133.jpg";

    private static FaceEngine engine;

    @BeforeAll
    static void open() {
        var models = Photographs.models();
        var loading = OpenCvLibrary.load(Path.of("target", "native"));
        Assumptions.assumeTrue(
                loading instanceof OpenCvLibrary.Loading.Loaded, "skipped: " + loading);
        engine = new FaceEngine(models, 2);
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void everyPhotographIsAGoodFrame() throws IOException {
        for (Path photo : Photographs.people().keySet()) {
            FaceReading reading = engine.read(Files.readAllBytes(photo));
            assertThat(reading.advice()).as(photo.toString()).isEmpty();
            assertThat(reading.good()).isTrue();
        }
    }

    @Test
    void thePersonIsAcceptedAndNobodyElseIs() throws IOException {
        Map<String, List<FaceFeature>> people = new TreeMap<>();
        for (Map.Entry<Path, String> photo : Photographs.people().entrySet()) {
            FaceReading reading = engine.read(Files.readAllBytes(photo.getKey()));
            people.computeIfAbsent(photo.getValue(), person -> new ArrayList<>())
                    .add(reading.feature().orElseThrow());
        }
        people.forEach(
                (person, own) ->
                        people.forEach(
                                (other, frames) -> {
                                    var compared =
                                            Comparison.of(
                                                    engine.scale(),
                                                    own.getFirst(),
                                                    frames.subList(2, 5));
                                    if (person.equals(other)) {
                                        assertThat(compared.verdict())
                                                .as(person + " " + compared.score())
                                                .isEqualTo(FaceVerdict.ACCEPT);
                                    } else {
                                        assertThat(compared.verdict())
                                                .as(person + " as " + other)
                                                .isNotEqualTo(FaceVerdict.ACCEPT);
                                    }
                                }));
    }

    @Test
    void aReducedDetectionGivesTheSameFeatureAsASmallPicture() throws IOException {
        byte[] photo = Photographs.photo(PHOTO);
        byte[] large = Pictures.frame(1280, 1336, 1336, photo);
        FaceFeature small = engine.read(photo).feature().orElseThrow();
        FaceReading reading = engine.read(large);
        assertThat(reading.face().orElseThrow().width()).isCloseTo(4 * 142.0, within(100.0));
        assertThat(reading.feature().orElseThrow().cosine(small)).isGreaterThan(0.9);
    }

    @Test
    void aPictureWithoutAFaceIsAdvised() throws IOException {
        assertThat(engine.read(Pictures.frame(640, 480, 0)).advice())
                .containsExactly(FaceAdvice.NO_FACE);
    }

    @Test
    void twoFacesAreAdvisedAndGiveNoFeature() throws IOException {
        byte[] both =
                Pictures.frame(
                        640, 480, 330, Photographs.photo(PHOTO), Photographs.photo(STRANGER));
        FaceReading reading = engine.read(both);
        assertThat(reading.advice()).containsExactly(FaceAdvice.TWO_FACES);
        assertThat(reading.feature()).isEmpty();
    }

    @Test
    void someoneFarBehindDoesNotCountAsASecondFace() throws IOException {
        byte[] near = Photographs.photo(PHOTO);
        byte[] behind = Pictures.frame(290, 480, 100, Photographs.photo(STRANGER));
        assertThat(engine.read(Pictures.frame(640, 480, 480, near, behind)).advice()).isEmpty();
    }

    @Test
    void aSmallFaceIsAdvisedAndGivesNoFeature() throws IOException {
        FaceReading reading = engine.read(Pictures.frame(640, 480, 180, Photographs.photo(PHOTO)));
        assertThat(reading.advice()).containsExactly(FaceAdvice.TOO_SMALL);
        assertThat(reading.feature()).isEmpty();
    }

    @Test
    void aDarkFaceIsAdvised() throws IOException {
        assertThat(engine.read(Pictures.darker(Photographs.photo(PHOTO), 0.2f)).advice())
                .containsExactly(FaceAdvice.TOO_DARK);
    }

    @Test
    void aTiltedHeadIsAdvised() throws IOException {
        assertThat(engine.read(Pictures.rotated(Photographs.photo(PHOTO), 35)).advice())
                .containsExactly(FaceAdvice.TURNED);
    }

    @Test
    void whatIsNoPictureIsAdvisedAndNeverAnException() throws IOException {
        byte[] photo = Photographs.photo(PHOTO);
        byte[] cut = java.util.Arrays.copyOf(photo, 200);
        byte[] bomb = photo.clone();
        int frame = 0;
        while ((bomb[frame] & 0xFF) != 0xFF || (bomb[frame + 1] & 0xFF) != 0xC0) {
            frame++;
        }
        bomb[frame + 5] = (byte) 0xFF;
        bomb[frame + 7] = (byte) 0xFF;
        for (byte[] bad : List.of(new byte[0], "no picture".getBytes(), cut, bomb)) {
            assertThat(engine.read(bad).advice()).containsExactly(FaceAdvice.PICTURE_UNREADABLE);
        }
    }

    @Test
    void theLivenessHintIsGivenOnCameraFramesOnly() throws IOException {
        byte[] photo = Photographs.photo(PHOTO);
        assertThat(engine.read(photo).live()).isEmpty();
        assertThat(engine.readLive(photo).live().orElseThrow()).isBetween(0.0, 1.0);
        assertThat(engine.readLive(Pictures.frame(640, 480, 0)).live()).isEmpty();
    }

    @Test
    void readingsSideBySideAgreeWithReadingsAlone() throws Exception {
        byte[] photo = Photographs.photo(PHOTO);
        byte[] frame = Pictures.frame(640, 480, 480, Photographs.photo(STRANGER));
        FaceFeature own = engine.read(photo).feature().orElseThrow();
        FaceFeature other = engine.read(frame).feature().orElseThrow();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Double>> same = new ArrayList<>();
            for (int at = 0; at < 40; at++) {
                boolean even = at % 2 == 0;
                same.add(
                        threads.submit(
                                () ->
                                        engine.read(even ? photo : frame)
                                                .feature()
                                                .orElseThrow()
                                                .cosine(even ? own : other)));
            }
            for (Future<Double> cosine : same) {
                assertThat(cosine.get()).isCloseTo(1, within(1e-5));
            }
        }
    }

    /** 400 frames of 900 KB each would stay as 360 MB if one matrix were not released. */
    @Test
    void memoryStaysFlatOverManyPictures() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(status), "skipped: needs /proc");
        byte[] frame = Pictures.frame(640, 480, 480, Photographs.photo(PHOTO));
        for (int at = 0; at < 60; at++) {
            engine.readLive(frame);
        }
        long before = residentKiB(status);
        for (int at = 0; at < 400; at++) {
            engine.readLive(frame);
        }
        assertThat(residentKiB(status) - before).isLessThan(60 * 1024);
    }

    private static long residentKiB(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
