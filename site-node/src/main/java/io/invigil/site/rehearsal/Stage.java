package io.invigil.site.rehearsal;

import java.io.IOException;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Where a rehearsal plays: a room beside the real one, on this node's disks. */
public interface Stage {

    /** Opens the room with a made-up exam. */
    Open open(RehearsalExam exam) throws IOException;

    /** Why there may be no rehearsal now: a code; empty text when there may. */
    String objection();

    /** Whether every answer is to be on two devices. */
    boolean twoDevices();

    /** Bytes of the heap in use now. */
    long heapBytes();

    /** Bytes that the heap may take at most. */
    long heapBytesMax();

    /** An open room; closing it deletes everything of it. */
    interface Open extends AutoCloseable {
        String host();

        int port();

        /** Trusts this node's authority. */
        SSLContext tls();

        /**
         * Stops the room, reads its ledger from the disks anew and counts.
         *
         * @return how often each saved answer stands there, by operation
         */
        Map<String, Integer> savedOnDisk() throws IOException;

        /** What the room's directories hold, in bytes. */
        long bytesOnDisk() throws IOException;

        @Override
        void close() throws IOException;
    }
}
