package io.invigil.hub.fleet;

/** Why something about nodes was refused; the name is the stable code and the message key. */
public enum FleetRefusal {
    FLEET_NODE_NAME,
    FLEET_SITE_UNKNOWN,
    FLEET_ROOMS_TOO_MANY,
    FLEET_NODE_AT_OTHER_SITE,
    FLEET_NODE_UNKNOWN,
    FLEET_REASON_MISSING,
    FLEET_ALREADY_REVOKED,
    FLEET_FORBIDDEN
}
