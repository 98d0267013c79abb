package io.invigil.exam.room;

/** What may turn out wrong at the door while the line is down (issue 3, part 6). */
public enum LateChangeKind {
    STAND_IN_PROCTOR,
    WRONG_PHOTO,
    WRONG_NAME,
    EXTRA_CANDIDATE,
    SEAT_SWAP,
    ROOM_SWAP
}
