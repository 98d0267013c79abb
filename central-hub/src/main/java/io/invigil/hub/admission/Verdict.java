package io.invigil.hub.admission;

/** What is proposed for a parked bundle; the name is stored. */
public enum Verdict {
    /** Its records count like all others. */
    ACCEPT,
    /** It stays out; its row stays as evidence. */
    REJECT
}
