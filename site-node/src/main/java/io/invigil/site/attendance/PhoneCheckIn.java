package io.invigil.site.attendance;

import io.invigil.appliance.web.limit.Throttle;
import io.invigil.exam.code.CheckInCode;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.CheckInWay;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.CoreTime;
import io.invigil.site.room.core.DeskCommand;
import io.invigil.site.room.core.RoomCommand;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Check-in and check-out from the candidate's own phone (domain, section 9): the code on the room's
 * screen, the admission number and the last four of the ID number. No secret travels, so plain HTTP
 * is enough; throttled per address and per number. Thread-safe.
 */
public final class PhoneCheckIn {
    public static final int TRIES_AT_ONCE = 10;
    public static final Duration TRY_EVERY = Duration.ofSeconds(6);
    private static final int LAST_DIGITS = 4;
    private static final int TYPED_CHARS_MAX = 40;

    private final ActivePackages packages;
    private final RoomEngine engine;
    private final CheckInCodes codes;
    private final Throttle perAddress;
    private final Throttle perNumber;

    public PhoneCheckIn(
            ActivePackages packages, RoomEngine engine, CheckInCodes codes, Clock clock) {
        this.packages = packages;
        this.engine = engine;
        this.codes = codes;
        this.perAddress = new Throttle(TRIES_AT_ONCE, TRY_EVERY, clock);
        this.perNumber = new Throttle(TRIES_AT_ONCE, TRY_EVERY, clock);
    }

    /**
     * @param code from the screen
     * @param number admission number
     * @param lastFour last four characters of the ID number
     */
    public CheckInDecision checkIn(String code, String number, String lastFour, String address) {
        return enter(code, number, lastFour, address, PhoneCheckIn::arrival);
    }

    /** Check-out after the end; what is asked for is the same. */
    public CheckInDecision checkOut(String code, String number, String lastFour, String address) {
        return enter(code, number, lastFour, address, PhoneCheckIn::leaving);
    }

    private CheckInDecision enter(
            String code,
            String number,
            String lastFour,
            String address,
            LongFunction<RoomCommand> command) {
        if (number.length() > TYPED_CHARS_MAX || lastFour.length() > TYPED_CHARS_MAX) {
            return new CheckInDecision.NumberWrong();
        }
        if (!perAddress.allow(address) || !perNumber.allow(number.strip())) {
            return new CheckInDecision.Wait();
        }
        List<ActivePackages.Listed> candidates =
                packages.withNumber(number.strip()).stream()
                        .filter(l -> l.entry().admissionNumber().equalsIgnoreCase(number.strip()))
                        .toList();
        boolean expired = false;
        for (ActivePackages.Listed listed : candidates) {
            Roster.Entry entry = listed.entry();
            switch (codes.check(listed.exam().exam(), entry.room(), code)) {
                case VALID -> {
                    return lastFits(entry, lastFour)
                            ? enter(entry, address, command)
                            : new CheckInDecision.NumberWrong();
                }
                case EXPIRED -> expired = true;
                case WRONG -> {
                    // another exam of the same candidate may be the one on the screen
                }
            }
        }
        if (expired) {
            return new CheckInDecision.CodeExpired();
        }
        return candidates.isEmpty()
                ? new CheckInDecision.NumberWrong()
                : new CheckInDecision.CodeWrong();
    }

    /** Whether any room's screen shows or showed this code; for the phone's first page. */
    public boolean known(String code) {
        return packages.all().stream()
                .anyMatch(
                        pack ->
                                pack.roster().rooms().stream()
                                        .anyMatch(room -> shows(pack.exam(), room.name(), code)));
    }

    /** Whether those in front of a screen with this code now leave by it rather than come. */
    public boolean leaving(String code) {
        CoreTime now = engine.time().now();
        return packages.all().stream()
                .filter(
                        pack ->
                                pack.roster().rooms().stream()
                                        .anyMatch(room -> shows(pack.exam(), room.name(), code)))
                .anyMatch(
                        pack ->
                                engine.state()
                                        .exam(pack.exam())
                                        .map(e -> e.leaving(engine.state().clock().advanced(now)))
                                        .orElse(false));
    }

    private boolean shows(String exam, String room, String code) {
        return codes.check(exam, room, code) != CheckInCode.Outcome.WRONG;
    }

    private static RoomCommand arrival(long sitting) {
        return new RoomCommand.CheckIn("candidate:" + sitting, sitting, CheckInWay.PHONE_CODE);
    }

    private static RoomCommand leaving(long sitting) {
        return new DeskCommand.CheckOut("candidate:" + sitting, sitting, "", CheckInWay.PHONE_CODE);
    }

    private CheckInDecision enter(
            Roster.Entry entry, String address, LongFunction<RoomCommand> command) {
        Outcome outcome = engine.ask(command.apply(entry.sitting()));
        if (!(outcome instanceof Outcome.Kept)) {
            return new CheckInDecision.Room(outcome);
        }
        perAddress.forget(address);
        int seat =
                Optional.of(engine.state().sitting(entry.sitting()).attendance().seat())
                        .filter(java.util.OptionalInt::isPresent)
                        .map(java.util.OptionalInt::getAsInt)
                        .orElse(entry.seat());
        return new CheckInDecision.CheckedIn(entry.name(), entry.room(), seat);
    }

    private static boolean lastFits(Roster.Entry entry, String typed) {
        String id = entry.idNumber().toUpperCase(Locale.ROOT);
        String last = id.substring(Math.max(0, id.length() - LAST_DIGITS));
        return last.length() == LAST_DIGITS
                && MessageDigest.isEqual(
                        last.getBytes(StandardCharsets.UTF_8),
                        typed.strip().toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
}
