package io.invigil.site.blob;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.blob.FactBlobs;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.ledger.Ledger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Which blobs the centre is to be offered: those that durable facts name and no receipt of this hub
 * epoch. It reads the ledger from its beginning after every start, and again when the hub opens a
 * new epoch, because a restored hub may have lost files; nothing waits in memory beyond a limit. A
 * blob that is named and cannot be read is told by a fact (fault row 70). Thread-safe.
 */
public final class BlobOutbox {
    /** Names that wait; the ledger is read on when there are fewer. */
    public static final int QUEUE_MAX = 10_000;

    /** Blobs of one export to a stick; the rest goes onto the next. */
    public static final int STICK_BLOBS_MAX = 20_000;

    private static final int RECORDS_AT_ONCE_MAX = 5_000;

    private final Ledger ledger;
    private final RoomBlobs blobs;
    private final LongFunction<String> examOf;
    private final Losses losses;
    private final Deque<Named> queue = new ArrayDeque<>();
    private final Map<Digest, String> suspects = new LinkedHashMap<>();
    private final Set<Digest> lost = new HashSet<>();
    private long scanned;
    private long hubEpoch;

    private record Named(Digest digest, String exam) {}

    /** Told once in each process of a blob that a fact names and that can never be sent. */
    @FunctionalInterface
    public interface Losses {
        void lost(String exam, Digest blob);
    }

    /**
     * @param examOf name of the exam that has a sitting; empty when none has
     */
    public BlobOutbox(Ledger ledger, RoomBlobs blobs, LongFunction<String> examOf, Losses losses) {
        this.ledger = ledger;
        this.blobs = blobs;
        this.examOf = examOf;
        this.losses = losses;
    }

    /** The newest hub epoch; a later one makes everything an offer again. */
    public synchronized void hubEpoch(long number) {
        if (number > hubEpoch) {
            hubEpoch = number;
            scanned = 0;
            queue.clear();
        }
    }

    /** Up to so many manifests to offer next, in the order of their facts. */
    public synchronized List<BlobManifest> next(int most) {
        List<BlobManifest> next = new ArrayList<>();
        boolean level = scan();
        while (next.size() < most && !queue.isEmpty()) {
            offerable(queue.poll()).ifPresent(next::add);
        }
        if (level && queue.isEmpty()) {
            tellLosses();
        }
        return next;
    }

    /** Everything that waits, for a stick; suspects and losses are left to {@link #next}. */
    public List<BlobManifest> all() {
        Map<Digest, Named> waiting = new LinkedHashMap<>();
        ledger.replay(
                0,
                record -> {
                    named(record).forEach(each -> waiting.putIfAbsent(each.digest(), each));
                    return true;
                });
        List<BlobManifest> manifests = new ArrayList<>();
        for (Named each : waiting.values()) {
            if (!isSettled(each.digest()) && manifests.size() < STICK_BLOBS_MAX) {
                blobs.manifest(each.digest()).ifPresent(manifests::add);
            }
        }
        return manifests;
    }

    /** One chunk; when it cannot be read the blob is lost. */
    public synchronized Optional<byte[]> chunk(Digest blob, int index) {
        Optional<byte[]> chunk = blobs.chunk(blob, index);
        if (chunk.isEmpty() && lost.add(blob)) {
            losses.lost(blobs.examOf(blob).orElse(""), blob);
        }
        return chunk;
    }

    /** A verified receipt names the blob. */
    public synchronized void received(Digest blob) {
        if (!isSettled(blob)) {
            blobs.settled(blob, hubEpoch);
        }
    }

    private synchronized boolean isSettled(Digest digest) {
        return blobs.settledBy(digest) >= Math.max(1, hubEpoch);
    }

    private Optional<BlobManifest> offerable(Named named) {
        Digest digest = named.digest();
        if (lost.contains(digest) || isSettled(digest)) {
            return Optional.empty();
        }
        Optional<BlobManifest> manifest = blobs.manifest(digest);
        if (manifest.isEmpty() && !blobs.wasErased(digest)) {
            suspects.put(digest, named.exam());
        }
        return manifest;
    }

    /** Only once the whole ledger is read: a loss may have been told by an earlier process. */
    private void tellLosses() {
        suspects.forEach(
                (digest, exam) -> {
                    if (lost.add(digest)) {
                        losses.lost(exam, digest);
                    }
                });
        suspects.clear();
    }

    /** Returns whether all durable records were read. */
    private boolean scan() {
        if (queue.size() >= QUEUE_MAX) {
            return false;
        }
        if (ledger.durablePosition() <= scanned) {
            return true;
        }
        int[] read = {0};
        ledger.replay(
                scanned + 1,
                record -> {
                    queue.addAll(named(record));
                    scanned = record.position();
                    read[0]++;
                    return read[0] < RECORDS_AT_ONCE_MAX && queue.size() < QUEUE_MAX;
                });
        return read[0] == 0 || scanned >= ledger.durablePosition();
    }

    private List<Named> named(FactRecord record) {
        List<Digest> digests = FactBlobs.named(record.json());
        Optional<Digest> told = FactBlobs.lost(record.json());
        told.ifPresent(this::knowLost);
        if (digests.isEmpty()) {
            return List.of();
        }
        String exam = exam(Json.readTree(record.json()).orElseThrow());
        return digests.stream().map(digest -> new Named(digest, exam)).toList();
    }

    private synchronized void knowLost(Digest digest) {
        lost.add(digest);
    }

    private String exam(JsonNode fact) {
        if (fact.path("exam").isTextual()) {
            return fact.path("exam").textValue();
        }
        JsonNode sitting = fact.path("sitting");
        return sitting.isIntegralNumber() ? examOf.apply(sitting.longValue()) : "";
    }
}
