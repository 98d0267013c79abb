package io.invigil.provisioning.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the demonstration is set up.
 *
 * @param directory everything it writes; made anew at each start
 * @param untilStart from the loading of the sample to the start of the sitting
 * @param fixedPorts the ports people find in the README; else free ones
 * @param nodeHeapMib largest heap of a room server
 */
public record DemoSettings(
        Path directory,
        int people,
        Duration untilStart,
        DemoCommand.DatabaseKind database,
        DemoCommand.BrokerKind broker,
        boolean fixedPorts,
        int nodeHeapMib) {
    /** What a room of up to 250 needs. */
    public static final int NODE_HEAP_MIB = 192;

    /** Room servers with the usual heap. */
    public DemoSettings(
            Path directory,
            int people,
            Duration untilStart,
            DemoCommand.DatabaseKind database,
            DemoCommand.BrokerKind broker,
            boolean fixedPorts) {
        this(directory, people, untilStart, database, broker, fixedPorts, NODE_HEAP_MIB);
    }
}
