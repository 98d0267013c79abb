package io.invigil.site.delivery;

import io.invigil.appliance.web.limit.Throttle;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.RoomPhase;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.RoomState;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Login by admission number or ID number and PIN. Throttled per (address, number), so that nobody
 * locks a neighbour out, and per address against a run through many numbers. Thread-safe.
 */
public final class CandidateLogins {
    public static final int TRIES_AT_ONCE = 5;
    public static final Duration TRY_EVERY = Duration.ofSeconds(15);

    /** Many lab PCs may stand behind one address. */
    public static final int ADDRESS_TRIES_AT_ONCE = 400;

    public static final Duration ADDRESS_TRY_EVERY = Duration.ofMillis(200);
    private static final int NUMBER_CHARS_MAX = 40;

    private final ActivePackages packages;
    private final RoomEngine engine;
    private final DeskPins pins;
    private final Throttle perNumber;
    private final Throttle perAddress;

    public CandidateLogins(ActivePackages packages, RoomEngine engine, DeskPins pins, Clock clock) {
        this.packages = packages;
        this.engine = engine;
        this.pins = pins;
        this.perNumber = new Throttle(TRIES_AT_ONCE, TRY_EVERY, clock);
        this.perAddress = new Throttle(ADDRESS_TRIES_AT_ONCE, ADDRESS_TRY_EVERY, clock);
    }

    /**
     * @param room the room that the lab PC stands in, when it is set up to know
     */
    public LoginDecision login(String typed, String pin, Optional<String> room, String address) {
        String number = typed.strip();
        if (number.length() > NUMBER_CHARS_MAX) {
            return new LoginDecision.Wrong();
        }
        String key = address + " " + number;
        if (!perAddress.allow(address) || !perNumber.allow(key)) {
            return new LoginDecision.Wait();
        }
        RoomState state = engine.state();
        List<ActivePackages.Listed> proven =
                packages.withNumber(number).stream()
                        .filter(listed -> pinMatches(state, listed.entry(), pin))
                        .toList();
        Optional<ActivePackages.Listed> chosen =
                proven.stream().min(Comparator.comparing(listed -> rank(state, listed)));
        if (chosen.isEmpty()) {
            return new LoginDecision.Wrong();
        }
        perNumber.forget(key);
        Roster.Entry entry = chosen.get().entry();
        if (room.isPresent() && !room.get().equals(entry.room())) {
            return new LoginDecision.OtherRoom(
                    entry.room(),
                    chosen.get().exam().room(entry.room()).map(Roster.Room::address).orElse(""),
                    state.sitting(entry.sitting()).attendance().seat().orElse(entry.seat()));
        }
        return new LoginDecision.Accepted(chosen.get());
    }

    private boolean pinMatches(RoomState state, Roster.Entry entry, String pin) {
        int number = state.sitting(entry.sitting()).attendance().pinNumber();
        return pins.matches(entry, number, pin);
    }

    /** Open and not handed in first, then by start. */
    private static String rank(RoomState state, ActivePackages.Listed listed) {
        boolean closed =
                state.exam(listed.exam().exam())
                        .map(ExamState::phase)
                        .filter(phase -> phase == RoomPhase.CLOSED)
                        .isPresent();
        boolean done = state.now(listed.entry().sitting()).handedIn();
        return (closed ? 2 : done ? 1 : 0) + " " + listed.exam().roster().slotStart();
    }
}
