package io.invigil.provisioning.backup;

import io.invigil.hub.HubWiring;
import io.invigil.hub.backup.Restore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code invigil restore}: makes a hub's data directory of a backup, in a new hub epoch. */
@Command(
        name = "restore",
        description = {
            "Make a hub's data directory of a verified copy.",
            "Put data.key of the old hub into the new directory first."
        },
        mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
    @Option(names = "--from", required = true, description = "A directory made by backup.")
    private Path from;

    @Option(
            names = "--data",
            required = true,
            description = "The new data directory: with data.key, otherwise empty.")
    private Path data;

    @Override
    public Integer call() {
        return Answers.print(
                new Restore(HubWiring.TENANT, Clock.systemUTC(), new SecureRandom()::nextBytes)
                        .run(from, data, System.getenv()));
    }
}
