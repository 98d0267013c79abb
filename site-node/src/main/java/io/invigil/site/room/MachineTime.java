package io.invigil.site.room;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.room.core.CoreTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;

/**
 * The machine's monotonic time: {@code /proc/uptime} under the kernel's boot id, so that a restart
 * of the process goes on exactly where it was (XSP/1 section 11). Elsewhere the JVM's own counter
 * under a boot id of its own: then a restart counts as a new boot. Thread-safe.
 */
public final class MachineTime implements RoomTimeSource {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Clock wallClock;
    private final boolean kernel;
    private final String boot;
    private final long startNanos;

    private MachineTime(Clock wallClock, boolean kernel, String boot) {
        this.wallClock = wallClock;
        this.kernel = kernel;
        this.boot = boot;
        this.startNanos = System.nanoTime();
    }

    /** The best source this machine has. */
    public static MachineTime of(Clock wallClock, Entropy entropy) {
        if (Files.isReadable(UPTIME) && Files.isReadable(BOOT_ID)) {
            return new MachineTime(wallClock, true, text(BOOT_ID));
        }
        String random = HexFormat.of().formatHex(entropy.bytes(16));
        return new MachineTime(wallClock, false, random);
    }

    @Override
    public CoreTime now() {
        long up = kernel ? kernelUpMillis() : (System.nanoTime() - startNanos) / 1_000_000;
        return new CoreTime(wallClock.millis(), up, boot);
    }

    /** {@code 12345.67 45678.90}: seconds since boot with two decimals, then idle time. */
    private static long kernelUpMillis() {
        String line = text(UPTIME);
        int dot = line.indexOf('.');
        int space = line.indexOf(' ');
        long seconds = Long.parseLong(line.substring(0, dot));
        long hundredths = Long.parseLong(line.substring(dot + 1, space));
        return seconds * 1_000 + hundredths * 10;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException gone) {
            throw new UncheckedIOException("the kernel's clock cannot be read", gone);
        }
    }
}
