package io.invigil.hub.plan;

/** How a subject is sat, and what a room is fit for (考试方式, 考场类型). */
public enum ExamMode {
    COMPUTER("机考"),
    PRACTICAL("实操"),
    WRITTEN("笔试"),
    COMPUTER_AND_PRACTICAL("机考+实操"),
    WRITTEN_AND_PRACTICAL("笔试+实操");

    private final String chinese;

    ExamMode(String chinese) {
        this.chinese = chinese;
    }

    /** The word of the source documents, used in sheets. */
    public String chinese() {
        return chinese;
    }
}
