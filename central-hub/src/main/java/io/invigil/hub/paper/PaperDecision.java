package io.invigil.hub.paper;

import io.invigil.hub.paper.qti.QtiIssue;
import java.util.List;

/** What became of an import or an assignment. */
public sealed interface PaperDecision {

    /** The paper as it stands now. */
    record Accepted(PaperVersion version) implements PaperDecision {}

    /**
     * @param detail values for the text, such as the two marks that differ
     */
    record Refused(PaperRefusal refusal, List<String> detail) implements PaperDecision {
        public Refused {
            detail = List.copyOf(detail);
        }
    }

    /** The package was not understood as a whole; nothing was stored. */
    record Faulty(List<QtiIssue> issues) implements PaperDecision {
        public Faulty {
            issues = List.copyOf(issues);
        }
    }
}
