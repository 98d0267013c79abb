package io.invigil.hub.paper.qti;

/**
 * Leaves the reading of one file or item at its first issue. Stays inside this package: callers of
 * {@link QtiPackages} get the issues as values.
 */
final class QtiRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient QtiIssue issue;

    QtiRefused(QtiIssue issue) {
        super(issue.code() + " " + issue.file(), null, false, false);
        this.issue = issue;
    }

    QtiIssue issue() {
        return issue;
    }
}
