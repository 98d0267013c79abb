package io.invigil.exam.pack;

/**
 * How often one may sit a subject and which attempt counts (domain, section 11). An attempt is used
 * up by handing in, by the end of its time and by the candidate's own cause alone: leaving the page
 * where {@link PageRules.Leaving#USES_ATTEMPT} says so, or missing the slot; never by what a node,
 * a room or a network caused (source 001, article 4).
 *
 * @param allowed attempts of one sitting, from 1
 * @param counting which of several counts
 */
public record AttemptRules(int allowed, Counting counting) {
    public static final int ALLOWED_MAX = 9;

    /** One attempt, as in source 000. */
    public static final AttemptRules ONE = new AttemptRules(1, Counting.HIGHEST);

    /** Which of several attempts counts. */
    public enum Counting {
        HIGHEST,
        LAST,
        FIRST
    }

    public AttemptRules {
        if (allowed < 1 || allowed > ALLOWED_MAX) {
            throw new IllegalArgumentException("1 to " + ALLOWED_MAX + " attempts");
        }
        counting = counting == null ? Counting.HIGHEST : counting;
    }
}
