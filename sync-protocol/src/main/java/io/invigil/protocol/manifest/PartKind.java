package io.invigil.protocol.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a part of a package is; how it is protected follows from it. */
public enum PartKind {
    /** {@code Roster} JSON, HPKE-sealed to the node ({@link SealedPart}). */
    @JsonProperty("roster")
    ROSTER,
    /** {@code ExamPolicy} JSON, in clear. */
    @JsonProperty("policy")
    POLICY,
    /** {@code Paper} JSON as a sealed paper, openable after release. */
    @JsonProperty("paper")
    PAPER,
    /** {@code AnswerKey} JSON as a sealed paper; only when results show at once. */
    @JsonProperty("answer-key")
    ANSWER_KEY,
    /** A picture of a paper as a sealed paper: it may give away the question. */
    @JsonProperty("asset")
    ASSET,
    /** One candidate's photo, HPKE-sealed to the node. */
    @JsonProperty("photo")
    PHOTO,
    /**
     * A sealed paper that opens without release and so proves the day before that opening works.
     */
    @JsonProperty("rehearsal-paper")
    REHEARSAL_PAPER;

    /** Whether the part is ciphertext under a content key that a release opens. */
    public boolean needsRelease() {
        return this == PAPER || this == ANSWER_KEY || this == ASSET;
    }

    /** Whether the part is one HPKE message to the node. */
    public boolean sealedToNode() {
        return this == ROSTER || this == PHOTO;
    }

    /** Whether the part is in the sealed-paper format. */
    public boolean isSealedPaper() {
        return needsRelease() || this == REHEARSAL_PAPER;
    }
}
