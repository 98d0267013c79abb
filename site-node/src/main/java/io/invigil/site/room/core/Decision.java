package io.invigil.site.room.core;

import io.invigil.exam.room.RoomFact;
import java.util.List;
import java.util.Map;

/** Outcome of a command: the facts that make it true, or why not. */
public sealed interface Decision {

    /**
     * @param facts in order; none when nothing changes
     * @param reply to give once the facts are durable
     */
    record Accepted(List<RoomFact> facts, RoomReply reply) implements Decision {
        public Accepted {
            facts = List.copyOf(facts);
        }
    }

    /**
     * @param details named values for the message text, such as {@code revision}
     */
    record Refused(RoomRefusal code, Map<String, String> details) implements Decision {
        public Refused {
            details = Map.copyOf(details);
        }
    }

    static Decision done(RoomFact... facts) {
        return new Accepted(List.of(facts), new RoomReply.Done());
    }

    static Decision refused(RoomRefusal code) {
        return new Refused(code, Map.of());
    }

    static Decision refused(RoomRefusal code, String name, Object value) {
        return new Refused(code, Map.of(name, String.valueOf(value)));
    }
}
