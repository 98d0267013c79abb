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
 * @param identity what was found and decided about who sits there
 */
public record Attendance(
        Optional<CheckInWay> checkedIn,
        Optional<String> absent,
        OptionalInt seat,
        int pinNumber,
        IdentityState identity) {
    static final Attendance NONE =
            new Attendance(
                    Optional.empty(), Optional.empty(), OptionalInt.empty(), 0, IdentityState.OPEN);

    Attendance in(CheckInWay way) {
        return new Attendance(Optional.of(way), Optional.empty(), seat, pinNumber, identity);
    }

    Attendance undone() {
        return new Attendance(Optional.empty(), absent, seat, pinNumber, identity);
    }

    Attendance missing(String reason) {
        return new Attendance(checkedIn, Optional.of(reason), seat, pinNumber, identity);
    }

    Attendance at(int newSeat) {
        return new Attendance(checkedIn, absent, OptionalInt.of(newSeat), pinNumber, identity);
    }

    Attendance pin(int number) {
        return new Attendance(checkedIn, absent, seat, number, identity);
    }

    Attendance identified(IdentityState changed) {
        return new Attendance(checkedIn, absent, seat, pinNumber, changed);
    }
}
