package io.invigil.site.room.core;

import io.invigil.exam.room.ProctorFact;
import java.util.Optional;

/** Words of the centre to the room's staff (issue 3, part 6; XSP-038). */
final class CentreRules {
    static final int WORDS_MAX = 500;

    private CentreRules() {}

    /** The same id is the same word, whatever comes with it. */
    static Decision hear(DeskState.Room room, DeskCommand.HearCentre c) {
        if (find(room, c.word()).isPresent()) {
            return Decision.done();
        }
        if (room.words().size() >= WORDS_MAX) {
            return Decision.refused(RoomRefusal.INCIDENTS_EXHAUSTED, "max", WORDS_MAX);
        }
        return Decision.done(
                new ProctorFact.CentreTold(c.word(), c.exam(), c.from(), c.sentMillis(), c.text()));
    }

    /** Who reads it first has read it for the room. */
    static Decision read(DeskState.Room room, DeskCommand.ReadCentre c) {
        Optional<DeskState.Word> word = find(room, c.word());
        if (word.isEmpty()) {
            return Decision.refused(RoomRefusal.WORD_UNKNOWN);
        }
        return word.get().read()
                ? Decision.done()
                : Decision.done(new ProctorFact.CentreRead(c.word(), c.exam()));
    }

    private static Optional<DeskState.Word> find(DeskState.Room room, String id) {
        return room.words().stream().filter(word -> word.id().equals(id)).findFirst();
    }
}
