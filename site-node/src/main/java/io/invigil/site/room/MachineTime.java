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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The machine's monotonic time: {@code /proc/uptime} under the kernel's boot id, so that a restart
 * of the process goes on exactly where it was (XSP/1 section 11). Elsewhere the JVM's own counter
 * under a boot id of its own: then a restart counts as a new boot.
 *
 * <p>The kernel's file is read a few times a second; in between the JVM's counter goes on from
 * there. That counter stands still while the machine sleeps, the kernel's does not: sleep is
 * noticed at the next reading. Never goes back. Thread-safe.
 */
public final class MachineTime implements RoomTimeSource {
    /** The kernel's uptime is read this often at most. */
    static final long ANCHOR_NANOS = 250_000_000;

    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Clock wallClock;
    private final LongSupplier upMillis;
    private final LongSupplier nanos;
    private final String boot;
    private final AtomicLong latest = new AtomicLong();
    private volatile Anchor anchor;

    /** What the kernel said, and when by the JVM's counter. */
    private record Anchor(long upMillis, long nanos) {}

    /**
     * @param upMillis milliseconds since boot, dear to ask
     * @param nanos a counter that is cheap to ask
     */
    MachineTime(Clock wallClock, LongSupplier upMillis, LongSupplier nanos, String boot) {
        this.wallClock = wallClock;
        this.upMillis = upMillis;
        this.nanos = nanos;
        this.boot = boot;
        this.anchor = new Anchor(upMillis.getAsLong(), nanos.getAsLong());
    }

    /** The best source this machine has. */
    public static MachineTime of(Clock wallClock, Entropy entropy) {
        if (Files.isReadable(UPTIME) && Files.isReadable(BOOT_ID)) {
            return new MachineTime(
                    wallClock, MachineTime::kernelUpMillis, System::nanoTime, text(BOOT_ID));
        }
        String random = HexFormat.of().formatHex(entropy.bytes(16));
        long start = System.nanoTime();
        return new MachineTime(
                wallClock, () -> (System.nanoTime() - start) / 1_000_000, System::nanoTime, random);
    }

    @Override
    public CoreTime now() {
        long at = nanos.getAsLong();
        Anchor last = anchor;
        if (at - last.nanos() >= ANCHOR_NANOS) {
            last = new Anchor(upMillis.getAsLong(), at);
            anchor = last;
        }
        long up = last.upMillis() + (at - last.nanos()) / 1_000_000;
        // the kernel speaks in hundredths of a second: a new anchor may lie a little behind
        return new CoreTime(wallClock.millis(), latest.accumulateAndGet(up, Math::max), boot);
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
