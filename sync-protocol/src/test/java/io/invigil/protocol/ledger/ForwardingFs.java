package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.LedgerFile;
import io.invigil.protocol.ledger.device.LedgerFs;
import java.io.IOException;
import java.util.List;

/** Passes everything on; a test changes one operation. */
class ForwardingFs implements LedgerFs {
    private final LedgerFs real;

    ForwardingFs(LedgerFs real) {
        this.real = real;
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
        return real.create(name);
    }

    @Override
    public LedgerFile reopen(String name) throws IOException {
        return real.reopen(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        real.delete(name);
    }

    @Override
    public void syncDirectory() throws IOException {
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
