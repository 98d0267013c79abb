package io.invigil.site.room;

import io.invigil.protocol.ledger.device.LedgerFile;
import io.invigil.protocol.ledger.device.LedgerFs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A device that can be told to hang without an error, or to fail every write. Thread-safe. */
final class FaultyFs implements LedgerFs {
    private final LedgerFs real;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private boolean hangs;
    private boolean dead;

    FaultyFs(LedgerFs real) {
        this.real = real;
    }

    void hang(boolean on) {
        lock.lock();
        try {
            hangs = on;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void die() {
        lock.lock();
        try {
            dead = true;
        } finally {
            lock.unlock();
        }
    }

    private void pass() throws IOException {
        lock.lock();
        try {
            while (hangs) {
                released.awaitUninterruptibly();
            }
            if (dead) {
                throw new IOException("the device is gone");
            }
        } finally {
            lock.unlock();
        }
    }

    private LedgerFile faulty(LedgerFile file) {
        return new LedgerFile() {
            @Override
            public void append(byte[] bytes) throws IOException {
                pass();
                file.append(bytes);
            }

            @Override
            public void force() throws IOException {
                pass();
                file.force();
            }

            @Override
            public long length() {
                return file.length();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    @Override
    public List<String> list() throws IOException {
        return real.list();
    }

    @Override
    public long size(String name) throws IOException {
        return real.size(name);
    }

    @Override
    public byte[] read(String name, long offset, int length) throws IOException {
        return real.read(name, offset, length);
    }

    @Override
    public LedgerFile create(String name) throws IOException {
        pass();
        return faulty(real.create(name));
    }

    @Override
    public LedgerFile reopen(String name) throws IOException {
        pass();
        return faulty(real.reopen(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        pass();
        real.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        pass();
        real.delete(name);
    }

    @Override
    public void syncDirectory() throws IOException {
        pass();
        real.syncDirectory();
    }

    @Override
    public String describe() {
        return real.describe();
    }

    @Override
    public String store() throws IOException {
        return real.store();
    }
}
