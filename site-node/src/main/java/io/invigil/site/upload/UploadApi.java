package io.invigil.site.upload;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.file.FileKind;
import io.invigil.exam.file.FileValue;
import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.Item;
import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.crypto.Digest;
import io.invigil.site.blob.KeepDecision;
import io.invigil.site.blob.RoomBlobs;
import io.invigil.site.delivery.CandidatePapers;
import io.invigil.site.delivery.CandidateSession;
import io.invigil.site.lockdown.Lockdown;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.web.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the bytes of a file before the answer that names it. It answers when they are durable; the
 * answer itself is an ordinary save. Files are answers: they are taken as long as the ledger's own
 * space is not touched, when snapshots have long stopped (XSP/1 section 7). After the end they are
 * taken until the room closes, because what names them is then kept apart and needs them.
 */
public final class UploadApi implements HttpService {
    /** Files in memory at one time. */
    static final int AT_ONCE_MAX = 4;

    /** Longer than a file of the largest size takes to write; then the page tries again. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final HttpPages pages;
    private final RoomEngine engine;
    private final CandidatePapers papers;
    private final RoomBlobs blobs;
    private final Lockdown lockdown;
    private final UploadQuota quota = new UploadQuota();
    private final UploadTurns turns = new UploadTurns(AT_ONCE_MAX, WAIT_MAX);

    public UploadApi(
            HttpPages pages,
            RoomEngine engine,
            CandidatePapers papers,
            RoomBlobs blobs,
            Lockdown lockdown) {
        this.pages = pages;
        this.engine = engine;
        this.papers = papers;
        this.blobs = blobs;
        this.lockdown = lockdown;
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // raw bytes of one file: ?item=Q
                .post(
                "/api/exam/files",
                pages.api(Access.roles(CandidateSession.ROLE), lockdown.api(this::upload)));
    }

    private Reply upload(Visit visit) {
        long sitting = CandidateSession.attempt(visit);
        Optional<ExamState> exam = engine.state().examOf(sitting);
        if (exam.isEmpty() || exam.get().phase() == RoomPhase.CLOSED) {
            return Refusals.of(visit, 409, "PHASE_FORBIDS");
        }
        if (!engine.state().sitting(sitting).started()) {
            return Refusals.of(visit, 409, "NOT_STARTED");
        }
        List<FileUpload> places =
                visit.query("item")
                        .flatMap(item -> papers.item(sitting, item))
                        .map(UploadApi::places)
                        .orElse(List.of());
        if (places.isEmpty()) {
            return Refusals.of(visit, 400, "RESPONSE_UNKNOWN_ITEM");
        }
        return turns.take(() -> take(visit, sitting, exam.get().exam(), places))
                .orElseGet(() -> Refusals.of(visit, 503, "FILES_BUSY"));
    }

    private Reply take(Visit visit, long sitting, String exam, List<FileUpload> places) {
        byte[] content = visit.body(FileValue.BYTES_MAX);
        List<FileUpload> fitting =
                places.stream().filter(place -> content.length <= place.bytesMax()).toList();
        if (fitting.isEmpty()) {
            return Refusals.of(visit, 413, "FILE_TOO_LARGE");
        }
        Optional<FileKind> kind =
                FileKind.of(content)
                        .filter(k -> fitting.stream().anyMatch(p -> p.kinds().contains(k)));
        return kind.map(k -> keep(visit, sitting, exam, k, content))
                .orElseGet(() -> Refusals.of(visit, 422, "FILE_KIND"));
    }

    private static List<FileUpload> places(Item item) {
        return item.interactions().stream()
                .filter(FileUpload.class::isInstance)
                .map(FileUpload.class::cast)
                .toList();
    }

    private Reply keep(Visit visit, long sitting, String exam, FileKind kind, byte[] content) {
        String sha256 = Digest.sha256(content).hex();
        if (!quota.take(sitting, sha256, content.length)) {
            return Refusals.of(visit, 429, "FILES_EXHAUSTED");
        }
        return switch (blobs.keep(exam, kind.mediaType(), content)) {
            case KeepDecision.Refused refused -> Refusals.of(visit, 507, "FILE_NOT_KEPT");
            case KeepDecision.Kept kept ->
                    Reply.json(Map.of("sha256", sha256, "bytes", content.length))
                            .header("Cache-Control", "no-store");
        };
    }
}
