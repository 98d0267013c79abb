package io.invigil.hub.sessionroom;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.AttemptListener;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.session.Presence;
import io.invigil.hub.session.RoomPresences;
import java.util.Optional;

/**
 * Who came to a session and left it, as its room recorded: check-in counts as class attendance (S0,
 * section 7: 签到按面授考勤予以记录), handing in as leaving (domain, section 9). What a person corrected by
 * hand stands. Idempotent: told anew for every fact, it reads all of a sitting's.
 */
public final class RoomAttendance implements AttemptListener {
    private final Attempts attempts = new Attempts();
    private final RoomPresences presences = new RoomPresences();
    private final SessionRoomStore store = new SessionRoomStore();

    @Override
    public void attemptChanged(Tx tx, TenantId tenant, Attempt attempt) {
        SittingId sitting = new SittingId(attempt.sitting()).first();
        store.seat(tx, tenant, sitting.value())
                .ifPresent(
                        seat -> {
                            Stamps stamps = stamps(tx, tenant, sitting);
                            if (stamps.heard()) {
                                presences.take(
                                        tx,
                                        tenant,
                                        seat.session(),
                                        seat.student(),
                                        stamps.in(),
                                        stamps.out());
                            }
                        });
    }

    /**
     * @param heard whether the room said anything of coming or leaving
     */
    private record Stamps(
            boolean heard, Optional<Presence.Stamp> in, Optional<Presence.Stamp> out) {
        static final Stamps NONE = new Stamps(false, Optional.empty(), Optional.empty());

        Stamps arrived(Presence.Stamp at) {
            return new Stamps(true, in.or(() -> Optional.of(at)), out);
        }

        Stamps left(Presence.Stamp at) {
            return new Stamps(true, in, Optional.of(at));
        }

        Stamps handedIn(Presence.Stamp at) {
            return new Stamps(true, in, out.or(() -> Optional.of(at)));
        }

        Stamps readmitted() {
            boolean byHandIn = out.filter(at -> at.way() == Presence.Way.HAND_IN).isPresent();
            return byHandIn ? new Stamps(true, in, Optional.empty()) : this;
        }
    }

    private Stamps stamps(Tx tx, TenantId tenant, SittingId sitting) {
        Stamps stamps = Stamps.NONE;
        for (Attempts.Happening one : attempts.happenings(tx, tenant, sitting.value())) {
            RoomFact fact = one.fact().fact();
            if (fact instanceof RoomFact.CheckedIn in) {
                stamps = stamps.arrived(new Presence.Stamp(one.at(), Presence.Way.of(in.way())));
            } else if (fact instanceof RoomFact.CheckInUndone) {
                stamps = new Stamps(true, Optional.empty(), Optional.empty());
            } else if (fact instanceof ProctorFact.CheckedOut out) {
                stamps = stamps.left(new Presence.Stamp(one.at(), Presence.Way.of(out.way())));
            } else if (fact instanceof RoomFact.HandedIn) {
                stamps = stamps.handedIn(new Presence.Stamp(one.at(), Presence.Way.HAND_IN));
            } else if (fact instanceof ProctorFact.Readmitted) {
                stamps = stamps.readmitted();
            }
        }
        return stamps;
    }
}
