package io.invigil.site.delivery;

import io.invigil.exam.file.FileValue;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.Paper;
import io.invigil.exam.paper.ResponseCheck;
import io.invigil.protocol.crypto.Digest;
import io.invigil.site.blob.RoomBlobs;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.OpenPaper;
import io.invigil.site.pack.PaperShelf;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.RoomState;
import io.invigil.site.room.core.SittingState;
import java.util.Map;
import java.util.Optional;

/** What a candidate may see of the paper, and when: only once started. Thread-safe. */
public final class CandidatePapers {
    private final ActivePackages packages;
    private final PaperShelf shelf;
    private final RoomEngine engine;
    private final RoomBlobs blobs;

    public CandidatePapers(
            ActivePackages packages, PaperShelf shelf, RoomEngine engine, RoomBlobs blobs) {
        this.packages = packages;
        this.shelf = shelf;
        this.engine = engine;
        this.blobs = blobs;
    }

    /** Outcome of asking for the paper. */
    public sealed interface Shown {
        record Open(PaperView view) implements Shown {}

        /** {@code code} is NOT_STARTED, HANDED_IN, PAUSED or PAPER_NOT_OPEN. */
        record NotYet(String code) implements Shown {}
    }

    /** A picture with its media type. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Picture(String mediaType, byte[] bytes) {}

    /** The paper in the order of this sitting. */
    public Shown paper(long sitting) {
        SittingState state = engine.state().sitting(sitting);
        if (!state.started()) {
            return new Shown.NotYet("NOT_STARTED");
        }
        if (state.handedIn()) {
            return new Shown.NotYet("HANDED_IN");
        }
        return open(sitting)
                .<Shown>map(paper -> new Shown.Open(PaperView.of(paper.paper(), state.seed())))
                .orElseGet(() -> new Shown.NotYet("PAPER_NOT_OPEN"));
    }

    /** A picture of the sitting's paper, while the candidate sits. */
    public Optional<Picture> asset(long sitting, String name) {
        if (!engine.state().sitting(sitting).sits()) {
            return Optional.empty();
        }
        Optional<Paper.Asset> asset =
                open(sitting).map(OpenPaper::paper).flatMap(paper -> paper.asset(name));
        return asset.filter(a -> !a.playable() || begun(sitting, a.name()))
                .flatMap(
                        a ->
                                packages.sitting(sitting)
                                        .flatMap(
                                                listed ->
                                                        shelf.asset(
                                                                listed.exam(),
                                                                paperName(listed),
                                                                name))
                                        .map(bytes -> new Picture(a.mediaType(), bytes)));
    }

    /** Sound and film are given out once a play of theirs is counted. */
    private boolean begun(long sitting, String asset) {
        Map<String, Integer> plays = engine.state().sitting(sitting).watch().plays();
        return open(sitting)
                .map(paper -> paper.paper().clipsOf(asset).keySet())
                .filter(clips -> clips.stream().anyMatch(plays::containsKey))
                .isPresent();
    }

    public Optional<byte[]> photo(long sitting) {
        return packages.sitting(sitting)
                .filter(listed -> !listed.entry().photo().isEmpty())
                .flatMap(listed -> shelf.photo(listed.exam(), listed.entry().photo()));
    }

    /** PNG or JPEG by its first bytes. */
    public static String pictureType(byte[] bytes) {
        boolean png = bytes.length > 4 && bytes[0] == (byte) 0x89 && bytes[1] == 'P';
        return png ? "image/png" : "image/jpeg";
    }

    /** Code of what a page of ours would not send; empty when the response may be saved. */
    Optional<String> responseProblem(long sitting, SaveRequest save) {
        Optional<OpenPaper> paper = open(sitting);
        if (paper.isEmpty()) {
            // the core says why: not started, not checked in, or closed
            return Optional.empty();
        }
        if (ResponseCheck.of(paper.get().paper(), save.item(), save.response())
                instanceof ResponseCheck.Refused refused) {
            return Optional.of(refused.reason().name());
        }
        boolean held =
                FileValue.in(save.response()).stream()
                        .allMatch(file -> blobs.holds(Digest.ofHex(file.sha256())));
        return held ? Optional.empty() : Optional.of("RESPONSE_FILE_UNKNOWN");
    }

    /** An item of the sitting's paper, once the paper is open. */
    public Optional<Item> item(long sitting, String item) {
        return open(sitting).flatMap(paper -> paper.paper().item(item));
    }

    private Optional<OpenPaper> open(long sitting) {
        Optional<ActivePackages.Listed> listed = packages.sitting(sitting);
        if (listed.isEmpty()) {
            return Optional.empty();
        }
        String paper = paperName(listed.get());
        RoomState state = engine.state();
        boolean opened =
                state.exam(listed.get().exam().exam())
                        .map(ExamState::openedPapers)
                        .filter(papers -> papers.contains(paper))
                        .isPresent();
        return opened ? shelf.paper(listed.get().exam(), paper) : Optional.empty();
    }

    private static String paperName(ActivePackages.Listed listed) {
        return listed.exam().subject(listed.entry().subject()).orElseThrow().paper();
    }
}
