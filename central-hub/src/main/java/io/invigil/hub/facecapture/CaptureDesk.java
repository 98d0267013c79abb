package io.invigil.hub.facecapture;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.hub.facecapture.FaceCaptures.Hand;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the page in the portal and the page of a phone do alike. Thread-safe. */
public final class CaptureDesk {
    /** Pictures of one candidate at once, and then one every so often: each is looked at. */
    static final int PICTURES_AT_ONCE = 20;

    static final Duration PICTURES_EVERY = Duration.ofSeconds(5);

    private final Database database;
    private final FaceCaptures captures;
    private final Throttle pictures;

    public CaptureDesk(Database database, FaceCaptures captures, Clock clock) {
        this.database = database;
        this.captures = captures;
        this.pictures = new Throttle(PICTURES_AT_ONCE, PICTURES_EVERY, clock);
    }

    FaceCaptures captures() {
        return captures;
    }

    FaceNotice notice(Visit visit) {
        return FaceNotice.of(visit.texts());
    }

    /** Agrees when the box is ticked. */
    Optional<FaceRefusal> agree(Visit visit, Hand by) {
        if (!visit.form().ticked("agreed")) {
            return Optional.of(FaceRefusal.FACE_NOT_AGREED);
        }
        String shown = visit.form().text("notice");
        return database.inTransaction(tx -> captures.agree(tx, by, shown, notice(visit)));
    }

    void decline(Visit visit, Hand by) {
        database.useTransaction(tx -> captures.decline(tx, by, notice(visit)));
    }

    /**
     * A picture of the page's camera: with {@code ?look=1} it is only looked at, else it is kept.
     * The answer says in words what is in the way.
     */
    Reply picture(Visit visit, Hand by) {
        Optional<FaceRefusal> refusal =
                database.inTransaction(tx -> captures.mayCapture(tx, by.candidate()));
        if (refusal.isPresent()) {
            return said(visit, 409, "issue." + refusal.get());
        }
        if (!pictures.allow(by.candidate().id().toString())) {
            return said(visit, 429, "issue." + FaceRefusal.FACE_TOO_OFTEN);
        }
        byte[] upload = visit.body(FaceCaptures.PICTURE_BYTES_MAX);
        return switch (captures.look(upload)) {
            case FaceLook.NoPicture none ->
                    said(visit, 422, "issue." + none.issue(), none.detail());
            case FaceLook.Unfit unfit -> said(visit, 422, "facecapture.advice." + unfit.advice());
            case FaceLook.Fit fit ->
                    visit.query("look").isPresent() ? fits(visit, fit) : keep(visit, by, fit);
        };
    }

    private static Reply fits(Visit visit, FaceLook.Fit fit) {
        return said(
                visit,
                200,
                fit.model().isEmpty() ? "facecapture.look.unchecked" : "facecapture.look.good");
    }

    private Reply keep(Visit visit, Hand by, FaceLook.Fit fit) {
        Optional<FaceRefusal> refusal = database.inTransaction(tx -> captures.capture(tx, by, fit));
        return refusal.map(why -> said(visit, 409, "issue." + why))
                .orElseGet(() -> said(visit, 200, "facecapture.done"));
    }

    private static Reply said(Visit visit, int status, String key, Object... arguments) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("done", status == 200);
        answer.put("said", visit.text(key, arguments));
        return Reply.json(answer).status(status).header("Cache-Control", "no-store");
    }
}
