package io.invigil.hub.latechange;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.SeatCorrections;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.candidate.CandidateCorrections;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.registration.SittingId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What accepting a late change corrects, by the rule of the feature that owns it: a wrong name gets
 * the right one, a wrong photo goes, two who sat in each other's seats are arranged so. A stand-in
 * proctor, an extra candidate and another room are recorded only. Stateless.
 */
final class Correction {
    /** As the room writes it, see the node's desk rules. */
    private static final Pattern SWAP = Pattern.compile("(\\d{1,4}) <-> (\\d{1,4})");

    private final CandidateCorrections candidates = new CandidateCorrections();
    private final SeatCorrections seats = new SeatCorrections();

    ChangeDecision carryOut(
            Tx tx, AuditActor who, Plan plan, LateChangeStore.Row row, String corrected) {
        RoomChange change = row.change();
        return switch (change.kind()) {
            case WRONG_NAME ->
                    candidate(change)
                            .map(
                                    id ->
                                            candidates
                                                            .rename(
                                                                    tx,
                                                                    who,
                                                                    plan.tenant(),
                                                                    id,
                                                                    corrected)
                                                            .isEmpty()
                                                    ? ChangeDecision.DONE
                                                    : ChangeDecision.CHANGE_NAME_MALFORMED)
                            .orElse(ChangeDecision.DONE);
            case WRONG_PHOTO -> {
                candidate(change).ifPresent(id -> candidates.dropPhoto(tx, who, plan.tenant(), id));
                yield ChangeDecision.DONE;
            }
            case SEAT_SWAP -> swap(tx, who, plan, row);
            case STAND_IN_PROCTOR, EXTRA_CANDIDATE, ROOM_SWAP -> ChangeDecision.DONE;
        };
    }

    private static Optional<CandidateId> candidate(RoomChange change) {
        return change.registered().map(one -> new CandidateId(one.candidate()));
    }

    /** A swap that a proctor only described in words is recorded as such. */
    private ChangeDecision swap(Tx tx, AuditActor who, Plan plan, LateChangeStore.Row row) {
        Matcher said = SWAP.matcher(row.change().detail());
        if (row.sitting() == 0 || !said.matches()) {
            return ChangeDecision.DONE;
        }
        boolean done =
                seats.exchange(
                        tx,
                        who,
                        plan,
                        new SittingId(row.sitting()),
                        Integer.parseInt(said.group(1)),
                        Integer.parseInt(said.group(2)));
        return done ? ChangeDecision.DONE : ChangeDecision.CHANGE_DOES_NOT_FIT;
    }
}
