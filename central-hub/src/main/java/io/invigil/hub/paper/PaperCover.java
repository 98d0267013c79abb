package io.invigil.hub.paper;

import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which paper each slot of a subject is sat with: a slot's own, else the subject's (domain, section
 * 11).
 *
 * @param everySlot the paper of all slots that have none of their own
 * @param bySlot the papers of single slots
 * @param slots all slots of the subject, by time
 */
public record PaperCover(
        Subject subject,
        Optional<PaperVersion> everySlot,
        Map<SlotId, PaperVersion> bySlot,
        List<Slot> slots) {

    /** Whether there is something to sit. */
    public enum State {
        NONE,
        PARTLY,
        ALL
    }

    public PaperCover {
        bySlot = Map.copyOf(bySlot);
        slots = List.copyOf(slots);
    }

    /** Of all slots; a subject without a slot is covered by the paper for all that will come. */
    public State state() {
        if (everySlot.isPresent()) {
            return State.ALL;
        }
        long own = slots.stream().filter(slot -> bySlot.containsKey(slot.id())).count();
        if (own == 0) {
            return State.NONE;
        }
        return own < slots.size() ? State.PARTLY : State.ALL;
    }

    /** Slots without a paper, by time. */
    public List<Slot> bare() {
        return everySlot.isPresent()
                ? List.of()
                : slots.stream().filter(slot -> !bySlot.containsKey(slot.id())).toList();
    }

    /** Slots in which this paper is sat, by time. */
    public List<Slot> slotsOf(PaperVersion paper) {
        return slots.stream().filter(slot -> isOf(slot, paper)).toList();
    }

    /** Whether the paper is the one for all slots, or a slot's own. */
    public boolean uses(PaperVersion paper) {
        return everySlot.map(PaperVersion::id).filter(paper.id()::equals).isPresent()
                || !slotsOf(paper).isEmpty();
    }

    private boolean isOf(Slot slot, PaperVersion paper) {
        return Optional.ofNullable(bySlot.get(slot.id()))
                .or(() -> everySlot)
                .map(PaperVersion::id)
                .filter(paper.id()::equals)
                .isPresent();
    }
}
