package io.invigil.hub.review;

/** Where a sitting stands with the reviewers. */
public enum ReviewState {
    PENDING,
    PASSED,
    REJECTED
}
