package io.invigil.hub.candidate;

/** What of a candidate's data can be corrected on request. Names stand in the database. */
public enum CandidateField {
    NAME,
    PINYIN,
    ID_NUMBER,
    MOBILE,
    MAJOR,
    /** The new picture is the request's file. */
    PHOTO
}
