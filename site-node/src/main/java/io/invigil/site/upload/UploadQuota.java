package io.invigil.site.upload;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How much one sitting may bring, so that nobody fills the disk of the room with files that no
 * answer names. Counted since the process began. Thread-safe.
 */
final class UploadQuota {
    /** Different files of one sitting, those taken back again included. */
    static final int FILES_MAX = 60;

    static final long BYTES_MAX = 128L * 1024 * 1024;

    private final Map<Long, Used> used = new HashMap<>();

    private static final class Used {
        private final Set<String> files = new HashSet<>();
        private long bytes;
    }

    /** Counts a file; false when it is beyond what the sitting may bring. */
    synchronized boolean take(long sitting, String sha256, int bytes) {
        Used sofar = used.computeIfAbsent(sitting, any -> new Used());
        if (sofar.files.contains(sha256)) {
            return true;
        }
        if (sofar.files.size() >= FILES_MAX || sofar.bytes + bytes > BYTES_MAX) {
            return false;
        }
        sofar.files.add(sha256);
        sofar.bytes += bytes;
        return true;
    }
}
