package io.invigil.appliance.vision.model;

import io.invigil.appliance.vision.FaceScale;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files that were found complete and with their pinned hashes.
 *
 * @param scale of the recogniser
 */
public record InstalledModels(
        Path detector, Path recogniser, FaceScale scale, Optional<Liveness> liveness) {

    /** The liveness pair; only both together are used. */
    public record Liveness(Path near, Path far) {}
}
