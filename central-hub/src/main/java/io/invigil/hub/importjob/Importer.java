package io.invigil.hub.importjob;

import io.invigil.hub.intake.ImportFile;
import java.io.IOException;

/** What a feature does with the files of a kind of import. Thread-safe. */
public interface Importer {

    /**
     * Reads the file as a whole, before any of its rows is taken.
     *
     * @throws IOException when the disk fails; a damaged file is a refusal
     */
    Opening open(ImportOrder order, ImportFile file) throws IOException;

    /** What became of opening a file. */
    sealed interface Opening {
        record Opened(ImportRun run) implements Opening {}

        /** Nothing of the file is used; the code's text is {@code issue.CODE}. */
        record Refused(String code, String detail) implements Opening {}
    }
}
