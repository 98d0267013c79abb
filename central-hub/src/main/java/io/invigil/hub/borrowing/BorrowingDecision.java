package io.invigil.hub.borrowing;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;

/** What became of asking for, granting or giving back. */
public sealed interface BorrowingDecision {

    record Saved(BorrowingId borrowing) implements BorrowingDecision {}

    record Refused(List<FieldIssue> issues) implements BorrowingDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }

    static BorrowingDecision refused(BorrowingRefusal code) {
        return refused("", code, "");
    }

    static BorrowingDecision refused(String field, BorrowingRefusal code, String detail) {
        return new Refused(List.of(FieldIssue.of(field, code, detail)));
    }
}
