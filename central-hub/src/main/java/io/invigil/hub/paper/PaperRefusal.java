package io.invigil.hub.paper;

/** Why a paper is not taken or assigned. Names are stable codes. */
public enum PaperRefusal {
    /** Only staff of the body that runs the plan handle its papers. */
    PAPER_NOT_ALLOWED,
    PAPER_SUBJECT_UNKNOWN,
    /** The same package was imported for this subject before. */
    PAPER_ALREADY_THERE,
    PAPER_UNKNOWN,
    PAPER_SLOT_UNKNOWN,
    /** A class was or is to be tested with it (综合测试): an exam needs another. */
    PAPER_USED_IN_CLASS,
    /** The paper's marks are not the subject's full mark. */
    PAPER_FULL_MARK_DIFFERS,
    /** The exam window is over. */
    PAPER_EXAM_OVER,
    PAPER_FILE_TOO_LARGE
}
