package io.invigil.appliance.data;

import java.nio.file.Path;

/** A key file is not what was stored: other data key, other name, changed bytes. */
public final class KeyFileDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyFileDamaged(Path file) {
        super("the key file " + file + " was changed or belongs to another data key");
    }
}
