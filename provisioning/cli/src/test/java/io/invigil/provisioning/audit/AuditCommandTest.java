package io.invigil.provisioning.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.audit.AuditAnchor;
import io.invigil.hub.audit.AuditExport;
import io.invigil.hub.audit.AuditLog;
import io.invigil.hub.audit.AuditSealer;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A verify command finds any altered, deleted or inserted entry (issue 4, part 13). */
class AuditCommandTest {
    private static final SigningKey KEY = SigningKey.generate(new SeededEntropy(3));
    @TempDir Path directory;
    private Path chain;

    /** What the command printed and with which code it ended. */
    private record Run(int code, String text) {}

    @BeforeEach
    void exportAChain() throws Exception {
        chain = directory.resolve("chain.jsonl");
        try (Database database = StoreContract.fresh(Dialect.DERBY, directory.resolve("db"))) {
            Migrations migrations = new Migrations(database, Clock.systemUTC());
            migrations.apply(MigrationSource.appliance());
            migrations.apply(new MigrationSource("hub", Audit.class));
            AuditActor who = new AuditActor(1, "zhang", "school-clerk", 5, "10.0.0.7");
            AuditAnchor anchor = new AuditAnchor(directory.resolve("seals.json"));
            try (AuditSealer sealer = new AuditSealer(database, "one", KEY, anchor)) {
                for (int room = 1; room <= 5; room++) {
                    Map<String, Integer> seats = Map.of("seats", 40 + room);
                    int number = room;
                    database.useTransaction(
                            tx -> new Audit().created(tx, who, "room", number, seats));
                    sealer.round();
                }
            }
            try (OutputStream out = Files.newOutputStream(chain)) {
                new AuditExport().write(out, new AuditLog(database), 1);
            }
        }
    }

    private Run verify(String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine line = new CommandLine(new AuditCommand());
        line.setOut(new PrintWriter(text));
        line.setErr(new PrintWriter(text));
        String[] all = new String[arguments.length + 1];
        all[0] = "verify";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new Run(line.execute(all), text.toString());
    }

    private Run verifyChain() {
        return verify("--chain", chain.toString(), "--key", KEY.verifyKey().hex());
    }

    @Test
    void tellsThatAnUntouchedChainIsSound() {
        assertThat(verifyChain())
                .isEqualTo(new Run(0, lines("5 entries, signed up to 5", "SOUND")));
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    @Test
    void namesTheEntryThatWasAltered() throws Exception {
        edit("{\\\"seats\\\":43}", "{\\\"seats\\\":44}");
        assertThat(verifyChain())
                .isEqualTo(
                        new Run(
                                1,
                                lines(
                                        "5 entries, signed up to 5",
                                        "ALTERED 3",
                                        "NOT SOUND: 1 findings")));
    }

    private void edit(String before, String after) throws Exception {
        String text = Files.readString(chain, StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        Files.writeString(chain, text.replace(before, after));
    }

    @Test
    void refusesAnotherHubsKey() {
        String other = SigningKey.generate(new SeededEntropy(4)).verifyKey().hex();
        Run run = verify("--chain", chain.toString(), "--key", other);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.text()).contains("SEAL_FORGED 1");
    }

    @Test
    void refusesWrongCallsAndFilesThatAreNoChain() throws Exception {
        assertThat(verify().code()).isEqualTo(2);
        assertThat(verify("--chain", chain.toString()).code()).isEqualTo(2);
        assertThat(verify("--chain", chain.toString(), "--key", "zz").code()).isEqualTo(2);
        Files.writeString(chain, "nothing\n");
        assertThat(verifyChain().code()).isEqualTo(1);
        assertThat(verifyChain().text()).contains("line 1 ");
    }
}
