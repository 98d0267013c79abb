package io.invigil.hub.review;

import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.MessageKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.hub.attempt.Attempts.Happening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a reviewer looks at: the pictures of a sitting in time order, and what the room noted beside
 * them.
 *
 * @param pictures snapshots and evidence, oldest first, at most {@link #PICTURES_MAX}
 * @param morePictures beyond that
 */
public record Gallery(
        List<Picture> pictures, int morePictures, List<Note> notes, List<Face> faces) {
    public static final int PICTURES_MAX = 200;

    public Gallery {
        pictures = List.copyOf(pictures);
        notes = List.copyOf(notes);
        faces = List.copyOf(faces);
    }

    /** Pictures that the room named and cannot send any more (fault row 70). */
    public long gaps() {
        return pictures.stream().filter(Picture::lost).count();
    }

    /**
     * One comparison by the machine.
     *
     * @param score cosine on the model's own scale, as a text
     */
    public record Face(
            Instant at, IdentityMoment moment, FaceVerdict verdict, String score, String model) {}

    /**
     * @param kind key of the text: cause of the snapshot, or {@code EVIDENCE}
     * @param blob hex SHA-256
     * @param lost the room cannot send it any more
     */
    public record Picture(Instant at, String kind, String blob, boolean lost) {
        Picture(Instant at, String kind, String blob) {
            this(at, kind, blob, false);
        }
    }

    /**
     * @param kind key of the text
     */
    public record Note(Instant at, String kind, String text) {}

    /** Everything that a sitting's facts name, as if nothing were lost. */
    static Gallery of(List<Happening> happenings) {
        List<Face> faces = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        List<Note> notes = new ArrayList<>();
        for (Happening happening : happenings) {
            Instant at = happening.at();
            switch (happening.fact().fact()) {
                case ProctorFact.SnapshotTaken f ->
                        pictures.add(new Picture(at, f.cause().name(), f.blob()));
                case RoomFact.IncidentReported f ->
                        f.blob().ifPresent(b -> pictures.add(new Picture(at, "EVIDENCE", b)));
                case IdentityFact.FaceCompared f -> {
                    pictures.add(new Picture(at, "FACE_" + f.verdict(), f.blob()));
                    String score = String.format(Locale.ROOT, "%.3f", f.score());
                    faces.add(new Face(at, f.moment(), f.verdict(), score, f.model()));
                }
                case IdentityFact.RecheckNotCompared f -> {
                    f.blob().ifPresent(b -> pictures.add(new Picture(at, "FACE_BY_EYE", b)));
                    notes.add(new Note(at, "FACE_" + f.why(), ""));
                }
                case IdentityFact.IdentityDecided f ->
                        notes.add(
                                new Note(
                                        at, f.accepted() ? "FACE_SAME" : "FACE_OTHER", f.reason()));
                case ProctorFact.Told f -> {
                    if (f.kind() == MessageKind.WARNING) {
                        notes.add(new Note(at, "WARNING", f.text()));
                    }
                }
                case ProctorFact.CameraTold f ->
                        notes.add(new Note(at, "CAMERA_" + f.camera(), ""));
                case ProctorFact.Readmitted f -> notes.add(new Note(at, "READMITTED", f.reason()));
                case ProctorFact.CaseOpened f ->
                        notes.add(new Note(at, "CASE_" + f.kind(), f.statement()));
                case RoomFact other -> {
                    // the page of the sitting shows everything; here only what a reviewer weighs
                }
            }
        }
        int more = Math.max(0, pictures.size() - PICTURES_MAX);
        return new Gallery(pictures.subList(0, pictures.size() - more), more, notes, faces);
    }

    /** With gaps where these pictures were. */
    Gallery without(Set<String> lost) {
        List<Picture> marked =
                pictures.stream()
                        .map(p -> new Picture(p.at(), p.kind(), p.blob(), lost.contains(p.blob())))
                        .toList();
        return new Gallery(marked, morePictures, notes, faces);
    }

    /** Whether a picture belongs to this sitting. */
    static boolean names(List<Happening> happenings, String blob) {
        return happenings.stream()
                .flatMap(happening -> picture(happening.fact().fact()).stream())
                .anyMatch(blob::equals);
    }

    private static Optional<String> picture(RoomFact fact) {
        return switch (fact) {
            case ProctorFact.SnapshotTaken f -> Optional.of(f.blob());
            case RoomFact.IncidentReported f -> f.blob();
            case IdentityFact.FaceCompared f -> Optional.of(f.blob());
            case IdentityFact.RecheckNotCompared f -> f.blob();
            case RoomFact other -> Optional.empty();
        };
    }
}
