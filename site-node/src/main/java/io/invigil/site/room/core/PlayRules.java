package io.invigil.site.room.core;

import io.invigil.exam.room.RoomFact;

/**
 * Plays of audio and video (issue 3, part 4). A play is counted when it begins; the page names the
 * play it begins, so that the same question asked twice counts once.
 */
final class PlayRules {
    /** Clips of one sitting whose plays are counted, far more than a paper has. */
    static final int CLIPS_MAX = 500;

    /** Plays of a clip that may be played at will. */
    static final int PLAYS_MAX = 100;

    private PlayRules() {}

    static Decision decide(
            RoomState state, ExamState exam, SittingState sitting, RoomCommand.PlayClip c) {
        if (sitting.handedIn()) {
            return Decision.refused(RoomRefusal.HANDED_IN);
        }
        if (!sitting.started()) {
            return Decision.refused(RoomRefusal.NOT_STARTED);
        }
        if (c.lease() != sitting.lease()) {
            return Decision.refused(RoomRefusal.WRITER_ELSEWHERE);
        }
        if (sitting.timing().pausedAt().isPresent()) {
            return Decision.refused(RoomRefusal.PAUSED);
        }
        if (LateRule.over(state, exam, sitting, state.clock().lastMillis())) {
            return Decision.refused(RoomRefusal.TIME_IS_UP);
        }
        var plays = sitting.watch().plays();
        int before = plays.getOrDefault(c.clip(), 0);
        int most = c.most() == 0 ? PLAYS_MAX : c.most();
        if (c.play() < 1
                || c.play() > before + 1
                || c.clip().isBlank()
                || c.clip().length() > 2 * AnswerLimits.ITEM_CHARS_MAX) {
            return Decision.refused(RoomRefusal.ANSWER_MALFORMED);
        }
        if (c.play() == before) {
            // the page did not hear of it
            return Decision.done();
        }
        if (c.play() <= before || c.play() > most || before == 0 && plays.size() >= CLIPS_MAX) {
            return Decision.refused(RoomRefusal.PLAYS_EXHAUSTED, "plays", before);
        }
        return Decision.done(new RoomFact.MediaPlayed(c.sitting(), c.clip(), c.play()));
    }
}
