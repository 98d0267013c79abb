package io.invigil.hub.ingest;

import io.invigil.protocol.carrier.stick.StickWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Imports what people mount at, or copy into, one directory of the hub: looked at every few
 * seconds, imported when its files have changed and then kept still for one look. One thread.
 */
public final class StickWatch {
    private static final System.Logger LOG = System.getLogger(StickWatch.class.getName());

    private final Path root;
    private final StickImport imports;
    private Fingerprint imported = Fingerprint.NOTHING;
    private Fingerprint before = Fingerprint.NOTHING;

    private record Fingerprint(long files, long bytes, long newestMillis) {
        static final Fingerprint NOTHING = new Fingerprint(0, 0, 0);
    }

    public StickWatch(Path root, StickImport imports) {
        this.root = root;
        this.imports = imports;
    }

    /** Looks once; what came of an import, if there was one. */
    public Optional<StickImport.Outcome> look() {
        try {
            Fingerprint now = fingerprint();
            boolean still = now.equals(before);
            before = now;
            if (!still || now.equals(imported) || now.files() == 0) {
                return Optional.empty();
            }
            StickImport.Outcome outcome = imports.run(root);
            LOG.log(System.Logger.Level.INFO, "stick imported: " + outcome);
            // the receipts that were written are no news
            imported = fingerprint();
            before = imported;
            return Optional.of(outcome);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the stick is not readable", unreadable);
        }
    }

    private Fingerprint fingerprint() throws IOException {
        Path directory = root.resolve(StickWriter.DIRECTORY);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return Fingerprint.NOTHING;
        }
        long files = 0;
        long bytes = 0;
        long newest = 0;
        try (DirectoryStream<Path> list = Files.newDirectoryStream(directory)) {
            for (Path file : list) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    files++;
                    bytes += Files.size(file);
                    newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
                }
                if (files > StickWriter.FILES_MAX) {
                    break;
                }
            }
        }
        return new Fingerprint(files, bytes, newest);
    }
}
