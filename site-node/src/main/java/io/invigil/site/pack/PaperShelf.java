package io.invigil.site.pack;

import io.invigil.appliance.data.KeyFile;
import io.invigil.exam.paper.PaperCodec;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.Part;
import io.invigil.protocol.manifest.PartKind;
import io.invigil.protocol.paper.PackageOpener;
import io.invigil.protocol.paper.ReleaseKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Released papers. The release key is kept under the node's data key until the exam closes, so that
 * a restart does not need the code again (fault row 86); papers themselves are never written in
 * clear. Thread-safe.
 */
public final class PaperShelf {
    /** Decrypted pictures kept in memory, in bytes over all exams. */
    public static final long ASSET_CACHE_BYTES_MAX = 32L * 1024 * 1024;

    private final PackageIntake intake;
    private final KeyFile keys;
    private final Map<String, OpenPaper> papers = new ConcurrentHashMap<>();
    private final Map<String, byte[]> assets = new LinkedHashMap<>(64, 0.75f, true);
    private long assetBytes;

    public PaperShelf(PackageIntake intake, KeyFile keys) {
        this.intake = intake;
        this.keys = keys;
    }

    /** Keeps the release key before anything says that the paper is open. */
    public void keep(Manifest manifest, ReleaseKey release) {
        keys.store(keyName(manifest), release.bytes());
    }

    public boolean hasKey(Manifest manifest) {
        return keys.load(keyName(manifest)).isPresent();
    }

    /** Forgets everything of an exam: at its close. */
    public void forget(Manifest manifest) {
        keys.delete(keyName(manifest));
        String prefix = manifest.release().packageId() + "/";
        papers.keySet().removeIf(name -> name.startsWith(prefix));
        synchronized (assets) {
            assets.entrySet().removeIf(entry -> entry.getKey().startsWith(prefix));
            assetBytes = assets.values().stream().mapToLong(bytes -> bytes.length).sum();
        }
    }

    /** A paper whose release key is here; the caller asks whether it is opened. */
    public Optional<OpenPaper> paper(ExamPackage pack, String name) {
        Manifest manifest = pack.manifest();
        String cached = manifest.release().packageId() + "/" + manifest.version() + "/" + name;
        OpenPaper known = papers.get(cached);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<OpenPaper> opened =
                content(manifest, name, PartKind.PAPER)
                        .flatMap(PaperCodec::decode)
                        .map(
                                paper ->
                                        new OpenPaper(
                                                paper,
                                                content(
                                                                manifest,
                                                                name + ".key",
                                                                PartKind.ANSWER_KEY)
                                                        .flatMap(PaperCodec::decodeKey)));
        opened.ifPresent(paper -> papers.put(cached, paper));
        return opened;
    }

    /** A picture of a paper. */
    public Optional<byte[]> asset(ExamPackage pack, String paper, String name) {
        Manifest manifest = pack.manifest();
        String part = paper + "/" + name;
        String cached = manifest.release().packageId() + "/" + manifest.version() + "/" + part;
        synchronized (assets) {
            byte[] known = assets.get(cached);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<byte[]> opened = content(manifest, part, PartKind.ASSET);
        opened.ifPresent(bytes -> cache(cached, bytes));
        return opened;
    }

    /** A candidate's photo, which needs no release. */
    public Optional<byte[]> photo(ExamPackage pack, String sha256) {
        return pack.manifest().parts(PartKind.PHOTO).stream()
                .filter(part -> part.sha256().equals(sha256))
                .findFirst()
                .flatMap(part -> open(pack.manifest(), part, Optional.empty()));
    }

    private void cache(String name, byte[] bytes) {
        synchronized (assets) {
            assetBytes += bytes.length;
            assets.put(name, bytes);
            var oldest = assets.entrySet().iterator();
            while (assetBytes > ASSET_CACHE_BYTES_MAX && oldest.hasNext()) {
                assetBytes -= oldest.next().getValue().length;
                oldest.remove();
            }
        }
    }

    private Optional<byte[]> content(Manifest manifest, String name, PartKind kind) {
        return manifest.part(name)
                .filter(part -> part.kind() == kind)
                .flatMap(
                        part ->
                                keys.load(keyName(manifest))
                                        .map(ReleaseKey::of)
                                        .flatMap(key -> open(manifest, part, Optional.of(key))));
    }

    private Optional<byte[]> open(Manifest manifest, Part part, Optional<ReleaseKey> key) {
        try {
            return intake.bytes(part)
                    .flatMap(
                            bytes ->
                                    intake.opener(manifest).open(part.name(), bytes, key)
                                                    instanceof PackageOpener.Outcome.Opened opened
                                            ? Optional.of(opened.content())
                                            : Optional.empty());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a part cannot be read", unreadable);
        }
    }

    private static String keyName(Manifest manifest) {
        return "release-" + manifest.release().packageId();
    }
}
