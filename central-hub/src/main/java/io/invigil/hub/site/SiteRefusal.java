package io.invigil.hub.site;

/** Why a site or room is not taken. Names are stable codes. */
public enum SiteRefusal {
    /** Somebody else changed it since the form was filled. */
    SITE_CHANGED_MEANWHILE,
    SITE_NOT_ALLOWED,
    SITE_NAME_MISSING,
    SITE_NAME_TAKEN,
    SITE_TEXT_TOO_LONG,
    SITE_ADDRESS_MISSING,
    /** Only a draft or returned application can be submitted or changed. */
    SITE_NOT_EDITABLE,
    /** Only a pending application can be decided. */
    SITE_NOT_PENDING,
    SITE_REASON_MISSING,
    SITE_LIMIT,
    SITE_FILES_TOO_MANY,
    SITE_FILE_TOO_LARGE,
    /** Neither a PDF, a picture, a zip nor an office document. */
    SITE_FILE_KIND,
    ROOM_NAME_MISSING,
    ROOM_NAME_TAKEN,
    ROOM_TYPES_MISSING,
    ROOM_TYPE_UNKNOWN,
    /** The sheet has the room twice. */
    ROOM_TWICE_IN_FILE,
    ROOM_SEATS_RANGE,
    ROOM_COLUMNS_RANGE,
    ROOM_LEVELS_MISSING,
    ROOM_LEVEL_UNKNOWN,
    /** The school's provincial department has not approved the certificate for the plan's year. */
    ROOM_CERTIFICATE_NOT_APPROVED,
    ROOM_SITE_UNKNOWN,
    /** The school does not take part in the plan. */
    ROOM_SCHOOL_NOT_IN_PLAN,
    /** Before the plan's first day. */
    ROOM_PLAN_NOT_BEGUN,
    /** After the plan's last day. */
    ROOM_PLAN_OVER,
    /** Arranged: only the seat count changes, and only upwards. */
    ROOM_ARRANGED,
    ROOM_SEATS_ONLY_UP,
    /** Lent to another school (借考). */
    ROOM_LENT,
    ROOM_LIMIT,
    /** Seat numbers go from 1 to the seat count. */
    ROOM_SEAT_NUMBERS,
    /** Somebody sits on a seat that is to be blocked: to be moved first. */
    ROOM_BROKEN_SEAT_TAKEN,
    ROOM_CHANGED_MEANWHILE
}
