package io.invigil.protocol.ledger.device;

import java.io.Closeable;
import java.io.IOException;

/** A file open for appending, used by one thread. */
public interface LedgerFile extends Closeable {

    /** Appends all bytes; they may be lost, torn or reordered until {@link #force()} returns. */
    void append(byte[] bytes) throws IOException;

    /** Returns when everything appended so far is on the device. */
    void force() throws IOException;

    /** Bytes in the file, appended ones included. */
    long length();
}
