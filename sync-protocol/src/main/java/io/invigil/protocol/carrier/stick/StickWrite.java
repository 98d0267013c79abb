package io.invigil.protocol.carrier.stick;

import java.nio.file.Path;

/** Result of writing one file onto a stick. */
public sealed interface StickWrite {
    /** Written, forced, renamed, re-opened and read back equal. */
    record Done(Path file) implements StickWrite {}

    /** Not on the stick; what was there before still is. */
    record Failed(Reason reason, String detail) implements StickWrite {}

    /** Why; the name is the stable code. */
    enum Reason {
        STICK_FULL,
        STICK_TOO_MANY_FILES,
        STICK_FILE_TOO_LARGE,
        /** What is read back differs: a damaged stick, or one of false capacity (row 65). */
        STICK_READ_BACK_DIFFERS,
        STICK_NOT_WRITABLE
    }
}
