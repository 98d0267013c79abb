package io.invigil.site.room.core;

/**
 * Exam time of the node in milliseconds, made from the stamps of the facts: it runs on over a
 * restart of the process under one boot, stands still while the machine is down, and never goes
 * back whatever the wall clock does (XSP/1 section 11; fault rows 19 and 20).
 *
 * @param boot boot of the last fact, empty text before the first one
 * @param offset exam time minus uptime under that boot
 * @param lastUp greatest uptime seen under that boot
 * @param lastWall wall clock of the last fact, epoch milliseconds
 */
public record RoomClock(String boot, long offset, long lastUp, long lastWall) {
    /** Before any fact: exam time starts as the uptime of the first one. */
    public static final RoomClock UNSET = new RoomClock("", 0, 0, 0);

    /** Exam time of the last fact. */
    public long lastMillis() {
        return offset + lastUp;
    }

    /** Exam time at which a command is decided; under a new boot that of the last fact. */
    public long millisAt(CoreTime time) {
        return advanced(time).lastMillis();
    }

    /** This clock at a later time. */
    public RoomClock advanced(CoreTime time) {
        long up = time.upMillis();
        if (boot.isEmpty()) {
            return new RoomClock(time.boot(), 0, up, time.wallMillis());
        }
        if (boot.equals(time.boot())) {
            return new RoomClock(boot, offset, Math.max(up, lastUp), time.wallMillis());
        }
        return new RoomClock(time.boot(), lastMillis() - up, up, time.wallMillis());
    }
}
