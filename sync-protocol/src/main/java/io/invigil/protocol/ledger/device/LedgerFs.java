package io.invigil.protocol.ledger.device;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One flat directory of files on one device, with the few operations the ledger needs and nothing
 * that could rewrite old bytes. Names match {@link #NAME}.
 *
 * <p>A file's bytes are durable after {@link LedgerFile#force()}; its name, a rename or a delete
 * after {@link #syncDirectory()}. Any operation may fail with {@link IOException}; after a failed
 * force nothing is known about the device and the ledger stops using it (fault row 10).
 *
 * <p>Reads may come from any thread; all other operations from one thread at a time.
 */
public interface LedgerFs {
    Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");

    /** Names of all files, sorted. */
    List<String> list() throws IOException;

    /** Length in bytes. */
    long size(String name) throws IOException;

    /**
     * Reads up to {@code length} bytes from {@code offset}; shorter only at the end of the file.
     */
    byte[] read(String name, long offset, int length) throws IOException;

    /** Makes a new empty file; fails when the name exists. */
    LedgerFile create(String name) throws IOException;

    /** Opens an existing file to append at its end. */
    LedgerFile reopen(String name) throws IOException;

    /** Renames atomically, replacing a file that has the new name. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /** Makes creates, renames and deletes durable. */
    void syncDirectory() throws IOException;

    /** Where it is, for people. */
    String describe();

    /** Names the file system it lies on, so that two devices on one disk are noticed. */
    String store() throws IOException;

    /** Returns the name, or throws when it could leave the directory. */
    static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a ledger file name");
        }
        return name;
    }
}
