package io.invigil.site.doctor.machine;

import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The heap after its last collection, and what the machine has left beside it. */
public final class MemoryProbe implements Probe {
    private static final long MIB = 1024 * 1024;

    /** A room of 250 was measured with -Xmx192m, of which the heap can hold a little less. */
    public static final long HEAP_GOOD = 180 * MIB;

    /** What a camera, a browser and the system need beside the node; this project's figures. */
    public static final long AVAILABLE_GOOD = 256 * MIB;

    public static final long AVAILABLE_MIN = 64 * MIB;

    /** Above it each save waits for collections; this project's figure. */
    public static final double HELD_GOOD = 0.85;

    public static final double HELD_MAX = 0.95;
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private final Supplier<Figures> figures;

    /**
     * Bytes.
     *
     * @param heldBytes of the heap after the last collection
     * @param availableBytes that the system could still give; empty where it does not say
     */
    public record Figures(long heldBytes, long heapBytes, Optional<Long> availableBytes) {}

    public MemoryProbe(Supplier<Figures> figures) {
        this.figures = figures;
    }

    @Override
    public Check check() {
        return Check.MEMORY;
    }

    @Override
    public Measured look() {
        Figures now = figures.get();
        double held = (double) now.heldBytes() / Math.max(1, now.heapBytes());
        long available = now.availableBytes().orElse(Long.MAX_VALUE);
        return Measured.of(
                symptom(held, available, now.heapBytes()),
                now.heldBytes() / MIB,
                now.heapBytes() / MIB,
                now.availableBytes().map(bytes -> String.valueOf(bytes / MIB)).orElse("–"));
    }

    private static Symptom symptom(double held, long available, long heap) {
        if (held > HELD_MAX || available < AVAILABLE_MIN) {
            return Symptom.MEMORY_OUT;
        }
        if (held > HELD_GOOD || available < AVAILABLE_GOOD) {
            return Symptom.MEMORY_SHORT;
        }
        return heap < HEAP_GOOD ? Symptom.MEMORY_SMALL : Symptom.MEMORY_ENOUGH;
    }

    /** The figures of this process and its machine. */
    public static Figures ofThisProcess() {
        long held = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage afterCollection = pool.getCollectionUsage();
            if (pool.getType() == MemoryType.HEAP && afterCollection != null) {
                held += afterCollection.getUsed();
            }
        }
        return new Figures(held, Runtime.getRuntime().maxMemory(), available(MEMINFO));
    }

    /** {@code MemAvailable} of the kernel's table. */
    static Optional<Long> available(Path meminfo) {
        try {
            return Files.readAllLines(meminfo).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException noSuchTable) {
            return Optional.empty();
        }
    }
}
