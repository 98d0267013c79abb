package io.invigil.site.room.core;

import io.invigil.exam.room.CheckInWay;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether and where one is in the room. Immutable.
 *
 * @param checkedIn how, while checked in
 * @param absent reason, while marked absent
 * @param seat seat now, when it differs from the roster's
 * @param pinNumber 0 for the PIN of the desk sticker, then counting resets
 * @param released whether this node gave the sitting up for another one
 * @param identity what was found and decided about who sits there
 */
public record Attendance(
        Optional<CheckInWay> checkedIn,
        Optional<String> absent,
        OptionalInt seat,
        int pinNumber,
        IdentityState identity,
        boolean released) {
    static final Attendance NONE =
            new Attendance(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    0,
                    IdentityState.OPEN,
                    false);

    Attendance in(CheckInWay way) {
        return new Attendance(
                Optional.of(way), Optional.empty(), seat, pinNumber, identity, released);
    }

    Attendance undone() {
        return new Attendance(Optional.empty(), absent, seat, pinNumber, identity, released);
    }

    Attendance missing(String reason) {
        return new Attendance(checkedIn, Optional.of(reason), seat, pinNumber, identity, released);
    }

    Attendance at(int newSeat) {
        return new Attendance(
                checkedIn, absent, OptionalInt.of(newSeat), pinNumber, identity, released);
    }

    Attendance pin(int number) {
        return new Attendance(checkedIn, absent, seat, number, identity, released);
    }

    Attendance identified(IdentityState changed) {
        return new Attendance(checkedIn, absent, seat, pinNumber, changed, released);
    }

    /** Given up for another node: not there, and never again. */
    Attendance givenUp(String reason) {
        return new Attendance(
                Optional.empty(), Optional.of(reason), seat, pinNumber, identity, true);
    }
}
