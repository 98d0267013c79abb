package io.invigil.site.attendance;

import io.invigil.exam.code.CheckInCode;
import io.invigil.site.room.RoomTimeSource;

/** The rotating code of each room, for its screen and for the phones in front of it. */
public final class CheckInCodes {
    private final byte[] key;
    private final RoomTimeSource time;

    /**
     * @param key a key of this purpose alone
     */
    public CheckInCodes(byte[] key, RoomTimeSource time) {
        this.key = key.clone();
        this.time = time;
    }

    /**
     * What the screen shows; JSON of {@code GET /api/room/{exam}/check-in-code}.
     *
     * @param path for a phone on the plain listener, with the code in it
     */
    public record Screen(
            String exam, String room, String code, long changesInMillis, String path) {}

    /** The code of a room now. */
    public Screen screen(String exam, String room) {
        long up = time.now().upMillis();
        String code = code(exam, room).at(up);
        return new Screen(
                exam, room, code, CheckInCode.changesInMillis(up), "/check-in?code=" + code);
    }

    CheckInCode.Outcome check(String exam, String room, String typed) {
        return code(exam, room).check(typed, time.now().upMillis());
    }

    private CheckInCode code(String exam, String room) {
        return new CheckInCode(key, exam, room);
    }
}
