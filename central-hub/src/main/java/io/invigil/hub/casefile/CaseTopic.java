package io.invigil.hub.casefile;

/** What a line is about, in the order in which one thing waits for the other. */
public enum CaseTopic {
    PHOTO,
    ACCOUNT,
    BAN,
    REGISTRATION,
    FEE,
    ARRANGEMENT,
    SEAT,
    TICKET,
    PACKAGE,
    ATTENDANCE,
    SITTING,
    REVIEW,
    MARKING,
    SCORE,
    PUBLICITY,
    CERTIFICATE
}
