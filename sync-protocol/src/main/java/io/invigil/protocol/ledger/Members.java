package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.device.Membership;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which devices are relied on, and the change of that which is being written to those that must
 * know it before the ledger goes on. For the ledger's thread; {@link #current} for any.
 */
final class Members {

    /** A membership on its way. */
    private record Change(
            Membership target, Set<DeviceRole> members, Set<DeviceRole> mustKnow, Runnable then) {}

    private final Map<DeviceRole, DevicePump> pumps;
    private Membership membership;
    private Optional<Change> change = Optional.empty();
    private volatile Set<DeviceRole> current;

    Members(Map<DeviceRole, DevicePump> pumps, Membership membership, Set<DeviceRole> members) {
        this.pumps = new EnumMap<>(pumps);
        this.membership = membership;
        this.current = Set.copyOf(members);
    }

    Set<DeviceRole> current() {
        return current;
    }

    Collection<DevicePump> pumps() {
        return pumps.values();
    }

    DevicePump pump(DeviceRole role) {
        return pumps.get(role);
    }

    /** The newest membership, written everywhere or not. */
    Membership newest() {
        return change.map(Change::target).orElse(membership);
    }

    boolean isChanging() {
        return change.isPresent();
    }

    boolean isMember(DeviceRole role) {
        return current.contains(role);
    }

    /** Members that work. */
    Set<DeviceRole> alive() {
        return members(role -> !pumps.get(role).isOut());
    }

    /** Members that hold everything up to a place. */
    Set<DeviceRole> holding(LogEnd place) {
        return members(role -> pumps.get(role).reaches(place));
    }

    private Set<DeviceRole> members(Predicate<DeviceRole> wanted) {
        return current.stream()
                .filter(wanted)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DeviceRole.class)));
    }

    /** Begins to rely on exactly these devices, once {@code mustKnow} have it in writing. */
    void begin(Set<DeviceRole> next, Set<DeviceRole> mustKnow, Runnable then) {
        Set<String> volumes =
                next.stream().map(role -> pumps.get(role).volume()).collect(Collectors.toSet());
        change =
                Optional.of(
                        new Change(
                                membership.next(volumes),
                                Set.copyOf(next),
                                Set.copyOf(mustKnow),
                                then));
    }

    /** Finishes the change if it can be; returns whether none is under way any more. */
    boolean finish() {
        if (change.isEmpty()) {
            return true;
        }
        Change pending = change.get();
        boolean failed = pending.mustKnow().stream().anyMatch(role -> pumps.get(role).isOut());
        boolean known =
                pending.mustKnow().stream()
                        .allMatch(role -> pumps.get(role).knows(pending.target()));
        if (!failed && !known) {
            return false;
        }
        membership = pending.target();
        change = Optional.empty();
        if (!failed) {
            current = pending.members();
            pending.then().run();
        }
        return true;
    }

    /** A device to read a segment from for another. */
    Optional<LedgerFs> sourceOf(StoredSegment segment, DeviceRole forRole) {
        return segment.holders().stream()
                .filter(role -> role != forRole)
                .map(role -> pumps.get(role).fs())
                .findFirst();
    }
}
