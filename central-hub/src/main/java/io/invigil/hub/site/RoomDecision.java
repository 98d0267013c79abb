package io.invigil.hub.site;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;

/** What became of entering, changing or removing a room. */
public sealed interface RoomDecision {

    record Saved(RoomId room) implements RoomDecision {}

    record Refused(List<FieldIssue> issues) implements RoomDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
