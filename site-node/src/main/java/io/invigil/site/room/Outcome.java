package io.invigil.site.room;

import io.invigil.protocol.ledger.Durability;
import io.invigil.site.room.core.RoomRefusal;
import io.invigil.site.room.core.RoomReply;
import java.util.Map;

/** What became of a command. */
public sealed interface Outcome {

    /** Done and durable as said. */
    record Kept(RoomReply reply, Durability durability) implements Outcome {}

    /** Not done, and nothing changed; {@code details} are values for the message. */
    record Refused(RoomRefusal code, Map<String, String> details) implements Outcome {}

    /** Too many commands wait: come again in a moment. Nothing changed. */
    record Busy() implements Outcome {}

    /** No device takes facts any more: nothing is saved from here on. */
    record Halted() implements Outcome {}
}
