package io.invigil.site.pack;

import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.Paper;
import java.util.Optional;

/**
 * A paper that was released, in memory alone.
 *
 * @param key only when the policy shows results at once
 */
public record OpenPaper(Paper paper, Optional<AnswerKey> key) {}
