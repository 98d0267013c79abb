package io.invigil.site.blob;

import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.data.KeyFileDamaged;
import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The room's blobs, named by SHA-256 of their plaintext and encrypted under a random key of their
 * exam, which lies under the data key (XSP/1 sections 2 and 12). The request thread calls {@link
 * #keep} <em>before</em> the command whose fact names the blob; what it returns is durable. A blob
 * that no fact came to name stays unoffered and goes with its exam. Thread-safe.
 */
public final class RoomBlobs {
    /** One blob. */
    public static final int BLOB_BYTES_MAX = 8 * 1024 * 1024;

    /** Small, so that one chunk delays no result on a slow line, and any broker takes it. */
    public static final int CHUNK_BYTES = BlobManifest.CHUNK_BYTES_MIN;

    /** Never taken by blobs: it belongs to the ledger. */
    public static final long SPARE_BYTES = 256L * 1024 * 1024;

    private final Path root;
    private final KeyFile keys;
    private final Entropy entropy;
    private final BlobDisk disk;
    private final LongSupplier usableBytes;
    private final BiConsumer<String, String> alarm;
    private final Map<String, ExamBlobs> exams = new ConcurrentHashMap<>();

    /**
     * Opens the blobs and finishes deletions that a kill interrupted.
     *
     * @param root private directory
     * @param usableBytes free on the disk of {@code root}
     * @param alarm code and detail for people; no personal data
     * @throws IOException when the directory cannot be read
     */
    public static RoomBlobs open(
            Path root,
            KeyFile keys,
            Entropy entropy,
            BlobDisk disk,
            LongSupplier usableBytes,
            BiConsumer<String, String> alarm)
            throws IOException {
        RoomBlobs blobs = new RoomBlobs(root, keys, entropy, disk, usableBytes, alarm);
        Files.createDirectories(root);
        try (Stream<Path> directories = Files.list(root)) {
            for (Path directory : directories.filter(Files::isDirectory).toList()) {
                ExamBlobs exam = ExamBlobs.read(directory, disk);
                if (exam.exam().isEmpty()) {
                    // killed before its name was written: nothing is in it, the next one founds it
                    continue;
                }
                blobs.exams.put(directory.getFileName().toString(), exam);
                if (!exam.held().isEmpty() && blobs.isDeleted(exam)) {
                    blobs.removeFiles(exam);
                }
            }
        }
        return blobs;
    }

    private RoomBlobs(
            Path root,
            KeyFile keys,
            Entropy entropy,
            BlobDisk disk,
            LongSupplier usableBytes,
            BiConsumer<String, String> alarm) {
        this.root = root;
        this.keys = keys;
        this.entropy = entropy;
        this.disk = disk;
        this.usableBytes = usableBytes;
        this.alarm = alarm;
    }

    /**
     * Keeps content durably under its exam. The same content again is the same blob.
     *
     * @param mediaType such as {@code image/jpeg}, 1 to 100 characters
     */
    public KeepDecision keep(String exam, String mediaType, byte[] content) {
        if (content.length == 0) {
            return new KeepDecision.Refused(KeepRefusal.BLOB_EMPTY);
        }
        if (content.length > BLOB_BYTES_MAX) {
            return new KeepDecision.Refused(KeepRefusal.BLOB_TOO_LARGE);
        }
        if (usableBytes.getAsLong() < SPARE_BYTES + content.length) {
            return new KeepDecision.Refused(KeepRefusal.BLOB_NO_SPACE);
        }
        BlobManifest manifest = BlobManifest.of(content, mediaType, CHUNK_BYTES);
        try {
            return write(exam, manifest, content);
        } catch (IOException | UncheckedIOException full) {
            boolean noSpace = usableBytes.getAsLong() < SPARE_BYTES + content.length;
            alarm.accept("BLOB_NOT_KEPT", String.valueOf(full.getMessage()));
            return new KeepDecision.Refused(
                    noSpace ? KeepRefusal.BLOB_NO_SPACE : KeepRefusal.BLOB_NOT_WRITABLE);
        }
    }

    private KeepDecision write(String exam, BlobManifest manifest, byte[] content)
            throws IOException {
        ExamBlobs place = place(exam);
        Digest digest = manifest.sha256();
        Optional<byte[]> key;
        synchronized (place) {
            if (Files.exists(place.directory().resolve(ExamBlobs.NAME)) && isDeleted(place)) {
                return new KeepDecision.Refused(KeepRefusal.BLOB_EXAM_DELETED);
            }
            key = keyFor(place);
            found(place);
        }
        if (key.isEmpty()) {
            return new KeepDecision.Refused(KeepRefusal.BLOB_NOT_WRITABLE);
        }
        Optional<BlobManifest> before =
                place.held().contains(digest)
                        ? BlobFile.manifest(place.file(digest), digest, key.get())
                        : Optional.empty();
        if (before.isPresent() && read(digest).isPresent()) {
            return new KeepDecision.Kept(before.get());
        }
        Path temporary = Files.createTempFile(place.directory(), digest.hex(), ".tmp");
        try {
            disk.write(temporary, BlobFile.encode(manifest, content, key.get(), entropy));
            disk.force(temporary);
            disk.move(temporary, place.file(digest));
            disk.forceDirectory(place.directory());
        } catch (IOException failed) {
            disk.delete(temporary);
            throw failed;
        }
        place.held().add(digest);
        return new KeepDecision.Kept(manifest);
    }

    /** The first blob of an exam makes its key, then its directory with the exam's name. */
    private ExamBlobs place(String exam) {
        String id = id(exam);
        return exams.computeIfAbsent(id, any -> new ExamBlobs(root.resolve(id), exam));
    }

    private void found(ExamBlobs place) throws IOException {
        Path name = place.directory().resolve(ExamBlobs.NAME);
        if (Files.exists(name)) {
            return;
        }
        Files.createDirectories(place.directory());
        Path temporary = place.directory().resolve("name.tmp");
        disk.delete(temporary);
        disk.write(temporary, place.exam().getBytes(StandardCharsets.UTF_8));
        disk.force(temporary);
        disk.move(temporary, name);
        disk.forceDirectory(place.directory());
        disk.forceDirectory(root);
    }

    /** Made once, before the directory is named: a named directory without key is deleted. */
    private Optional<byte[]> keyFor(ExamBlobs place) {
        Optional<byte[]> known = key(place);
        if (known.isPresent() || Files.exists(place.directory().resolve(ExamBlobs.NAME))) {
            return known;
        }
        byte[] fresh = entropy.bytes(Aead.KEY_BYTES);
        keys.store(keyName(place), fresh);
        return Optional.of(fresh);
    }

    /** The key; empty when it was destroyed or its file is damaged. */
    private Optional<byte[]> key(ExamBlobs place) {
        try {
            return keys.load(keyName(place));
        } catch (KeyFileDamaged damaged) {
            alarm.accept("BLOB_KEY_DAMAGED", place.exam());
            return Optional.empty();
        }
    }

    private boolean isDeleted(ExamBlobs place) {
        try {
            return keys.load(keyName(place)).isEmpty();
        } catch (KeyFileDamaged damaged) {
            return false;
        }
    }

    /** The content; empty when it is not held or its file is damaged. */
    public Optional<byte[]> read(Digest digest) {
        return from(digest, (place, key) -> BlobFile.content(place.file(digest), digest, key));
    }

    /** What the centre is offered; empty when it is not held or its file is damaged. */
    public Optional<BlobManifest> manifest(Digest digest) {
        return from(digest, (place, key) -> BlobFile.manifest(place.file(digest), digest, key));
    }

    /** One chunk of the content; empty when it is not held or damaged there. */
    public Optional<byte[]> chunk(Digest digest, int index) {
        return from(digest, (place, key) -> BlobFile.chunk(place.file(digest), digest, index, key));
    }

    /** Whether a file of this name is there; it may still be damaged. */
    public boolean holds(Digest digest) {
        return holder(digest).isPresent();
    }

    /** The exam under which a blob is held. */
    public Optional<String> examOf(Digest digest) {
        return holder(digest).map(ExamBlobs::exam);
    }

    /** Exams with blobs, deleted ones left out. */
    public Set<String> exams() {
        Set<String> names = new TreeSet<>();
        exams.values().stream()
                .filter(place -> !place.held().isEmpty())
                .forEach(place -> names.add(place.exam()));
        return names;
    }

    /** The blobs of an exam. */
    public Set<Digest> of(String exam) {
        ExamBlobs place = exams.get(id(exam));
        return place == null ? Set.of() : Set.copyOf(place.held());
    }

    /** Up to which hub epoch the blob needs no offer; 0 when it does, or was never held. */
    long settledBy(Digest digest) {
        long newest = 0;
        for (ExamBlobs place : exams.values()) {
            newest = Math.max(newest, place.settled().getOrDefault(digest, 0L));
        }
        return newest;
    }

    /** A verified receipt of this hub epoch names the blob. Losing the mark costs one offer. */
    void settled(Digest digest, long hubEpoch) {
        holder(digest).ifPresent(place -> mark(place, List.of(digest), hubEpoch));
    }

    private void mark(ExamBlobs place, List<Digest> digests, long hubEpoch) {
        synchronized (place) {
            try {
                for (Digest digest : digests) {
                    disk.write(
                            place.directory().resolve(ExamBlobs.SETTLED),
                            ExamBlobs.line(digest, hubEpoch));
                    place.settled().merge(digest, hubEpoch, Math::max);
                }
            } catch (IOException full) {
                alarm.accept("BLOB_MARK_NOT_KEPT", String.valueOf(full.getMessage()));
            }
        }
    }

    /**
     * Erases all blobs of an exam: first its key, durably, so that no copy of the files can be read
     * again (XSP/1 section 12), then the files. Goes on after a kill.
     */
    public void deleteExam(String exam) throws IOException {
        ExamBlobs place = exams.get(id(exam));
        if (place == null) {
            return;
        }
        synchronized (place) {
            mark(place, place.held().stream().toList(), 0);
            if (!place.held().isEmpty()) {
                // or the facts that name them would seem to speak of lost files
                disk.force(place.directory().resolve(ExamBlobs.SETTLED));
            }
            keys.delete(keyName(place));
            removeFiles(place);
        }
    }

    private void removeFiles(ExamBlobs place) throws IOException {
        for (Digest digest : List.copyOf(place.held())) {
            disk.delete(place.file(digest));
            place.held().remove(digest);
            place.settled().putIfAbsent(digest, 0L);
        }
        disk.forceDirectory(place.directory());
    }

    /** Whether it was held once and is rightly gone. */
    boolean wasErased(Digest digest) {
        return exams.values().stream()
                .anyMatch(
                        place ->
                                place.settled().containsKey(digest)
                                        && !place.held().contains(digest));
    }

    private interface Reading<T> {
        Optional<T> from(ExamBlobs place, byte[] key) throws IOException;
    }

    /** From the first exam that holds it undamaged. */
    private <T> Optional<T> from(Digest digest, Reading<T> reading) {
        for (ExamBlobs place : exams.values()) {
            if (!place.held().contains(digest)) {
                continue;
            }
            try {
                Optional<byte[]> key = key(place);
                Optional<T> found =
                        key.isPresent() ? reading.from(place, key.get()) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException unreadable) {
                // a damaged disk answers like a damaged file: the fact of the loss says so
                alarm.accept("BLOB_UNREADABLE", digest.shortHex());
            }
        }
        return Optional.empty();
    }

    private Optional<ExamBlobs> holder(Digest digest) {
        return exams.values().stream().filter(place -> place.held().contains(digest)).findFirst();
    }

    /** Exam names differ by case, file systems may not: directories have names of their own. */
    private static String id(String exam) {
        return Digest.sha256(("blobs of " + exam).getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32);
    }

    private static String keyName(ExamBlobs place) {
        return "blobs-" + place.directory().getFileName();
    }
}
