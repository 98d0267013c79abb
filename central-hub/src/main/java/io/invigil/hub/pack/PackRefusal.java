package io.invigil.hub.pack;

/** Why a package was not published or released; the name is the stable code and message key. */
public enum PackRefusal {
    PACK_FORBIDDEN,
    PACK_SLOT_UNKNOWN,
    PACK_SLOT_OVER,
    PACK_UNKNOWN,
    /** Nobody sits in the rooms of this node in this slot. */
    PACK_NO_SITTINGS,
    PACK_TOO_MANY_SITTINGS,
    PACK_NODE_NOT_IN_FORCE,
    /** A room with sittings that no node serves. */
    PACK_ROOM_WITHOUT_NODE,
    PACK_ROOM_WITH_TWO_NODES,
    /** Another node's package lists a sitting, and that node has not released it. */
    PACK_SITTING_AT_OTHER_NODE,
    /** Somebody with a seat is banned from the exam (domain, section 12). */
    PACK_BANNED,
    PACK_PAPER_MISSING,
    PACK_STAFF_MISSING,
    /** Somebody else published at the same moment. */
    PACK_CHANGED_MEANWHILE,
    PACK_APPROVED_BEFORE,
    PACK_NOT_APPROVED_BY_TWO,
    PACK_NODE_NOT_CONNECTED
}
