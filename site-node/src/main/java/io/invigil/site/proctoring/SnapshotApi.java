package io.invigil.site.proctoring;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.room.CameraState;
import io.invigil.exam.room.SnapshotCause;
import io.invigil.protocol.crypto.Digest;
import io.invigil.site.attendance.RoomDoor;
import io.invigil.site.blob.KeepDecision;
import io.invigil.site.blob.RoomBlobs;
import io.invigil.site.delivery.CandidateSession;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.DeskCommand;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.web.Refusals;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Snapshots from candidates' browsers and pictures as evidence: the picture is durable before the
 * fact that names it (XSP/1 section 2). When space runs out answers go first, pictures are not kept
 * (XSP/1 section 7).
 */
public final class SnapshotApi implements HttpService {
    public static final int SNAPSHOT_BYTES_MAX = 512 * 1024;
    public static final int EVIDENCE_BYTES_MAX = 4 * 1024 * 1024;
    private static final int BODY_BYTES_MAX = 4 * 1024;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final HttpPages pages;
    private final RoomEngine engine;
    private final RoomBlobs blobs;
    private final SnapshotSpace space;

    public SnapshotApi(HttpPages pages, RoomEngine engine, RoomBlobs blobs, SnapshotSpace space) {
        this.pages = pages;
        this.engine = engine;
        this.blobs = blobs;
        this.space = space;
    }

    /** {@code camera} is a name of {@link CameraState}. */
    public record CameraRequest(String camera) {}

    /** {@code everySeconds} 0 for none. */
    public record SnapshotsRequest(Integer everySeconds, String reason) {}

    @Override
    public void routing(HttpRules rules) {
        var candidate = Access.roles(CandidateSession.ROLE);
        rules
                // a JPEG of the candidate's camera: ?cause=RANDOM, SIGNAL or HAND_IN
                .post("/api/exam/snapshots", pages.api(candidate, this::snapshot))
                // denied, missing, in use, lost, works
                .post("/api/exam/camera", pages.api(candidate, this::camera))
                // on or off for the room, and one picture to look at
                .post("/api/room/{exam}/snapshots", RoomDoor.api(pages, this::set))
                .get("/api/room/{exam}/pictures/{picture}", RoomDoor.api(pages, this::picture))
                // a picture as evidence of an incident; its digest goes into the incident
                .post("/api/room/{exam}/pictures", RoomDoor.api(pages, this::evidence));
    }

    private Reply snapshot(Visit visit) {
        long sitting = CandidateSession.attempt(visit);
        Optional<SnapshotCause> cause =
                Arrays.stream(SnapshotCause.values())
                        .filter(c -> c.name().equals(visit.query("cause").orElse("RANDOM")))
                        .findFirst();
        Optional<String> exam = engine.state().examOf(sitting).map(ExamState::exam);
        if (cause.isEmpty() || exam.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        if (engine.state().desk().room(exam.get()).snapshotSeconds() == 0) {
            return Refusals.of(visit, 409, "SNAPSHOTS_OFF");
        }
        if (!space.any()) {
            return Refusals.of(visit, 507, "PICTURE_NOT_KEPT");
        }
        byte[] jpeg = visit.body(SNAPSHOT_BYTES_MAX);
        if (!isJpeg(jpeg)) {
            return Refusals.badRequest(visit);
        }
        return switch (blobs.keep(exam.get(), "image/jpeg", jpeg)) {
            case KeepDecision.Refused refused -> Refusals.of(visit, 507, "PICTURE_NOT_KEPT");
            case KeepDecision.Kept kept ->
                    Refusals.of(
                            visit,
                            engine.ask(
                                    new DeskCommand.TakeSnapshot(
                                            CandidateSession.by(sitting),
                                            sitting,
                                            cause.get(),
                                            kept.manifest().sha256().hex(),
                                            jpeg.length)));
        };
    }

    private Reply camera(Visit visit) {
        long sitting = CandidateSession.sitting(visit);
        Optional<CameraState> told =
                visit.json(CameraRequest.class, BODY_BYTES_MAX)
                        .flatMap(
                                request ->
                                        Arrays.stream(CameraState.values())
                                                .filter(s -> s.name().equals(request.camera()))
                                                .findFirst());
        return told.map(
                        state ->
                                Refusals.of(
                                        visit,
                                        engine.ask(
                                                new DeskCommand.TellCamera(
                                                        CandidateSession.by(sitting),
                                                        sitting,
                                                        state))))
                .orElseGet(() -> Refusals.badRequest(visit));
    }

    private Reply set(Visit visit) {
        return visit.json(SnapshotsRequest.class, BODY_BYTES_MAX)
                .filter(wanted -> wanted.everySeconds() != null && wanted.reason() != null)
                .map(
                        wanted ->
                                Refusals.of(
                                        visit,
                                        engine.ask(
                                                new DeskCommand.SetSnapshots(
                                                        "staff:" + visit.person().login(),
                                                        visit.path("exam"),
                                                        wanted.everySeconds(),
                                                        wanted.reason().strip()))))
                .orElseGet(() -> Refusals.badRequest(visit));
    }

    /** Only a picture of this exam; another one's is not there. */
    private Reply picture(Visit visit) {
        return Optional.of(visit.path("picture"))
                .filter(name -> DIGEST.matcher(name).matches())
                .map(Digest::ofHex)
                .filter(d -> blobs.examOf(d).equals(Optional.of(visit.path("exam"))))
                .flatMap(blobs::read)
                .filter(SnapshotApi::isJpeg)
                .map(jpeg -> Reply.bytes("image/jpeg", jpeg))
                .map(reply -> reply.header("Cache-Control", "private, max-age=3600"))
                .orElseGet(Reply::notFound);
    }

    private Reply evidence(Visit visit) {
        String exam = visit.path("exam");
        if (engine.state().exam(exam).isEmpty()) {
            return Refusals.of(visit, 404, "EXAM_UNKNOWN");
        }
        byte[] jpeg = visit.body(EVIDENCE_BYTES_MAX);
        if (!isJpeg(jpeg)) {
            return Refusals.badRequest(visit);
        }
        return switch (blobs.keep(exam, "image/jpeg", jpeg)) {
            case KeepDecision.Refused refused -> Refusals.of(visit, 507, "PICTURE_NOT_KEPT");
            case KeepDecision.Kept kept ->
                    Reply.json(Map.of("evidence", kept.manifest().sha256().hex()));
        };
    }

    private static boolean isJpeg(byte[] bytes) {
        return bytes.length > 3
                && (bytes[0] & 0xff) == 0xff
                && (bytes[1] & 0xff) == 0xd8
                && (bytes[2] & 0xff) == 0xff;
    }
}
