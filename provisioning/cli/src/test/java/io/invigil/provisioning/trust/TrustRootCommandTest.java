package io.invigil.provisioning.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.hub.fleet.RealmFounding;
import io.invigil.protocol.fact.Realm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrustRootCommandTest {
    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new TrustRootCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void makesTheNextRootOfAStoppedHub() {
        Path data = directory.resolve("hub");
        String first = directory.resolve("root-1.json").toString();
        String second = directory.resolve("root-2.json").toString();
        assertThat(run("--data", data.toString(), "--root-key", first, "--renew", "SEAL"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("REALM_NOT_FOUNDED");
        SecureRandom random = new SecureRandom();
        try (DataDirectory opened = DataDirectory.open(data)) {
            DataKey dataKey = DataKey.open(opened, Map.of(), random::nextBytes);
            KeyFile keys = new KeyFile(opened.directory("keys"), dataKey, random::nextBytes);
            new RealmFounding(keys, Clock.systemUTC(), random)
                    .found(new Realm("test"), Path.of(first));
            assertThat(run("--data", data.toString(), "--root-key", first, "--renew", "SEAL"))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("HUB_RUNS");
        }
        assertThat(
                        run(
                                "--data",
                                data.toString(),
                                "--root-key",
                                first,
                                "--renew",
                                "SEAL,RECEIPT",
                                "--new-root-key",
                                second))
                .as(err.toString())
                .isEqualTo(0);
        assertThat(out.toString()).contains("trust root version 2").contains("root-2.json");
        assertThat(run("--data", data.toString(), "--root-key", first, "--renew", "SEAL"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("ROOT_KEY_NOT_IN_FORCE");
        assertThat(run("--data", data.toString(), "--root-key", second)).isEqualTo(1);
        assertThat(err.toString()).contains("ROOT_UNCHANGED");
    }
}
