package io.invigil.hub.request;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.request.CandidateRequest.Wish;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * More time asked for with evidence, which the school has approved and the body has not; for tests.
 */
public final class AskedByCandidate {
    private static final byte[] PDF = "%PDF-1.7 made up".getBytes(StandardCharsets.US_ASCII);
    private static final int EXTRA_MINUTES = 15;

    private AskedByCandidate() {}

    /**
     * @return the request's id
     */
    public static long moreTime(Tx tx, HubWorld world, Candidate candidate, PlanId plan) {
        Requests requests = new Requests(world.clock, new Accommodations(world.clock));
        Wish wish = new Wish.Accommodation(plan, EXTRA_MINUTES, false);
        refuse(requests.ask(tx, candidate, wish, "右手骨折", ""));
        CandidateRequest asked = requests.own(tx, candidate).getFirst();
        requests.attach(tx, candidate, asked, "证明.pdf", PDF, "10.0.0.7")
                .ifPresent(refusal -> refuse(Optional.of(FieldIssue.of("", refusal))));
        refuse(requests.approve(tx, world.clerk, requests.own(tx, candidate).getFirst()));
        return asked.id();
    }

    private static void refuse(Optional<FieldIssue> issue) {
        if (issue.isPresent()) {
            throw new IllegalStateException(issue.get().toString());
        }
    }
}
