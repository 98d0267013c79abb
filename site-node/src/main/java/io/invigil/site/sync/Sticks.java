package io.invigil.site.sync;

import io.invigil.protocol.carrier.stick.StickKind;
import io.invigil.protocol.carrier.stick.StickReader;
import io.invigil.protocol.carrier.stick.StickWriter;
import io.invigil.protocol.paper.KeyRelease;
import io.invigil.site.pack.IntakeDecision;
import io.invigil.site.pack.Packages;
import io.invigil.site.pack.PaperOpening;
import io.invigil.site.pack.StickPackages;
import io.invigil.site.room.RoomEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * USB sticks (XSP/1 section 9): everything the centre has not receipted goes out, receipts,
 * packages and key releases come in. The same records and verifiers as on the line, in any order
 * and as often as one likes. One stick at a time.
 */
public final class Sticks {
    /** Key releases on a stick, as the hub signed them. */
    public static final String RELEASE_SUFFIX = ".release";

    private final SyncDriver sync;
    private final StickExport export;
    private final Packages packages;
    private final PaperOpening opening;
    private final RoomEngine engine;

    public Sticks(
            SyncDriver sync,
            StickExport export,
            Packages packages,
            PaperOpening opening,
            RoomEngine engine) {
        this.sync = sync;
        this.export = export;
        this.packages = packages;
        this.opening = opening;
        this.engine = engine;
    }

    /** What came from a stick. */
    public record Imported(
            int messages, int foreign, int releases, List<IntakeDecision> packages) {}

    /** Writes what the centre has not receipted. */
    public synchronized StickExport.Exported exportTo(Path root) throws IOException {
        return export.exportTo(root);
    }

    /** Takes everything that is for this node; what is not is left and counted. */
    public synchronized Imported importFrom(Path root) throws IOException {
        List<IntakeDecision> decisions = packages.takeAll(new StickPackages(root), engine);
        int releases = releases(root.resolve(StickWriter.DIRECTORY));
        StickReader reader = new StickReader(root);
        if (!reader.isPresent()) {
            return new Imported(0, 0, releases, decisions);
        }
        List<byte[]> messages = new ArrayList<>();
        StickReader.Found found =
                reader.read(
                        bytes -> {
                            if (StickKind.of(bytes)
                                    .filter(k -> k == StickKind.MESSAGE)
                                    .isPresent()) {
                                messages.add(bytes);
                            }
                        });
        for (byte[] message : messages) {
            sync.message(message).join();
        }
        return new Imported(messages.size(), found.foreign(), releases, decisions);
    }

    private int releases(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        int taken = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.limit(StickWriter.FILES_MAX).toList()) {
                boolean ours =
                        file.getFileName().toString().endsWith(RELEASE_SUFFIX)
                                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                                && Files.size(file) <= KeyRelease.BYTES_MAX;
                if (ours && opening.released(Files.readAllBytes(file))) {
                    taken++;
                }
            }
        }
        return taken;
    }
}
