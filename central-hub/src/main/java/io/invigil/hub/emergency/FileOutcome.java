package io.invigil.hub.emergency;

/** What became of a file or of a decision on it; the name is the message key. */
public enum FileOutcome {
    /** Opened and kept; the second person decides. */
    TAKEN,
    /** Decided. */
    DONE,
    NOT_ALLOWED,
    /** No emergency file, or larger than one can be. */
    UNREADABLE,
    /** Its key is that node's own: the package had none of the slot. Only that node opens it. */
    OF_ITS_NODE_ALONE,
    /** No package of this plan has the name that the file gives. */
    EXAM_UNKNOWN,
    /** It was changed, or its key is another's. */
    DOES_NOT_OPEN,
    /** The sitting is not one of the slot. */
    SITTING_OTHER,
    /** The sitting was begun with another paper, or the plan has no such paper. */
    PAPER_OTHER,
    /** An answer is of a form or size that no room would take. */
    ANSWER_MALFORMED,
    KNOWN,
    UNKNOWN,
    /** Whoever took the file in may not decide on it. */
    SAME_PERSON,
    REASON_MISSING,
    DECIDED_BEFORE
}
