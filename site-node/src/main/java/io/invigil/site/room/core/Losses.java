package io.invigil.site.room.core;

import java.util.OptionalLong;

/**
 * The compensation ledger's measure: exam time that a candidate lost to the node or to the own
 * machine, as the node measured it (issue 3, part 6; XSP/1 section 11). Under a new boot exam time
 * stood still, so nothing was lost and nothing is proposed; nor is anything lost in a pause.
 */
public final class Losses {
    private static final long MINUTE_MILLIS = 60_000;

    private Losses() {}

    /** Milliseconds lost so far, compensated or not. */
    public static long lostMillis(RoomState state, long sitting) {
        return state.desk().seat(sitting).lostMillis();
    }

    /** Whole minutes that are measured and not given back yet; rounded up for the candidate. */
    public static long proposedMillis(RoomState state, long sitting) {
        DeskState.Seat seat = state.desk().seat(sitting);
        long open = seat.lostMillis() - seat.compensatedMillis();
        return open <= 0 ? 0 : Math.ceilDiv(open, MINUTE_MILLIS) * MINUTE_MILLIS;
    }

    /** What everyone who sat lost while the node was out. */
    static RoomState note(RoomState state, Outage outage) {
        DeskState[] desk = {state.desk()};
        state.sittings()
                .forEach(
                        sitting -> {
                            if (sitting.sits() && sitting.timing().pausedAt().isEmpty()) {
                                long lost = ownEnd(sitting, outage.toMillis());
                                DeskState.Seat seat = desk[0].seat(sitting.sitting());
                                desk[0] =
                                        desk[0].with(
                                                sitting.sitting(),
                                                seat.lost(Math.max(0, lost - outage.fromMillis())));
                            }
                        });
        return state.with(desk[0]);
    }

    /** The part of a silence until now that fell into the sitting's own time. */
    static long within(RoomState state, SittingState sitting, long silentMillis, long now) {
        long from = Math.max(now - silentMillis, sitting.timing().startedAt().getAsLong());
        return Math.max(0, until(state, sitting, now) - from);
    }

    /** Without the slot's end: a replay knows facts before it knows plans, and must agree. */
    private static long ownEnd(SittingState sitting, long now) {
        OptionalLong end = sitting.timing().end(OptionalLong.empty(), now);
        return end.isPresent() ? Math.min(now, end.getAsLong()) : now;
    }

    private static long until(RoomState state, SittingState sitting, long now) {
        long until =
                sitting.handedIn()
                        ? Math.min(now, state.desk().seat(sitting.sitting()).handedInAt())
                        : now;
        OptionalLong end = state.end(sitting.sitting(), until);
        return end.isPresent() ? Math.min(until, end.getAsLong()) : until;
    }
}
