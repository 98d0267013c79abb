package io.invigil.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The node, and beside it something that takes all memory once a file appears. */
final class SiteOutOfMemory {
    private static final int PIECE_BYTES = 1024 * 1024;
    private static final long LOOK_MILLIS = 50;

    private SiteOutOfMemory() {}

    public static void main(String[] arguments) throws Exception {
        Path signal = signal(Path.of(System.getenv("INVIGIL_DATA_DIR")).getParent());
        Thread.ofPlatform().daemon().start(() -> eatOnce(signal));
        SiteMain.main(arguments);
    }

    /** The file that a test makes. */
    static Path signal(Path directory) {
        return directory.resolve("take-all-memory");
    }

    private static void eatOnce(Path signal) {
        List<byte[]> taken = new ArrayList<>();
        try {
            while (!Files.exists(signal)) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        while (taken.size() < Integer.MAX_VALUE) {
            taken.add(new byte[PIECE_BYTES]);
        }
    }
}
