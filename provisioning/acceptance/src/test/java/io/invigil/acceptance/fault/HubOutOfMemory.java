package io.invigil.acceptance.fault;

import io.invigil.hub.HubMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The hub, and beside it something that takes all memory once a file appears. */
final class HubOutOfMemory {
    /** System property that names the file. */
    static final String SIGNAL = "invigil.test.signal";

    private static final int PIECE_BYTES = 1024 * 1024;
    private static final long LOOK_MILLIS = 50;

    private HubOutOfMemory() {}

    public static void main(String[] arguments) {
        Path signal = Path.of(System.getProperty(SIGNAL));
        Thread.ofPlatform().daemon().start(() -> eatOnce(signal));
        HubMain.main(arguments);
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
