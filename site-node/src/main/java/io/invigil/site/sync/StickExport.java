package io.invigil.site.sync;

import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.carrier.stick.StickWrite;
import io.invigil.protocol.carrier.stick.StickWriter;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.node.NodeEffect;
import io.invigil.protocol.node.NodeSync;
import io.invigil.site.blob.BlobOutbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Writes onto a stick what the centre has not receipted: the Hellos that go before, the records of
 * all lanes, then the blobs, as far as there is room (XSP/1 section 9). One stick at a time.
 */
public final class StickExport {
    private static final int ROUNDS_MAX = 10_000;

    private final SyncDriver sync;
    private final BlobOutbox blobs;

    public StickExport(SyncDriver sync, BlobOutbox blobs) {
        this.sync = sync;
        this.blobs = blobs;
    }

    /**
     * What went onto a stick.
     *
     * @param records facts on it
     * @param blobs whole files of the room on it
     * @param files bundles and messages, each read back after re-opening
     * @param problem code of {@link StickWrite.Reason}, empty when everything is on the stick
     */
    public record Exported(int records, int blobs, int files, Optional<String> problem) {}

    /** What is on the stick so far. */
    private static final class Tally {
        private final StickWriter writer;
        private int records;
        private int blobs;
        private int files;
        private Optional<String> problem = Optional.empty();

        Tally(StickWriter writer) {
            this.writer = writer;
        }

        /** Returns whether it is on the stick; after a problem nothing more is written. */
        boolean write(byte[] content) {
            if (problem.isEmpty()) {
                problem = problem(writer.write(content));
                files += problem.isEmpty() ? 1 : 0;
            }
            return problem.isEmpty();
        }

        Exported exported() {
            return new Exported(records, blobs, files, problem);
        }
    }

    /**
     * Writes everything that waits.
     *
     * @param root where the stick is mounted
     * @throws IOException when it cannot be written at all
     */
    public synchronized Exported exportTo(Path root) throws IOException {
        Tally tally = new Tally(StickWriter.open(root));
        onSync(s -> s.stickHellos(sync.now())).forEach(tally::write);
        for (NodeEffect.ReadRecords need : onSync(NodeSync::stickNeeds)) {
            exportLane(need, tally);
        }
        List<BlobManifest> waiting = blobs.all();
        onSync(s -> s.stickOffers(waiting)).forEach(tally::write);
        for (BlobManifest manifest : waiting) {
            if (tally.problem.isEmpty() && exportBlob(manifest, tally)) {
                tally.blobs++;
            }
        }
        return tally.exported();
    }

    private void exportLane(NodeEffect.ReadRecords need, Tally tally) {
        long from = need.fromSeq();
        for (int round = 0; round < ROUNDS_MAX && tally.problem.isEmpty(); round++) {
            List<FactRecord> read =
                    sync.read(
                            new NodeEffect.ReadRecords(
                                    need.id(),
                                    need.epoch(),
                                    need.lane(),
                                    from,
                                    need.recordsMax(),
                                    need.bytesMax()));
            if (read.isEmpty()) {
                return;
            }
            Fitted fitted = fitted(read);
            if (tally.write(fitted.bundle())) {
                tally.records += fitted.records();
                from += fitted.records();
            }
        }
    }

    /** A blob that turns out damaged is left out and told by a fact (fault row 70). */
    private boolean exportBlob(BlobManifest manifest, Tally tally) {
        for (int i = 0; i < manifest.chunks().size(); i++) {
            int index = i;
            Optional<byte[]> chunk = blobs.chunk(manifest.sha256(), index);
            if (chunk.isEmpty()
                    || !tally.write(
                            onSync(s -> s.stickChunk(manifest.sha256(), index, chunk.get())))) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Fitted(byte[] bundle, int records) {}

    /** As many of the records as one bundle takes. */
    private Fitted fitted(List<FactRecord> read) {
        for (int count = read.size(); count > 0; count = count / 2) {
            List<FactRecord> some = read.subList(0, count);
            Optional<byte[]> bundle = onSync(s -> s.stickBundle(sync.now(), some));
            if (bundle.isPresent()) {
                return new Fitted(bundle.get(), count);
            }
        }
        throw new IllegalStateException("one record does not fit a bundle of a stick");
    }

    private <T> T onSync(Function<NodeSync, T> work) {
        try {
            return sync.call(work).join();
        } catch (CompletionException failed) {
            throw new IllegalStateException("sync could not serve the stick", failed.getCause());
        }
    }

    private static Optional<String> problem(StickWrite write) {
        return write instanceof StickWrite.Failed failed
                ? Optional.of(failed.reason().name())
                : Optional.empty();
    }
}
