package io.invigil.site.doctor.machine;

import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Latencies;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long a forced write takes on each device of the ledger: that is what every candidate waits
 * for at each save. The file is beside the ledger's own and deleted afterwards.
 */
public final class WriteProbe implements Probe {
    /** A save's 99th percentile in a full room (issue 3, part 9). */
    public static final Duration P99_GOOD = Duration.ofMillis(50);

    /** After so long the ledger goes on without a device (XSP/1 section 2). */
    public static final Duration P99_MAX = Duration.ofMillis(250);

    static final int WRITES = 64;
    static final int WRITE_BYTES = 4 * 1024;

    /** A disk that takes so long for all of it has said enough. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final String FILE = "doctor.probe";

    private final List<Device> devices;
    private final BooleanSupplier halted;
    private final LongSupplier nanos;

    /** Somewhere to write; each call of {@link Writing#force} writes and forces once. */
    public interface Device {
        String name();

        Writing open() throws IOException;

        /** A directory of the file system. */
        static Device directory(String name, Path directory) {
            return new InDirectory(name, directory);
        }
    }

    /** Open file of a device. */
    public interface Writing extends AutoCloseable {
        void force(ByteBuffer block) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * @param halted whether the ledger takes nothing any more
     * @param nanos a counter of nanoseconds
     */
    public WriteProbe(List<Device> devices, BooleanSupplier halted, LongSupplier nanos) {
        this.devices = List.copyOf(devices);
        this.halted = halted;
        this.nanos = nanos;
    }

    @Override
    public Check check() {
        return Check.WRITES;
    }

    @Override
    public Measured look() {
        List<String> told = new ArrayList<>();
        Symptom worst = halted.getAsBoolean() ? Symptom.WRITES_HALTED : Symptom.WRITES_QUICK;
        for (Device device : devices) {
            Symptom symptom = look(device, told);
            worst = symptom.compareTo(worst) > 0 ? symptom : worst;
        }
        return Measured.of(worst, String.join("; ", told));
    }

    private Symptom look(Device device, List<String> told) {
        Latencies latencies = new Latencies();
        long end = nanos.getAsLong() + LONGEST.toNanos();
        try (Writing writing = device.open()) {
            for (int at = 0; at < WRITES && nanos.getAsLong() < end; at++) {
                long before = nanos.getAsLong();
                writing.force(ByteBuffer.allocate(WRITE_BYTES));
                latencies.add(nanos.getAsLong() - before);
            }
        } catch (IOException refused) {
            told.add(device.name() + " " + refused.getClass().getSimpleName());
            return Symptom.WRITES_REFUSED;
        }
        Duration p99 = latencies.percentile(99);
        told.add(
                "%s p50 %s, p99 %s, max %s ms (%s)"
                        .formatted(
                                device.name(),
                                Latencies.millis(latencies.percentile(50)),
                                Latencies.millis(p99),
                                Latencies.millis(latencies.max()),
                                latencies.steps()));
        if (p99.compareTo(P99_MAX) > 0) {
            return Symptom.WRITES_TOO_SLOW;
        }
        return p99.compareTo(P99_GOOD) > 0 ? Symptom.WRITES_SLOW : Symptom.WRITES_QUICK;
    }

    private record InDirectory(String name, Path directory) implements Device {
        @Override
        public Writing open() throws IOException {
            Path file = directory.resolve(FILE);
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING);
            return new Writing() {
                @Override
                public void force(ByteBuffer block) throws IOException {
                    while (block.hasRemaining()) {
                        channel.write(block);
                    }
                    channel.force(false);
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                    Files.deleteIfExists(file);
                }
            };
        }
    }
}
