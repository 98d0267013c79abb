package io.invigil.site.attendance;

import io.invigil.exam.room.CheckInWay;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.room.core.DeskCommand;
import io.invigil.site.room.core.RoomCommand;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One thing done to one or more sittings; body of {@code POST /api/room/{exam}/actions}.
 *
 * @param action {@code check-in}, {@code undo-check-in}, {@code absent}, {@code seat}, {@code
 *     reset-pin}, {@code grant-time}, {@code pause}, {@code resume}, {@code hand-in}, {@code
 *     readmit}, {@code check-out}, {@code confirm-claim}, {@code release} or {@code papers}
 * @param sittings at least one; {@code seat} takes exactly one
 * @param reason needed by all but check-in, resume and reset-pin
 * @param seat for {@code seat}
 * @param sheets of paper received in all, for {@code papers}
 * @param minutes for {@code grant-time} and {@code readmit}
 */
public record SeatAction(
        String action,
        List<Long> sittings,
        String reason,
        Integer seat,
        Integer minutes,
        Integer sheets) {
    public static final int SITTINGS_MAX = 2_000;

    public SeatAction {
        sittings = sittings == null ? List.of() : List.copyOf(sittings);
        reason = reason == null ? "" : reason.strip();
        action = action == null ? "" : action;
        seat = seat == null ? 0 : seat;
        minutes = minutes == null ? 0 : minutes;
        sheets = sheets == null ? 0 : sheets;
    }

    boolean complete() {
        boolean single = !action.equals("seat") || sittings.size() == 1;
        return single && !sittings.isEmpty() && sittings.size() <= SITTINGS_MAX;
    }

    /** The room's command for one sitting; empty when there is no such action. */
    Optional<RoomCommand> command(String by, long sitting, Entropy entropy) {
        return switch (action) {
            case "check-in" ->
                    Optional.of(new RoomCommand.CheckIn(by, sitting, CheckInWay.MANUAL, reason));
            case "undo-check-in" -> Optional.of(new RoomCommand.UndoCheckIn(by, sitting, reason));
            case "absent" -> Optional.of(new RoomCommand.MarkAbsent(by, sitting, reason));
            case "seat" -> Optional.of(new RoomCommand.ChangeSeat(by, sitting, seat, reason));
            case "reset-pin" -> Optional.of(new RoomCommand.ResetPin(by, sitting));
            case "grant-time" ->
                    Optional.of(new RoomCommand.GrantTime(by, sitting, minutes * 60_000L, reason));
            case "pause" -> Optional.of(new RoomCommand.Pause(by, sitting, reason));
            case "resume" -> Optional.of(new RoomCommand.Resume(by, sitting, reason));
            case "check-out" -> Optional.of(new DeskCommand.CheckOut(by, sitting, reason));
            case "confirm-claim" -> Optional.of(new DeskCommand.ConfirmClaim(by, sitting));
            case "release" -> Optional.of(new DeskCommand.Release(by, sitting, reason));
            case "papers" -> Optional.of(new DeskCommand.TakePapers(by, sitting, sheets, reason));
            case "readmit" ->
                    Optional.of(
                            new DeskCommand.Readmit(
                                    by,
                                    sitting,
                                    minutes * 60_000L,
                                    reason,
                                    HexFormat.of().formatHex(entropy.bytes(16))));
            case "hand-in" ->
                    Optional.of(
                            new RoomCommand.ForceHandIn(
                                    by,
                                    sitting,
                                    reason,
                                    HexFormat.of().formatHex(entropy.bytes(16))));
            default -> Optional.empty();
        };
    }
}
