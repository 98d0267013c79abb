package io.invigil.hub.examday;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that is not as it should be in a room.
 *
 * @param since when it began or was told, where that is known
 * @param words what the room said, else empty
 * @param number how many, or 0
 */
public record Trouble(Kind kind, Optional<Instant> since, String words, int number) {

    /** In the order in which an official should act; the name is the message key. */
    public enum Kind {
        /** The room calls the centre. */
        CALLED(Level.CALL),
        /** No package was published for this room. */
        NO_PACKAGE(Level.CALL),
        /** Past its time and not opened, and the line is down: nobody here can know. */
        NO_WORD(Level.CALL),
        NOT_OPENED(Level.CALL),
        PAPERS_SHUT(Level.CALL),
        LATE_START(Level.CALL),
        CASE_OVERDUE(Level.LOOK),
        LINE_DOWN(Level.LOOK),
        UNREAD(Level.LOOK),
        MANY_ABSENT(Level.LOOK),
        INCIDENT(Level.LOOK),
        NOT_CLOSED(Level.LOOK),
        CHANGES(Level.LOOK);

        private final Level level;

        Kind(Level level) {
            this.level = level;
        }

        public Level level() {
            return level;
        }
    }

    /** What an official does about it. */
    public enum Level {
        /** Takes the telephone. */
        CALL("tag-bad"),
        /** Looks when there is time. */
        LOOK("tag-warn");

        private final String style;

        Level(String style) {
            this.style = style;
        }

        public String style() {
            return style;
        }
    }

    static Trouble of(Kind kind) {
        return new Trouble(kind, Optional.empty(), "", 0);
    }

    static Trouble since(Kind kind, Instant since) {
        return new Trouble(kind, Optional.of(since), "", 0);
    }

    static Trouble many(Kind kind, int number) {
        return new Trouble(kind, Optional.empty(), "", number);
    }
}
