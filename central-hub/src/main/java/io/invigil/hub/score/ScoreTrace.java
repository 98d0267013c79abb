package io.invigil.hub.score;

import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.ScoreSheet;
import io.invigil.hub.attempt.AnswerRevision;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.Attempts.Happening;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.marking.LateAnswers;
import io.invigil.hub.marking.ObjectiveMark;
import io.invigil.hub.marking.ScoreAlarm;
import io.invigil.hub.marking.WrittenAnswer;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.review.ReviewCase;
import io.invigil.hub.review.ReviewDecision;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that leads from an attempt's answers to its total, and what was entered for its
 * sitting.
 *
 * @param id the attempt
 * @param attempts all of the sitting, in order
 */
public record ScoreTrace(
        SittingId id,
        Sitting sitting,
        List<SittingId> attempts,
        Candidate candidate,
        Subject subject,
        Optional<Attempt> attempt,
        List<Line> lines,
        Optional<ScoreSheet> sheet,
        Optional<ObjectiveMark> objective,
        List<WrittenAnswer> written,
        Optional<ReviewCase> review,
        List<ReviewDecision> decisions,
        List<ScoreAlarm> alarms,
        List<LateAnswers.Case> late,
        Optional<SubjectScore> entered,
        List<ScoreCorrection> corrections,
        List<Happening> happenings) {

    /**
     * One item of the paper.
     *
     * @param score empty for items that only a teacher marks
     * @param answer the revision that counts, empty when never answered
     * @param revisions how often the answer was saved
     */
    public record Line(
            int number,
            Item item,
            Optional<ScoreSheet.ItemScore> score,
            Optional<AnswerRevision> answer,
            int revisions) {}

    /** Revisions by item. */
    static Map<String, List<AnswerRevision>> byItem(List<AnswerRevision> history) {
        return history.stream()
                .collect(java.util.stream.Collectors.groupingBy(AnswerRevision::item));
    }
}
