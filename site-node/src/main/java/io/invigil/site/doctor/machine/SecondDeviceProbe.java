package io.invigil.site.doctor.machine;

import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Whether every answer has a second copy, on a disk of its own (XSP/1 section 2). */
public final class SecondDeviceProbe implements Probe {
    private final Path first;
    private final Optional<Path> second;
    private final Supplier<Set<DeviceRole>> members;
    private final Disks disks;

    /**
     * @param members devices that hold every durable record now
     */
    public SecondDeviceProbe(
            Path first, Optional<Path> second, Supplier<Set<DeviceRole>> members, Disks disks) {
        this.first = first;
        this.second = second;
        this.members = members;
        this.disks = disks;
    }

    @Override
    public Check check() {
        return Check.SECOND_DEVICE;
    }

    @Override
    public Measured look() throws IOException {
        if (second.isEmpty()) {
            return Measured.of(Symptom.SECOND_DEVICE_NONE);
        }
        if (!Files.isDirectory(second.get()) || members.get().size() < 2) {
            return Measured.of(Symptom.SECOND_DEVICE_OUT, second.get());
        }
        String disk = disks.of(first);
        String other = disks.of(second.get());
        return disk.equals(other)
                ? Measured.of(Symptom.SECOND_DEVICE_SAME_DISK, second.get(), other)
                : Measured.of(Symptom.SECOND_DEVICE_SEPARATE, second.get(), other, disk);
    }
}
