package io.invigil.protocol.bundle;

/** Why bytes are not an acceptable bundle. The name is the stable code on the wire. */
public enum RejectReason {
    NOT_A_BUNDLE,
    TOO_LARGE,
    TRUNCATED,
    BAD_HEADER,
    WRONG_REALM,
    UNKNOWN_NODE,
    UNKNOWN_KEY,
    BAD_SIG,
    UNKNOWN_SEAL_KEY,
    NOT_OPENED,
    INFLATED_TOO_LARGE,
    BAD_BODY,
    TOO_MANY_RECORDS,
    CHAIN_BROKEN_INSIDE,
    WRONG_TOPIC,
    TOO_MANY_RANGES
}
