package io.invigil.hub.candidate;

import io.invigil.appliance.vision.FaceAdvice;
import io.invigil.appliance.vision.FaceReader;
import io.invigil.appliance.vision.FaceReading;
import java.util.Optional;

/**
 * Each photo shows exactly one face, wide enough to be compared (domain, section 3), when face
 * models are installed. It is looked for on the picture that is kept. Thread-safe.
 */
final class PhotoFaces {
    /** Says at the import's record that no machine looked at the photos. */
    static final String UNCHECKED = "PHOTO_FACES_UNCHECKED";

    private final Optional<FaceReader> reader;

    PhotoFaces(Optional<FaceReader> reader) {
        this.reader = reader;
    }

    boolean areChecked() {
        return reader.isPresent();
    }

    /** Why the photo is not taken. */
    Optional<PhotoIssue> issue(byte[] jpeg) {
        return reader.map(one -> one.read(jpeg)).flatMap(PhotoFaces::issue);
    }

    /** A face that is turned or in shade is the school's to judge: it is no rule of the source. */
    private static Optional<PhotoIssue> issue(FaceReading reading) {
        if (reading.advice().contains(FaceAdvice.TWO_FACES)) {
            return Optional.of(PhotoIssue.PHOTO_TWO_FACES);
        }
        if (reading.face().isEmpty()) {
            return Optional.of(PhotoIssue.PHOTO_NO_FACE);
        }
        return reading.advice().contains(FaceAdvice.TOO_SMALL)
                ? Optional.of(PhotoIssue.PHOTO_FACE_SMALL)
                : Optional.empty();
    }
}
