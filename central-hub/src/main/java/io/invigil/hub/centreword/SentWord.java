package io.invigil.hub.centreword;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Words with what became of them in each room.
 *
 * @param login who wrote them
 */
public record SentWord(String word, String text, String login, Instant at, List<Room> rooms) {
    public SentWord {
        rooms = List.copyOf(rooms);
    }

    /**
     * @param names of the node's rooms in that slot
     * @param sentAt last time it was sent; empty while the line is down
     * @param readBy login of the proctor
     */
    public record Room(
            String exam,
            String site,
            String names,
            Optional<Instant> sentAt,
            Optional<Instant> receivedAt,
            Optional<Instant> readAt,
            String readBy) {
        /** Key of the state's text. */
        public String state() {
            return readAt.isPresent()
                    ? "READ"
                    : receivedAt.isPresent() ? "RECEIVED" : sentAt.isPresent() ? "SENT" : "WAITS";
        }
    }

    /** How many rooms are in this state. */
    public long in(String state) {
        return rooms.stream().filter(room -> room.state().equals(state)).count();
    }
}
