package io.invigil.provisioning.models;

import io.invigil.appliance.vision.model.FaceModelFile;
import io.invigil.appliance.vision.model.InstallOutcome;
import io.invigil.appliance.vision.model.ModelShelf;
import io.invigil.appliance.vision.model.ModelSource;
import io.invigil.appliance.vision.model.ShelfState;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Installs and shows face models. They belong to others and are not part of this project. */
@Command(
        name = "models",
        description = "Face models: install them into a data directory, or see what is there.",
        mixinStandardHelpOptions = true)
public final class ModelsCommand {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    /** Name of the models' directory inside a data directory. */
    static final String DIRECTORY = "models";

    @Spec private CommandSpec spec;

    /** Made by the command line. */
    public ModelsCommand() {}

    @Command(
            description = "Installs model files, each checked against its pinned SHA-256.",
            mixinStandardHelpOptions = true)
    int install(
            @Option(
                            names = "--from",
                            required = true,
                            description = "directory, or http(s) URL below which the files lie")
                    String from,
            @Option(
                            names = "--data-dir",
                            required = true,
                            description = "data directory of the node or hub")
                    Path dataDirectory) {
        ModelShelf shelf = new ModelShelf(dataDirectory.resolve(DIRECTORY));
        if (from.startsWith("http://") || from.startsWith("https://")) {
            try (HttpClient client =
                    HttpClient.newBuilder()
                            .connectTimeout(CONNECT_TIMEOUT)
                            .followRedirects(HttpClient.Redirect.NORMAL)
                            .build()) {
                return told(from, shelf.install(ModelSource.url(URI.create(from), client)));
            }
        }
        Path directory = Path.of(from);
        if (!Files.isDirectory(directory)) {
            err().println(directory.toAbsolutePath() + " is not a directory.");
            return 1;
        }
        return told(from, shelf.install(ModelSource.directory(directory)));
    }

    @Command(
            description = "Shows which models are installed and whether they are intact.",
            mixinStandardHelpOptions = true)
    int show(@Option(names = "--data-dir", required = true) Path dataDirectory) {
        return switch (new ModelShelf(dataDirectory.resolve(DIRECTORY)).look()) {
            case ShelfState.Empty empty -> {
                out().println("No models are installed: identity is checked by eye.");
                yield 0;
            }
            case ShelfState.Ready ready -> {
                out().println("Recogniser: " + ready.models().scale().model());
                out().println(
                                "Liveness hint: "
                                        + (ready.models().liveness().isPresent() ? "yes" : "no"));
                yield 0;
            }
            case ShelfState.Incomplete incomplete -> {
                incomplete.damaged().forEach(f -> err().println(f + ": not the pinned file"));
                incomplete.missing().forEach(f -> err().println(f + ": missing"));
                err().println("Identity is checked by eye until this is repaired.");
                yield 1;
            }
        };
    }

    private int told(String from, InstallOutcome outcome) {
        return switch (outcome) {
            case InstallOutcome.Installed installed -> {
                installed.installed().forEach(file -> out().println(file + licence(file)));
                installed.absent().forEach(f -> out().println(f + ": not in " + from));
                out().println("Restart the server to use them.");
                yield 0;
            }
            case InstallOutcome.Missing missing -> {
                missing.files().forEach(f -> err().println(f + ": needed, not in " + from));
                err().println("Nothing was installed.");
                yield 1;
            }
            case InstallOutcome.WrongFile wrong -> {
                err().println(wrong.file() + ": expected " + wrong.expected());
                err().println(wrong.file() + ": found    " + wrong.found());
                err().println("This is another file or a damaged one. Nothing was installed.");
                yield 1;
            }
            case InstallOutcome.SourceBroken broken -> {
                err().println("Cannot read " + from + ": " + broken.detail());
                err().println("Nothing was installed.");
                yield 1;
            }
        };
    }

    private static String licence(String name) {
        return FaceModelFile.KNOWN.stream()
                .filter(file -> file.file().equals(name))
                .map(file -> ": installed (licence " + file.licence() + ")")
                .findFirst()
                .orElse("");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
