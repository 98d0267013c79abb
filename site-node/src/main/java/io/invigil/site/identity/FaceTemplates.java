package io.invigil.site.identity;

import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.vision.FaceAdvice;
import io.invigil.appliance.vision.FaceFeature;
import io.invigil.appliance.vision.FaceReader;
import io.invigil.appliance.vision.FaceReading;
import io.invigil.appliance.vision.opencv.InstalledFaces;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.pack.PaperShelf;
import io.invigil.site.room.core.IdentityState;
import io.invigil.site.room.core.RoomState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The features of the photos in force. Those of a roster are computed once, when its package comes
 * into force, on a thread of their own; a photo taken at the desk when it is first needed.
 * Thread-safe.
 */
public final class FaceTemplates implements AutoCloseable {
    /** After the exam's slot; the closed exam's templates are erased then. */
    public static final Duration KEPT_AFTER_END = Duration.ofDays(7);

    private static final System.Logger LOG = System.getLogger(FaceTemplates.class.getName());
    private static final int STORED_EVERY = 200;

    private final Optional<FaceReader> reader;
    private final PaperShelf shelf;
    private final PictureKeeper pictures;
    private final TemplateFiles files;
    private final Map<String, Map<String, Optional<FaceFeature>>> exams = new HashMap<>();
    private final ExecutorService background =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform()
                            .name("face-templates")
                            .priority(Thread.MIN_PRIORITY)
                            .daemon()
                            .factory());

    /**
     * @param directory private
     */
    public FaceTemplates(
            InstalledFaces faces,
            PaperShelf shelf,
            PictureKeeper pictures,
            Path directory,
            KeyFile keys,
            Entropy entropy) {
        this.reader = faces.reader();
        this.shelf = shelf;
        this.pictures = pictures;
        this.files = new TemplateFiles(directory, keys, entropy);
    }

    /** Computes what is missing of the packages that compare faces; returns at once. */
    public void prepare(Collection<ExamPackage> packages) {
        if (reader.isEmpty()) {
            return;
        }
        for (ExamPackage pack : List.copyOf(packages)) {
            if (pack.policy().identity().compares()) {
                background.execute(() -> prepare(pack));
            }
        }
    }

    private void prepare(ExamPackage pack) {
        int fresh = 0;
        for (Roster.Entry entry : pack.roster().entries()) {
            if (!entry.photo().isEmpty()
                    && !entry.onlyByEye()
                    && !known(pack.exam(), entry.photo())) {
                shelf.photo(pack, entry.photo())
                        .ifPresent(photo -> compute(pack.exam(), entry.photo(), photo));
                fresh++;
                if (fresh % STORED_EVERY == 0) {
                    store(pack.exam());
                }
            }
        }
        if (fresh > 0) {
            store(pack.exam());
            LOG.log(System.Logger.Level.INFO, "{0}: {1} templates computed", pack.exam(), fresh);
        }
    }

    /** The photo in force as a picture: the one taken at the desk, else the package's. */
    public Optional<byte[]> photo(ActivePackages.Listed listed, IdentityState identity) {
        if (identity.takenPhoto().isPresent()) {
            return pictures.read(identity.takenPhoto().get());
        }
        if (identity.unbound() || listed.entry().photo().isEmpty()) {
            return Optional.empty();
        }
        return shelf.photo(listed.exam(), listed.entry().photo());
    }

    /**
     * The template of the photo in force; empty without one, without a usable face on it, and for
     * whoever declined to be compared by a machine.
     */
    public Optional<FaceFeature> template(ActivePackages.Listed listed, IdentityState identity) {
        if (reader.isEmpty() || listed.entry().onlyByEye()) {
            return Optional.empty();
        }
        Optional<String> name =
                identity.takenPhoto()
                        .or(
                                () ->
                                        identity.unbound() || listed.entry().photo().isEmpty()
                                                ? Optional.empty()
                                                : Optional.of(listed.entry().photo()));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String exam = listed.exam().exam();
        if (!known(exam, name.get())) {
            photo(listed, identity)
                    .ifPresent(
                            photo -> {
                                compute(exam, name.get(), photo);
                                store(exam);
                            });
        }
        synchronized (exams) {
            return of(exam).getOrDefault(name.get(), Optional.empty());
        }
    }

    /** Where a face is too small or dark on a photo, comparing would say nothing: by eye then. */
    private void compute(String exam, String name, byte[] photo) {
        FaceReading reading = reader.orElseThrow().read(photo);
        boolean usable = reading.good() || reading.advice().equals(List.of(FaceAdvice.TURNED));
        synchronized (exams) {
            Map<String, Optional<FaceFeature>> templates = of(exam);
            if (templates.size() < TemplateFiles.TEMPLATES_MAX) {
                templates.put(name, usable ? reading.feature() : Optional.empty());
            }
        }
    }

    private boolean known(String exam, String photo) {
        synchronized (exams) {
            return of(exam).containsKey(photo);
        }
    }

    /** From the file at first use; what another model made is computed anew. */
    private Map<String, Optional<FaceFeature>> of(String exam) {
        return exams.computeIfAbsent(
                exam,
                name -> {
                    String model = reader.orElseThrow().scale().model();
                    Map<String, Optional<FaceFeature>> loaded = files.load(name);
                    loaded.values()
                            .removeIf(
                                    feature ->
                                            feature.filter(f -> !f.model().equals(model))
                                                    .isPresent());
                    return loaded;
                });
    }

    private void store(String exam) {
        synchronized (exams) {
            files.store(exam, of(exam));
        }
    }

    /** Erases the templates of exams that closed and ended a week ago; logs each. */
    public void eraseOld(RoomState state, Instant now) {
        state.exams()
                .values()
                .forEach(
                        exam -> {
                            boolean old =
                                    exam.plan()
                                            .map(plan -> Instant.ofEpochMilli(plan.slotEndMillis()))
                                            .filter(end -> end.plus(KEPT_AFTER_END).isBefore(now))
                                            .isPresent();
                            if (exam.phase() == RoomPhase.CLOSED && old) {
                                erase(exam.exam());
                            }
                        });
    }

    private void erase(String exam) {
        synchronized (exams) {
            exams.remove(exam);
            if (files.erase(exam)) {
                LOG.log(System.Logger.Level.INFO, "{0}: templates erased", exam);
            }
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
        background.close();
    }
}
