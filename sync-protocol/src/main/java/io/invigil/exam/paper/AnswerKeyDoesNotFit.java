package io.invigil.exam.paper;

import java.util.List;

/** An answer key was applied to a paper that it does not cover or belong to. */
public final class AnswerKeyDoesNotFit extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public AnswerKeyDoesNotFit(List<String> problems) {
        super("answer key does not fit the paper: " + String.join("; ", problems));
    }
}
