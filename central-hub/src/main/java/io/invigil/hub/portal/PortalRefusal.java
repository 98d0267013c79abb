package io.invigil.hub.portal;

/** Why something about a portal account was not done. Names are stable codes of texts. */
public enum PortalRefusal {
    /** Not a candidate of the own school. */
    PORTAL_NOT_OWN,
    /** Without a mobile number and a mail address no message arrives. */
    PORTAL_MOBILE_MISSING,
    PORTAL_DISABLED,
    /** There is no account yet. */
    PORTAL_NOT_OPEN,
    PORTAL_NOBODY_CHOSEN,
    PORTAL_TOO_MANY,
    /** Wrong, expired or used up: the same for all, and for numbers that nobody has. */
    PORTAL_CODE_WRONG,
    PORTAL_TOO_OFTEN,
    PORTAL_PASSWORD_GUESSABLE
}
