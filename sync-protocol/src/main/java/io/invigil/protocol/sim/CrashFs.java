package io.invigil.protocol.sim;

import io.invigil.protocol.ledger.device.LedgerFile;
import io.invigil.protocol.ledger.device.LedgerFs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A device in memory that knows what was forced. It can lose power with its machine at any
 * operation and then tell what survives; it can fail once or for good, take its time, and flip
 * bits. For one thread.
 *
 * <p>Creates, appends, forces, renames, deletes and directory syncs count as operations; reads do
 * not.
 */
public final class CrashFs implements LedgerFs {
    private final String name;
    private Power power;
    private final TreeMap<String, CrashFile> seen = new TreeMap<>();
    private final TreeMap<String, CrashFile> synced = new TreeMap<>();
    private final List<Consumer<Map<String, CrashFile>>> unsynced = new ArrayList<>();
    private final Map<Long, Duration> delays = new HashMap<>();
    private long operations;
    private long failsAt = -1;
    private boolean dead;
    private boolean unreadable;
    private Duration forceTime = Duration.ZERO;
    private long elapsedNanos;

    /** An empty device. */
    public CrashFs(String name, Power power) {
        this.name = name;
        this.power = power;
    }

    /** Operations of this device so far. */
    public long operations() {
        return operations;
    }

    /** Fails the operation with this number, from 1, of this device, once (EIO). */
    public void failAt(long operation) {
        failsAt = operation;
    }

    /** Fails every operation from now on, reads too. */
    public void die() {
        dead = true;
        unreadable = true;
    }

    /** Fails every read from now on. */
    public void failReads() {
        unreadable = true;
    }

    /** Makes the operation with this number of this device take so long. */
    public void delayAt(long operation, Duration time) {
        delays.put(operation, time);
    }

    /** Makes every force take so long from now on. */
    public void forceTakes(Duration time) {
        forceTime = time;
    }

    /** The time the operations since the last call took; resets it. */
    public long takeElapsedNanos() {
        long elapsed = elapsedNanos;
        elapsedNanos = 0;
        return elapsed;
    }

    /** Flips one bit of a file where it lies. */
    public void flipBit(String file, int offset, int bit) {
        seen.get(file).flipBit(offset, bit);
    }

    /** The device as the next start finds it after a power cut. */
    public CrashFs afterPowerCut(Survival how, RandomGenerator random, Power next) {
        CrashFs after = new CrashFs(name, next);
        int kept =
                switch (how) {
                    case LOST -> 0;
                    case KEPT, LENGTH_ONLY -> unsynced.size();
                    case PREFIX_512, SUBSET_512, PREFIX_4K, SUBSET_4K ->
                            random.nextInt(unsynced.size() + 1);
                };
        Map<String, CrashFile> names = new TreeMap<>(synced);
        unsynced.subList(0, kept).forEach(change -> change.accept(names));
        names.forEach((file, content) -> after.hold(file, content.survive(how, random)));
        return after;
    }

    /**
     * The process was killed, the machine goes on: what was written stays as it is, forced or not.
     * Faults still waiting are dropped.
     */
    public CrashFs afterKill(Power next) {
        power = next;
        operations = 0;
        failsAt = -1;
        delays.clear();
        elapsedNanos = 0;
        return this;
    }

    /** The device unplugged and plugged into another machine, nothing lost. */
    public CrashFs moved(Power next) {
        CrashFs after = new CrashFs(name, next);
        seen.forEach((file, content) -> after.hold(file, content.read(0, content.length())));
        return after;
    }

    private void hold(String file, byte[] content) {
        CrashFile held = CrashFile.of(content);
        seen.put(file, held);
        synced.put(file, held);
    }

    @Override
    public List<String> list() throws IOException {
        readable();
        return List.copyOf(seen.keySet());
    }

    @Override
    public long size(String file) throws IOException {
        readable();
        return existing(file).length();
    }

    @Override
    public byte[] read(String file, long offset, int length) throws IOException {
        readable();
        return existing(file).read(offset, length);
    }

    @Override
    public LedgerFile create(String file) throws IOException {
        begin();
        if (seen.containsKey(LedgerFs.checkedName(file))) {
            throw new FileAlreadyExistsException(file);
        }
        CrashFile fresh = new CrashFile();
        change(names -> names.put(file, fresh));
        power.end();
        return new Appended(fresh);
    }

    @Override
    public LedgerFile reopen(String file) throws IOException {
        readable();
        return new Appended(existing(file));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        begin();
        existing(from);
        LedgerFs.checkedName(to);
        change(names -> names.put(to, names.remove(from)));
        power.end();
    }

    @Override
    public void delete(String file) throws IOException {
        begin();
        existing(file);
        change(names -> names.remove(file));
        power.end();
    }

    @Override
    public void syncDirectory() throws IOException {
        begin();
        power.end();
        unsynced.forEach(change -> change.accept(synced));
        unsynced.clear();
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public String store() {
        return name;
    }

    private void change(Consumer<Map<String, CrashFile>> change) {
        change.accept(seen);
        unsynced.add(change);
    }

    private CrashFile existing(String file) throws FileNotFoundException {
        CrashFile found = seen.get(LedgerFs.checkedName(file));
        if (found == null) {
            throw new FileNotFoundException(file);
        }
        return found;
    }

    private void readable() throws IOException {
        if (power.isCut()) {
            throw new PowerLost(power.operations());
        }
        if (unreadable) {
            throw new IOException("simulated EIO while reading " + name);
        }
    }

    private void begin() throws IOException {
        power.begin();
        operations++;
        elapsedNanos += delays.getOrDefault(operations, Duration.ZERO).toNanos();
        if (dead || operations == failsAt) {
            throw new IOException("simulated EIO on " + name + " at operation " + operations);
        }
    }

    /** A file open for appending. */
    private final class Appended implements LedgerFile {
        private final CrashFile file;

        Appended(CrashFile file) {
            this.file = file;
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            begin();
            file.append(bytes);
            power.end();
        }

        @Override
        public void force() throws IOException {
            try {
                begin();
            } catch (IOException failure) {
                file.failForce();
                throw failure;
            }
            power.end();
            elapsedNanos += forceTime.toNanos();
            file.force();
        }

        @Override
        public long length() {
            return file.length();
        }

        @Override
        public void close() {
            // nothing is buffered: closing neither writes nor forces
        }
    }
}
