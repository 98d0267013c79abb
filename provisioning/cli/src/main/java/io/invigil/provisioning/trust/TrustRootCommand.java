package io.invigil.provisioning.trust;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataDirectoryInUse;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.hub.fleet.RealmRenewal;
import io.invigil.protocol.trust.TrustRole;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code invigil trust-root-next}: the next version of the realm's trust root, made on the stopped
 * hub with the root key file that was taken off it. Nodes walk to it by themselves once the hub
 * runs again (XSP/1 section 8).
 */
@Command(
        name = "trust-root-next",
        description = {
            "Make the next trust root of a stopped hub: new keys for some roles, or a new root"
                    + " key.",
            "Earlier keys stay valid behind the new ones; nodes take the new root by themselves."
        },
        mixinStandardHelpOptions = true)
public final class TrustRootCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--data", required = true, description = "The hub's data directory.")
    private Path data;

    @Option(
            names = "--root-key",
            required = true,
            description = "The root key file, as written at the founding or by this command.")
    private Path rootKey;

    @Option(
            names = "--renew",
            split = ",",
            description = "Roles that get a new key: ${COMPLETION-CANDIDATES}.")
    private List<TrustRole> renew = List.of();

    @Option(
            names = "--new-root-key",
            description = "Where a new root key is written; the old file signs nothing after that.")
    private Optional<Path> newRootKey = Optional.empty();

    /** Made by the command line. */
    public TrustRootCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!Files.isDirectory(data.resolve("keys"))) {
            err.println("REALM_NOT_FOUNDED: " + data);
            return 1;
        }
        try (DataDirectory directory = DataDirectory.open(data)) {
            SecureRandom random = new SecureRandom();
            DataKey dataKey = DataKey.open(directory, System.getenv(), random::nextBytes);
            KeyFile keys = new KeyFile(directory.directory("keys"), dataKey, random::nextBytes);
            var outcome =
                    new RealmRenewal(keys, Clock.systemUTC(), random)
                            .next(rootKey, Set.copyOf(renew), newRootKey);
            return switch (outcome) {
                case RealmRenewal.Outcome.Renewed renewed -> {
                    out.println("trust root version " + renewed.realm().trust().version());
                    newRootKey.ifPresent(file -> out.println("take " + file + " off this machine"));
                    yield 0;
                }
                case RealmRenewal.Outcome.Refused refused -> {
                    err.println(refused.code());
                    yield 1;
                }
            };
        } catch (DataDirectoryInUse running) {
            err.println("HUB_RUNS: stop the hub in " + data + " first");
            return 1;
        }
    }
}
