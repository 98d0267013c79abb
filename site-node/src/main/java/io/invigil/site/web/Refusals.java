package io.invigil.site.web;

import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.core.RoomRefusal;
import io.invigil.site.room.core.RoomReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Refusals as JSON; one table of HTTP statuses for the room's codes. */
public final class Refusals {
    private Refusals() {}

    /** A refusal; its text is {@code problem.<code>} of the bundles. */
    public static Reply of(Visit visit, int status, String code, Map<String, String> details) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code);
        json.put("title", visit.text("problem." + code));
        json.put("status", status);
        json.put("details", details);
        return Reply.json(json).status(status).header("Cache-Control", "no-store");
    }

    public static Reply of(Visit visit, int status, String code) {
        return of(visit, status, code, Map.of());
    }

    public static Reply badRequest(Visit visit) {
        return of(visit, 400, "BAD_REQUEST");
    }

    /** The answer to a command: what {@code kept} makes of it, or the refusal. */
    public static Reply of(Visit visit, Outcome outcome, Function<Outcome.Kept, Reply> kept) {
        return switch (outcome) {
            case Outcome.Kept done -> kept.apply(done);
            case Outcome.Refused refused ->
                    of(visit, status(refused.code()), refused.code().name(), refused.details());
            case Outcome.Busy busy -> of(visit, 503, "ROOM_BUSY").header("Retry-After", "1");
            case Outcome.Halted halted -> of(visit, 503, "STORAGE_HALTED");
        };
    }

    /** What became of one of several: {@code sitting}, {@code done}, and why not. */
    public static Map<String, Object> line(Visit visit, long sitting, Outcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sitting", sitting);
        json.put("done", outcome instanceof Outcome.Kept);
        switch (outcome) {
            case Outcome.Kept kept -> {
                // nothing more to say
            }
            case Outcome.Refused refused -> {
                json.put("code", refused.code());
                json.put("title", visit.text("problem." + refused.code()));
                json.put("details", refused.details());
            }
            case Outcome.Busy busy -> json.put("code", "ROOM_BUSY");
            case Outcome.Halted halted -> json.put("code", "STORAGE_HALTED");
        }
        return json;
    }

    /** For commands whose answer is that they are done. */
    public static Reply of(Visit visit, Outcome outcome) {
        return of(visit, outcome, Refusals::done);
    }

    private static Reply done(Outcome.Kept kept) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("done", true);
        json.put("durability", kept.durability());
        if (kept.reply() instanceof RoomReply.HandInKept receipt) {
            json.put("receipt", receipt);
        }
        return Reply.json(json).header("Cache-Control", "no-store");
    }

    private static int status(RoomRefusal code) {
        return switch (code) {
            case EXAM_UNKNOWN,
                    SITTING_UNKNOWN,
                    PAPER_UNKNOWN,
                    SEAT_UNKNOWN,
                    CASE_UNKNOWN,
                    WORD_UNKNOWN,
                    ROOM_UNKNOWN,
                    APART_UNKNOWN,
                    IDENTITY_PICTURE_UNKNOWN ->
                    404;
            case ANSWER_MALFORMED, REASON_NEEDED, GRANT_OUT_OF_RANGE, STAND_IN_NUMBER -> 400;
            case ANSWER_TOO_LARGE -> 413;
            case PLAYS_EXHAUSTED, SAVES_EXHAUSTED, INCIDENTS_EXHAUSTED -> 429;
            case EARLY_NEEDS_TWO_OFFICIALS,
                    NOT_CHECKED_IN,
                    MARKED_ABSENT,
                    IDENTITY_OPEN,
                    STAND_IN_NEEDS_TWO,
                    STAND_IN_NOT_HERE ->
                    403;
            case MANIFEST_OLDER,
                    PHASE_NOT_NEXT,
                    PHASE_FORBIDS,
                    PAPER_NOT_OPEN,
                    ALREADY_STARTED,
                    NOT_STARTED,
                    TOO_LATE_TO_START,
                    TIME_IS_UP,
                    PAUSED,
                    NOT_PAUSED,
                    HANDED_IN,
                    NO_ATTEMPT_LEFT,
                    SITTING_RELEASED,
                    WRITER_ELSEWHERE,
                    REVISION_CONFLICT,
                    SEAT_TAKEN,
                    SCORED_ALREADY,
                    SNAPSHOTS_OFF,
                    RECHECK_NOT_OPEN,
                    NO_TIME_LEFT,
                    CHECK_IN_NOT_OPEN,
                    CHECK_IN_OVER,
                    CHECK_OUT_NOT_OPEN,
                    CHECK_OUT_OVER,
                    NOT_HANDED_IN,
                    CASE_SETTLED,
                    STAND_IN_LOGIN_TAKEN,
                    STAND_INS_EXHAUSTED ->
                    409;
        };
    }
}
