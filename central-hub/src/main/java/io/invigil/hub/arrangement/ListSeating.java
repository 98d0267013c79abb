package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.site.Room;
import io.invigil.protocol.crypto.Entropy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Seats of a list in one room, in the list's order and without arrangement (domain, section 9).
 * Whoever has a seat keeps it, with PIN and admission number; others take the free seats from the
 * front. Thread-safe.
 */
public final class ListSeating {
    private final Issuing issuing;
    private final ArrangementStore store = new ArrangementStore();

    public ListSeating(Entropy entropy) {
        this.issuing = new Issuing(entropy);
    }

    /**
     * @param listed at most as many as the room has usable seats
     */
    public void seat(
            Tx tx, Plan plan, Slot slot, Room room, OrganisationId school, List<Sitting> listed) {
        BitSet taken = new BitSet();
        List<Sitting> kept =
                listed.stream()
                        .filter(
                                one ->
                                        one.seating()
                                                .filter(at -> at.seat() <= room.seats())
                                                .isPresent())
                        .toList();
        kept.forEach(one -> taken.set(one.seating().orElseThrow().seat()));
        // a room that has become smaller has lost its last seats
        free(tx, plan, listed.stream().filter(one -> !kept.contains(one)).toList());
        List<ArrangementStore.Seated> seated = new ArrayList<>();
        List<CandidateId> order = new ArrayList<>();
        for (Sitting one : listed) {
            if (!kept.contains(one)) {
                int seat = taken.nextClearBit(1);
                taken.set(seat);
                WantedSitting wanted =
                        new WantedSitting(one.id(), one.candidate(), school, one.subject());
                seated.add(
                        new ArrangementStore.Seated(
                                new Placement(wanted, slot.id(), room.id(), seat),
                                room.site(),
                                issuing.pin()));
                order.add(one.candidate());
            }
        }
        Map<CandidateId, String> known = store.admissions(tx, plan.tenant(), plan.id());
        store.admit(tx, plan.tenant(), plan.id(), issuing.numbered(plan, order, known));
        store.seat(tx, plan.tenant(), plan.id(), seated);
    }

    /** Frees the seats of those who are off the list; their admission numbers stay theirs. */
    public void free(Tx tx, Plan plan, List<Sitting> gone) {
        store.unseat(tx, plan.tenant(), gone.stream().map(Sitting::id).toList());
    }

    /** All seats are in another place: the room stands at another site now. */
    public void move(Tx tx, Plan plan, Room room) {
        store.moveTo(tx, plan.tenant(), plan.id(), room.site());
    }
}
