package io.invigil.site.doctor;

import io.invigil.appliance.vision.FaceScale;
import io.invigil.appliance.vision.model.FaceModelFile;
import io.invigil.appliance.vision.model.InstalledModels;
import io.invigil.appliance.vision.model.ShelfState;
import io.invigil.protocol.manifest.Part;
import io.invigil.site.PaperHub;
import io.invigil.site.device.CameraDriver;
import io.invigil.site.device.Cameras;
import io.invigil.site.doctor.content.CameraProbe;
import io.invigil.site.doctor.content.ModelProbe;
import io.invigil.site.doctor.content.PackageProbe;
import io.invigil.site.pack.ExamPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A case for each thing that can be said of packages, models and cameras. */
final class ContentCases {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private final Path directory;
    private final List<Measured> cases = new ArrayList<>();

    ContentCases(Path directory) {
        this.directory = directory;
    }

    List<Measured> all() throws IOException {
        packages();
        models();
        cameras();
        return cases;
    }

    private static Measured packages(
            List<String> kept, List<ExamPackage> active, PackageProbe.Parts parts, long day)
            throws IOException {
        Clock clock = Clock.fixed(START.plus(Duration.ofDays(day)), ZoneOffset.UTC);
        return new PackageProbe(() -> kept, () -> active, parts, clock).look();
    }

    private void packages() throws IOException {
        PaperHub.Made made = new PaperHub(START).make(1, 3);
        List<ExamPackage> active = List.of(made.pack());
        List<String> kept = List.of(PaperHub.EXAM);
        PackageProbe.Parts whole = made::bytes;
        cases.add(packages(kept, active, whole, 1));
        cases.add(packages(List.of(), List.of(), whole, 1));
        cases.add(packages(kept, active, whole, 8));
        cases.add(packages(kept, active, part -> flipped(made, part), 1));
        cases.add(packages(kept, List.of(), whole, 1));
    }

    /** The last part as a failing disk would give it back. */
    private static Optional<byte[]> flipped(PaperHub.Made made, Part part) {
        Optional<byte[]> bytes = made.bytes(part);
        if (part.equals(made.pack().manifest().parts().getLast())) {
            bytes.ifPresent(content -> content[content.length / 2] ^= 1);
        }
        return bytes;
    }

    private void models() {
        FaceScale scale =
                FaceModelFile.KNOWN.stream().flatMap(f -> f.scale().stream()).findFirst().get();
        ShelfState ready =
                new ShelfState.Ready(
                        new InstalledModels(directory, directory, scale, Optional.empty()));
        cases.add(new ModelProbe(() -> ready, () -> true).look());
        cases.add(new ModelProbe(ShelfState.Empty::new, () -> false).look());
        cases.add(new ModelProbe(ShelfState.Empty::new, () -> true).look());
        ShelfState damaged = new ShelfState.Incomplete(List.of(), List.of("yunet.onnx"));
        cases.add(new ModelProbe(() -> damaged, () -> false).look());
    }

    private void cameras() {
        Cameras.Listed one = new Cameras.Listed(List.of("camera 0"), List.of());
        Cameras.Listed stranger =
                new Cameras.Listed(
                        List.of("camera 0"),
                        List.of(new CameraDriver.Missing("rtsp", CameraDriver.Want.FFMPEG)));
        Optional<byte[]> picture = Optional.of(new byte[40_000]);
        cases.add(new CameraProbe(() -> one, number -> picture).look());
        cases.add(
                new CameraProbe(() -> new Cameras.Listed(List.of(), List.of()), number -> picture)
                        .look());
        cases.add(new CameraProbe(() -> stranger, number -> picture).look());
    }
}
