package io.invigil.appliance.data;

import java.nio.file.Path;

/** Another process has the data directory open; two servers on one directory would destroy it. */
public final class DataDirectoryInUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataDirectoryInUse(Path directory) {
        super("the data directory " + directory + " is in use by another process");
    }
}
