package io.invigil.site.doctor;

import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.site.doctor.machine.ClockProbe;
import io.invigil.site.doctor.machine.DatabaseProbe;
import io.invigil.site.doctor.machine.Disks;
import io.invigil.site.doctor.machine.MemoryProbe;
import io.invigil.site.doctor.machine.MemoryProbe.Figures;
import io.invigil.site.doctor.machine.ReferenceTime;
import io.invigil.site.doctor.machine.SecondDeviceProbe;
import io.invigil.site.doctor.machine.SpaceProbe;
import io.invigil.site.doctor.machine.WriteProbe;
import io.invigil.site.room.core.CoreTime;
import io.invigil.site.room.history.HistoryCheck;
import io.invigil.site.space.DiskSpace;
import io.invigil.site.space.SpaceLevel;
import io.invigil.site.space.SpaceState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A case for each thing that can be said of the machine. */
final class MachineCases {
    private static final long MIB = 1024 * 1024;
    private static final Set<DeviceRole> BOTH = Set.of(DeviceRole.A, DeviceRole.B);
    private final Path directory;
    private final List<Measured> cases = new ArrayList<>();
    private long wall = 1_800_000_000_000L;
    private long up;

    MachineCases(Path directory) {
        this.directory = directory;
    }

    List<Measured> all() throws IOException {
        clock();
        writes();
        space();
        secondDevice();
        memory();
        for (HistoryCheck check :
                List.of(
                        new HistoryCheck.Sound(2, 0),
                        new HistoryCheck.Sound(2, DatabaseProbe.LAG_MAX + 1),
                        new HistoryCheck.Away(),
                        new HistoryCheck.Damaged("ROOM_HISTORY"))) {
            cases.add(new DatabaseProbe(() -> check).look());
        }
        return cases;
    }

    private CoreTime now() {
        return new CoreTime(wall, up, "boot");
    }

    /**
     * @param offMillis wall clock beside the centre's
     * @param steppedMillis how far it was set since the start
     */
    private Measured clock(long offMillis, long steppedMillis) {
        ReferenceTime reference = new ReferenceTime(this::now);
        ClockProbe probe = new ClockProbe(this::now, reference, Optional::empty);
        up += 60_000;
        wall += 60_000 + steppedMillis;
        reference.heard(Instant.ofEpochMilli(wall - offMillis - 500), Duration.ZERO);
        return probe.look();
    }

    private void clock() {
        cases.add(clock(-4_000, 0));
        cases.add(clock(-9_000, 0));
        cases.add(clock(70_000, 0));
        cases.add(clock(2_000, 30_000));
        cases.add(new ClockProbe(this::now, new ReferenceTime(this::now), Optional::empty).look());
    }

    private Measured write(Duration each, boolean halted) {
        AtomicLong nanos = new AtomicLong();
        WriteProbe.Device device =
                new WriteProbe.Device() {
                    @Override
                    public String name() {
                        return "A";
                    }

                    @Override
                    public WriteProbe.Writing open() {
                        return new WriteProbe.Writing() {
                            @Override
                            public void force(ByteBuffer block) {
                                nanos.addAndGet(each.toNanos());
                            }

                            @Override
                            public void close() {}
                        };
                    }
                };
        return new WriteProbe(List.of(device), () -> halted, nanos::get).look();
    }

    private void writes() throws IOException {
        cases.add(
                new WriteProbe(
                                List.of(WriteProbe.Device.directory("A", directory)),
                                () -> false,
                                new AtomicLong()::get)
                        .look());
        cases.add(write(Duration.ofMillis(60), false));
        cases.add(write(Duration.ofMillis(400), false));
        Path gone = directory.resolve("pulled out");
        cases.add(
                new WriteProbe(
                                List.of(
                                        WriteProbe.Device.directory("A", directory),
                                        WriteProbe.Device.directory("B", gone)),
                                () -> false,
                                new AtomicLong()::get)
                        .look());
        cases.add(write(Duration.ofMillis(1), true));
    }

    private void space() {
        for (SpaceLevel level : SpaceLevel.values()) {
            SpaceState state = new SpaceState(level, 40, SpaceState.Cause.SPACE, 512 * MIB);
            cases.add(new SpaceProbe(DiskSpace.of(directory), () -> state).look());
        }
        SpaceState noNames = new SpaceState(SpaceLevel.ANSWERS_ONLY, 40, SpaceState.Cause.FILES, 0);
        cases.add(new SpaceProbe(DiskSpace.of(directory), () -> noNames).look());
    }

    private Measured second(Optional<Path> second, Set<DeviceRole> members, Disks disks)
            throws IOException {
        return new SecondDeviceProbe(directory, second, () -> members, disks).look();
    }

    private void secondDevice() throws IOException {
        Optional<Path> stick = Optional.of(Files.createDirectories(directory.resolve("stick")));
        Disks real = Disks.ofMachine();
        AtomicLong asked = new AtomicLong();
        Disks two = new Disks(directory, path -> asked.incrementAndGet());
        cases.add(second(stick, BOTH, two));
        cases.add(second(stick, BOTH, real));
        cases.add(second(Optional.empty(), Set.of(DeviceRole.A), real));
        cases.add(second(stick, Set.of(DeviceRole.A), real));
    }

    private void memory() {
        for (Figures figures :
                List.of(
                        new Figures(80 * MIB, 256 * MIB, Optional.of(900 * MIB)),
                        new Figures(80 * MIB, 128 * MIB, Optional.of(900 * MIB)),
                        new Figures(80 * MIB, 256 * MIB, Optional.of(100 * MIB)),
                        new Figures(250 * MIB, 256 * MIB, Optional.empty()))) {
            cases.add(new MemoryProbe(() -> figures).look());
        }
    }
}
