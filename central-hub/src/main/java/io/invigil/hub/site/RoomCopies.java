package io.invigil.hub.site;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Plans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes a school's rooms over from its last exam (沿用之前的考场设置记录; source 002 section 6): from the plan
 * before this one in which it has rooms. Certificates are those of the same number and level; the
 * rules of setting up a room hold for each. Stateless and thread-safe.
 */
public final class RoomCopies {
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();

    /**
     * @param copied how many rooms were set up
     * @param refused names of the others, each with the reason
     */
    public record Copied(int copied, Map<String, FieldIssue> refused) {
        public Copied {
            refused = Map.copyOf(refused);
        }
    }

    /** The plan that rooms would be copied from, the last one before this plan's exam. */
    public Optional<Plan> source(Tx tx, StaffScope scope, Plan plan) {
        return plans.visible(tx, scope).stream()
                .filter(one -> !one.id().equals(plan.id()))
                .filter(one -> !one.windows().exam().from().isAfter(plan.windows().exam().from()))
                .sorted(Comparator.comparing((Plan one) -> one.windows().exam().from()).reversed())
                .filter(one -> !own(tx, scope, one).isEmpty())
                .findFirst();
    }

    private List<Room> own(Tx tx, StaffScope scope, Plan plan) {
        Set<SiteId> mine =
                sites.visible(tx, scope).stream()
                        .filter(site -> scope.mayChange(site.school()))
                        .map(Site::id)
                        .collect(Collectors.toSet());
        return rooms.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(room -> mine.contains(room.site()))
                .toList();
    }

    /** Copies the school's rooms of the source plan; empty when there is none. */
    public Optional<Copied> copy(Tx tx, StaffScope scope, Plan plan, Instant now) {
        if (scope.role() != StaffRole.SCHOOL_CLERK) {
            return Optional.empty();
        }
        return source(tx, scope, plan).map(from -> copy(tx, scope, from, plan, now));
    }

    private Copied copy(Tx tx, StaffScope scope, Plan from, Plan to, Instant now) {
        Map<String, LevelId> offered = new HashMap<>();
        for (CertificateLevel level : content.levels(tx, to.tenant(), to.id())) {
            offered.put(key(level), level.id());
        }
        Map<LevelId, LevelId> levels = new HashMap<>();
        for (CertificateLevel level : content.levels(tx, from.tenant(), from.id())) {
            levels.put(level.id(), offered.get(key(level)));
        }
        List<RoomId> done = new ArrayList<>();
        Map<String, FieldIssue> refused = new LinkedHashMap<>();
        for (Room room : own(tx, scope, from)) {
            RoomDraft draft =
                    new RoomDraft(
                            room.site(),
                            room.name(),
                            room.types(),
                            room.seats(),
                            room.columns(),
                            room.address(),
                            room.levels().stream()
                                    .map(levels::get)
                                    .filter(Objects::nonNull)
                                    .collect(Collectors.toSet()),
                            room.broken(),
                            room.accessible());
            switch (rooms.add(tx, scope, to, draft, now)) {
                case RoomDecision.Saved saved -> done.add(saved.room());
                case RoomDecision.Refused no -> refused.put(room.name(), no.issues().get(0));
            }
        }
        return new Copied(done.size(), refused);
    }

    private static String key(CertificateLevel level) {
        return level.number() + "\n" + level.level();
    }
}
