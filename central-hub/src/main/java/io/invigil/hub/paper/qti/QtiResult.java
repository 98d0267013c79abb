package io.invigil.hub.paper.qti;

import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.Paper;
import java.util.List;
import java.util.Map;

/** What reading a package gives: the whole, or why not. */
public sealed interface QtiResult {

    /**
     * @param version of the specification, such as {@code 2.2}
     * @param pictures asset name to bytes, for each asset of the paper
     */
    record Read(Paper paper, AnswerKey key, String version, Map<String, byte[]> pictures)
            implements QtiResult {
        public Read {
            pictures = Map.copyOf(pictures);
        }
    }

    /**
     * @param issues at least one, at most {@link QtiLimits#ISSUES_MAX}
     */
    record Refused(List<QtiIssue> issues) implements QtiResult {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
