package io.invigil.acceptance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.vision.Comparison;
import io.invigil.appliance.vision.FaceFeature;
import io.invigil.appliance.vision.FaceReading;
import io.invigil.appliance.vision.model.InstalledModels;
import io.invigil.appliance.vision.model.ModelShelf;
import io.invigil.appliance.vision.model.ShelfState;
import io.invigil.appliance.vision.opencv.FaceEngine;
import io.invigil.appliance.vision.opencv.OpenCvLibrary;
import io.invigil.exam.room.FaceVerdict;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import io.invigil.testkit.face.HeadWarp;
import io.invigil.testkit.face.SharedFaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Comparing faces: cost beside the bare library, pictures a second, memory, and error rates. */
@Isolated("a benchmark measures itself alone")
@Tag("bench")
class FacesBenchTest {
    private static final int ROUNDS = 30;
    private static final int PICTURES = 10_000;
    private static final int SETTLED = 1_000;
    private static final double RATIO = 1.15;
    private static final double PICTURES_PER_SECOND = 45;
    private static final double GROWTH_MIB = 32;

    private final BenchReport report = BenchReport.ofBuild();
    private InstalledModels models;
    private List<byte[]> frames;

    @BeforeEach
    void framesOfTheCamera() throws IOException {
        models = ((ShelfState.Ready) new ModelShelf(SharedFaces.models()).look()).models();
        frames = new ArrayList<>();
        for (Path photo : SharedFaces.people().keySet()) {
            frames.add(HeadWarp.frame(Files.readAllBytes(photo)));
        }
        OpenCvLibrary.load(Path.of("target", "native"));
    }

    @Test
    void oneComparisonBesideTheBareLibrary() throws IOException {
        double load = BenchReport.load();
        try (FaceEngine engine = new FaceEngine(models, 1);
                BareFaces bare = new BareFaces(models)) {
            FaceFeature template = engine.read(frames.getFirst()).feature().orElseThrow();
            bare.remember(frames.getFirst());
            long ours = 0;
            long library = 0;
            int accepted = 0;
            double difference = 0;
            for (int round = -3; round < ROUNDS; round++) {
                boolean bareFirst = round % 2 == 0;
                for (byte[] frame : frames) {
                    double theirs = bareFirst ? bare.timed(frame) : 0;
                    long before = System.nanoTime();
                    double cosine = engine.read(frame).feature().orElseThrow().cosine(template);
                    boolean accept = engine.scale().verdict(cosine) == FaceVerdict.ACCEPT;
                    long took = System.nanoTime() - before;
                    theirs = bareFirst ? theirs : bare.timed(frame);
                    difference = Math.max(difference, Math.abs(theirs - cosine));
                    if (round >= 0) {
                        library += bare.nanos();
                        ours += took;
                        accepted += accept ? 1 : 0;
                    }
                }
            }
            int compared = ROUNDS * frames.size();
            assertThat(difference).as("the same decision from the same pixels").isLessThan(1e-3);
            assertThat(accepted).isPositive().isLessThan(compared);
            report.section(
                    "faceComparison",
                    compared
                            + " JPEG frames of 640 by 480 pixels made from the photographs, one"
                            + " worker, taking turns with the same calls of OpenCV alone (decode,"
                            + " reduce, detect, align, feature, match); decision out",
                    load,
                    List.of(
                            Figure.atMost(
                                    "comparisonToBare",
                                    (double) ours / library,
                                    "ratio",
                                    RATIO,
                                    "what the engine adds: size of the picture, brightness,"
                                            + " shape, advice"),
                            Figure.information("comparison", ours / 1e6 / compared, "ms"),
                            Figure.information("bare", library / 1e6 / compared, "ms"),
                            Figure.atLeast(
                                    "picturesPerSecond",
                                    compared / (ours / 1e9),
                                    "pictures/s",
                                    PICTURES_PER_SECOND,
                                    "one processor, shared with whatever else the machine does")));
        }
    }

    @Test
    void memoryOverTenThousandPictures() throws IOException {
        double load = BenchReport.load();
        long pid = ProcessHandle.current().pid();
        try (FaceEngine engine = new FaceEngine(models, 1)) {
            for (int at = 0; at < SETTLED; at++) {
                engine.readLive(frames.get(at % frames.size()));
            }
            System.gc();
            double before = ProcessFigures.residentMiB(pid);
            for (int at = 0; at < PICTURES; at++) {
                engine.readLive(frames.get(at % frames.size()));
            }
            System.gc();
            double after = ProcessFigures.residentMiB(pid);
            report.section(
                    "faceMemory",
                    PICTURES
                            + " frames with the liveness pair after "
                            + SETTLED
                            + " to warm up; resident memory (VmRSS) of the testing process",
                    load,
                    List.of(
                            Figure.information("residentBefore", before, "MiB"),
                            Figure.information("residentAfter", after, "MiB"),
                            Figure.atMost(
                                    "growth",
                                    after - before,
                                    "MiB",
                                    GROWTH_MIB,
                                    "what the heap of the testing process still took")));
        }
    }

    @Test
    void errorRatesOnTheGivenPhotographs() throws IOException {
        double load = BenchReport.load();
        Map<String, List<FaceFeature>> people = new TreeMap<>();
        try (FaceEngine engine = new FaceEngine(models, 1)) {
            for (Map.Entry<Path, String> photo : SharedFaces.people().entrySet()) {
                FaceReading reading = engine.read(Files.readAllBytes(photo.getKey()));
                people.computeIfAbsent(photo.getValue(), person -> new ArrayList<>())
                        .add(reading.feature().orElseThrow());
            }
        }
        int[] genuine = new int[FaceVerdict.values().length];
        int[] impostor = new int[FaceVerdict.values().length];
        people.forEach(
                (person, own) ->
                        people.forEach(
                                (other, theirs) -> {
                                    boolean same = person.equals(other);
                                    for (FaceFeature template : own) {
                                        count(template, theirs, same ? genuine : impostor);
                                    }
                                }));
        double genuineAll = sum(genuine);
        double impostorAll = sum(impostor);
        assertThat(genuineAll).isPositive();
        report.section(
                "faceErrorRates",
                "every photograph as template against every three others of one person; "
                        + people.size()
                        + " people are too few to set thresholds, which belong to the model file",
                load,
                List.of(
                        Figure.information("genuineComparisons", genuineAll, "comparisons"),
                        Figure.information("impostorComparisons", impostorAll, "comparisons"),
                        Figure.information(
                                "falseAccept",
                                impostor[FaceVerdict.ACCEPT.ordinal()] / impostorAll,
                                "share"),
                        Figure.information(
                                "impostorAsked",
                                impostor[FaceVerdict.ASK_PROCTOR.ordinal()] / impostorAll,
                                "share"),
                        Figure.information(
                                "falseReject",
                                genuine[FaceVerdict.MISMATCH.ordinal()] / genuineAll,
                                "share"),
                        Figure.information(
                                "genuineAsked",
                                genuine[FaceVerdict.ASK_PROCTOR.ordinal()] / genuineAll,
                                "share")));
    }

    private void count(FaceFeature template, List<FaceFeature> others, int[] verdicts) {
        List<FaceFeature> rest = others.stream().filter(other -> other != template).toList();
        for (int a = 0; a < rest.size(); a++) {
            for (int b = a + 1; b < rest.size(); b++) {
                for (int c = b + 1; c < rest.size(); c++) {
                    var three = List.of(rest.get(a), rest.get(b), rest.get(c));
                    var compared = Comparison.of(models.scale(), template, three);
                    verdicts[compared.verdict().ordinal()]++;
                }
            }
        }
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}
