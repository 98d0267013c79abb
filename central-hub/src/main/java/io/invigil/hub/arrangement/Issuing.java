package io.invigil.hub.arrangement;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.protocol.crypto.Entropy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Issues PINs and admission numbers. */
final class Issuing {
    private static final int PIN_RANGE = 1_000_000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    private final Entropy entropy;

    Issuing(Entropy entropy) {
        this.entropy = entropy;
    }

    /** Six digits, each value equally likely. */
    String pin() {
        int limit = Integer.MAX_VALUE - Integer.MAX_VALUE % PIN_RANGE;
        int value;
        do {
            value = ByteBuffer.wrap(entropy.bytes(4)).getInt() & Integer.MAX_VALUE;
        } while (value >= limit);
        return "%06d".formatted(value % PIN_RANGE);
    }

    /**
     * Numbers for the candidates that have none yet, in the order of their first sitting's time,
     * site, room and seat: first exam day, plan, running number, as 18 digits.
     *
     * @param present numbers issued before, of all candidates of the plan
     */
    Map<CandidateId, String> admissionNumbers(
            Plan plan,
            ArrangementProblem problem,
            List<Placement> placements,
            Map<CandidateId, String> present) {
        Map<SlotId, Instant> starts =
                problem.slots().stream()
                        .collect(Collectors.toMap(Slot::id, slot -> slot.time().from()));
        Map<RoomId, Room> rooms =
                problem.rooms().stream().collect(Collectors.toMap(Room::id, Function.identity()));
        List<CandidateId> order =
                placements.stream()
                        .sorted(
                                Comparator.<Placement, Instant>comparing(
                                                one -> starts.get(one.slot()))
                                        .thenComparing(one -> rooms.get(one.room()).site().value())
                                        .thenComparing(one -> rooms.get(one.room()).name())
                                        .thenComparing(one -> one.room().value())
                                        .thenComparing(Placement::seat))
                        .map(one -> one.sitting().candidate())
                        .toList();
        return numbered(plan, order, present);
    }

    /** Numbers in this order for those who have none yet: first exam day, plan, running number. */
    Map<CandidateId, String> numbered(
            Plan plan, List<CandidateId> order, Map<CandidateId, String> present) {
        String prefix =
                DAY.format(plan.windows().exam().firstDay(plan.zone()))
                        + "%05d".formatted(plan.id().value());
        Map<CandidateId, String> issued = new LinkedHashMap<>();
        int next = present.size() + 1;
        for (CandidateId candidate : order) {
            if (!present.containsKey(candidate) && !issued.containsKey(candidate)) {
                issued.put(candidate, prefix + "%05d".formatted(next++));
            }
        }
        return issued;
    }
}
