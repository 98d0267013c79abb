package io.invigil.hub.plan;

import java.time.Instant;
import java.util.Set;

/** A slot as entered. */
public record SlotDraft(Instant start, Instant end, Set<SubjectId> subjects) {

    public SlotDraft {
        subjects = Set.copyOf(subjects);
    }
}
