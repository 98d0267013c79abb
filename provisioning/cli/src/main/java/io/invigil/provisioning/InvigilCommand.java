package io.invigil.provisioning;

import io.invigil.provisioning.audit.AuditCommand;
import io.invigil.provisioning.backup.BackupCommand;
import io.invigil.provisioning.backup.RestoreCommand;
import io.invigil.provisioning.demo.DemoCommand;
import io.invigil.provisioning.doctor.DoctorCommand;
import io.invigil.provisioning.models.ModelsCommand;
import io.invigil.provisioning.trust.TrustRootCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the {@code invigil} command line; each sub-command has a class of its own. */
@Command(
        name = "invigil",
        description = "Exam rooms that keep working when the network does not.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AuditCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            ModelsCommand.class,
            TrustRootCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        })
public final class InvigilCommand {
    InvigilCommand() {}

    /** Runs the command and exits with its code: 0 done, 1 failed, 2 called wrongly. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new InvigilCommand()).execute(arguments));
    }
}
