package io.invigil.hub.paper;

import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.Paper;

/**
 * A paper with its key, as packaging and scoring need them. The key never leaves the hub but in a
 * sealed segment.
 */
public record PaperContent(PaperVersion version, Paper paper, AnswerKey key) {}
