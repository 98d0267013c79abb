package io.invigil.appliance.vision.opencv;

import io.invigil.appliance.vision.FaceReader;
import io.invigil.appliance.vision.model.ModelShelf;
import io.invigil.appliance.vision.model.ShelfState;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What this machine can do with faces. Not being able to is a state, never an error: identity is
 * checked by eye then.
 *
 * @param reader when faces can be compared
 * @param state for people
 * @param detail for the technician, empty text when there is nothing to say
 */
public record InstalledFaces(Optional<FaceReader> reader, State state, String detail)
        implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(InstalledFaces.class.getName());

    /** Why faces are compared or not. */
    public enum State {
        READY,
        NO_MODELS,
        MODELS_DAMAGED,
        NO_LIBRARY
    }

    /** A machine that goes by eye. */
    public static InstalledFaces byEye(State state, String detail) {
        return new InstalledFaces(Optional.empty(), state, detail);
    }

    /**
     * Opens the installed models.
     *
     * @param models directory of the model files
     * @param library directory for the native library
     * @param workers pictures looked at side by side
     */
    public static InstalledFaces open(Path models, Path library, int workers) {
        InstalledFaces opened =
                switch (new ModelShelf(models).look()) {
                    case ShelfState.Empty empty -> byEye(State.NO_MODELS, "");
                    case ShelfState.Incomplete incomplete ->
                            byEye(
                                    State.MODELS_DAMAGED,
                                    "missing "
                                            + incomplete.missing()
                                            + ", damaged "
                                            + incomplete.damaged());
                    case ShelfState.Ready ready -> open(ready, library, workers);
                };
        LOG.log(System.Logger.Level.INFO, "faces: {0} {1}", opened.state, opened.detail);
        return opened;
    }

    private static InstalledFaces open(ShelfState.Ready ready, Path library, int workers) {
        return switch (OpenCvLibrary.load(library)) {
            case OpenCvLibrary.Loading.Unavailable no -> byEye(State.NO_LIBRARY, no.reason());
            case OpenCvLibrary.Loading.Loaded loaded ->
                    new InstalledFaces(
                            Optional.of(new FaceEngine(ready.models(), workers)),
                            State.READY,
                            ready.models().scale().model());
        };
    }

    @Override
    public void close() {
        if (reader.isPresent() && reader.get() instanceof FaceEngine engine) {
            engine.close();
        }
    }
}
