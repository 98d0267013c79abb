package io.invigil.appliance.vision.model;

import java.util.List;

/** What became of an installation; a refused one has changed nothing on the shelf. */
public sealed interface InstallOutcome {
    /**
     * @param installed names of files now on the shelf
     * @param absent known files that the source does not have and that are not needed
     */
    record Installed(List<String> installed, List<String> absent) implements InstallOutcome {
        public Installed {
            installed = List.copyOf(installed);
            absent = List.copyOf(absent);
        }
    }

    /** The source has no detector or no recogniser; {@code files} would do. */
    record Missing(List<String> files) implements InstallOutcome {
        public Missing {
            files = List.copyOf(files);
        }
    }

    /** A file is not the pinned one; {@code found} is its SHA-256 or its length. */
    record WrongFile(String file, String expected, String found) implements InstallOutcome {}

    record SourceBroken(String detail) implements InstallOutcome {}
}
