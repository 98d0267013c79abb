package io.invigil.provisioning.audit;

import io.invigil.appliance.config.Config;
import io.invigil.hub.HubAuditVerification;
import io.invigil.hub.HubSettings;
import io.invigil.hub.audit.AuditCheck;
import io.invigil.hub.audit.AuditExport;
import io.invigil.hub.audit.AuditFinding;
import io.invigil.protocol.crypto.VerifyKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Verifies the log of who changed what, with or without the hub. */
@Command(
        name = "audit",
        description = "The hub's log of who changed what.",
        mixinStandardHelpOptions = true)
public final class AuditCommand {
    private static final int SOUND = 0;
    private static final int UNSOUND = 1;

    @Spec private CommandSpec spec;

    /** Made by the command line. */
    public AuditCommand() {}

    @Command(
            description = {
                "Finds every entry that was altered, deleted or inserted since it was sealed.",
                "Give the configuration of a stopped hub, or an exported chain with the hub's key."
            },
            mixinStandardHelpOptions = true)
    int verify(
            @Option(names = "--config", description = "the stopped hub's configuration file")
                    Path config,
            @Option(names = "--chain", description = "a chain downloaded from the hub (.jsonl)")
                    Path chain,
            @Option(names = "--key", description = "the hub's public key of seals, hex") String key)
            throws IOException {
        if (config != null && chain == null) {
            HubSettings settings =
                    Config.read(HubSettings.class, Optional.of(config), System.getenv());
            return told(HubAuditVerification.of(settings, System.getenv()));
        }
        if (config != null || chain == null || key == null) {
            throw new ParameterException(
                    spec.commandLine(), "give either --config, or --chain with --key");
        }
        AuditCheck check = new AuditCheck(verifyKey(key));
        try (Reader lines = Files.newBufferedReader(chain, StandardCharsets.UTF_8)) {
            new AuditExport().read(lines, check);
        } catch (AuditExport.AuditFileMalformed malformed) {
            spec.commandLine().getErr().println(malformed.getMessage());
            return UNSOUND;
        }
        return told(check.end(Optional.empty()));
    }

    private VerifyKey verifyKey(String hex) {
        try {
            return VerifyKey.ofHex(hex);
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(spec.commandLine(), "--key is no public key");
        }
    }

    private int told(AuditCheck.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(result.entries() + " entries, signed up to " + result.sealedUpTo());
        for (AuditFinding finding : result.findings()) {
            out.println(finding.kind() + " " + finding.number());
        }
        out.println(result.isSound() ? "SOUND" : "NOT SOUND: " + result.found() + " findings");
        out.flush();
        return result.isSound() ? SOUND : UNSOUND;
    }
}
