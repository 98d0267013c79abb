package io.invigil.hub.violation;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Window;
import io.invigil.hub.registration.BanCheck;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is banned from a plan's exam (domain, section 12), by the bans as they are now: asked at
 * registration, and again at arrangement, package build and certification, for a ban may come in
 * between. A ban counts for a plan whose exam window it touches: what matters is the day of the
 * exam, not that of the question. Stateless and thread-safe.
 */
public final class BannedPeople implements BanCheck {
    private static final int PEOPLE_NAMED_MAX = 1000;

    private final BanStore store = new BanStore();

    @Override
    public Map<CandidateId, String> banned(Tx tx, Plan plan, Collection<CandidateId> asked) {
        Map<CandidateId, String> found = new HashMap<>();
        Window exam = plan.windows().exam();
        // whole plans are asked too: then the few bans are read instead of the many people
        Set<CandidateId> people = Set.copyOf(asked);
        List<Ban> bans =
                people.size() > PEOPLE_NAMED_MAX
                        ? store.touching(tx, plan.tenant(), exam)
                        : store.touching(tx, plan.tenant(), people, exam);
        for (Ban ban : bans) {
            if (people.contains(ban.candidate())
                    && ban.body().map(plan.body()::equals).orElse(true)) {
                found.put(ban.candidate(), ban.effect().lastDay(plan.zone()).toString());
            }
        }
        return found;
    }
}
