package io.invigil.hub.sessionroom;

/** Why a session is not given to a room server; the name is the stable code. */
public enum SessionRoomRefusal {
    /** Only teachers of the course and clerks of the school. */
    SESSION_ROOM_NOT_ALLOWED,
    SESSION_ROOM_OVER,
    SESSION_ROOM_NO_STUDENTS,
    SESSION_ROOM_TOO_MANY,
    /** No server in force at a site of the school has that name. */
    SESSION_ROOM_NODE_UNKNOWN,
    /** The server does not serve a room of that name. */
    SESSION_ROOM_ROOM,
    SESSION_ROOM_SEATS,
    /** Not a paper of the subject, or one that an exam of the plan is sat with. */
    SESSION_ROOM_PAPER,
    SESSION_ROOM_MINUTES,
    SESSION_ROOM_RESULTS,
    /** The papers are open or somebody has begun. */
    SESSION_ROOM_BEGUN
}
