package io.invigil.hub.facecapture;

import java.time.Instant;

/**
 * One step in the history of a candidate's capture.
 *
 * @param who number of the candidate, or login of the member of staff
 * @param detail the notice's version, the picture's digest, or the reason
 */
public record FaceEvent(Kind kind, Instant at, String who, FaceWay way, String detail) {
    public static final int DETAIL_CHARS_MAX = 400;

    /** The names stand in the database. */
    public enum Kind {
        AGREED,
        DECLINED,
        CAPTURED,
        UNBOUND
    }
}
