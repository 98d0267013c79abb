package io.invigil.hub.arrival;

import java.time.Instant;
import java.util.Optional;

/**
 * Where and when a candidate is expected in these hours, by the newest package.
 *
 * @param connected whether the room's server is on the line now
 * @param last the newest claim
 */
public record ArrivalPlace(
        long sitting,
        String exam,
        String plan,
        String subject,
        Instant from,
        Instant to,
        String site,
        String room,
        String address,
        int seat,
        boolean connected,
        Optional<Arrival> last) {

    /** Whether one leaves by the code now rather than comes. */
    public boolean leaving(Instant now) {
        return !now.isBefore(to);
    }
}
