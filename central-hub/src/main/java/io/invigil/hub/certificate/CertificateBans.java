package io.invigil.hub.certificate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.score.CertificateResult;
import io.invigil.hub.violation.BannedPeople;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Bans asked once more before a certificate exists (domain, section 12). Stateless. */
final class CertificateBans {
    private static final int NAMED_MAX = 10;

    private final BannedPeople bans = new BannedPeople();
    private final Candidates candidates = new Candidates();

    /** Those of these results whose candidates are banned from the plan's exam. */
    Set<Long> banned(Tx tx, Plan plan, Collection<CertificateResult> results) {
        List<CandidateId> asked =
                results.stream().map(one -> new CandidateId(one.candidate())).toList();
        return bans.banned(tx, plan, asked).keySet().stream()
                .map(CandidateId::value)
                .collect(Collectors.toSet());
    }

    boolean isBanned(Tx tx, Plan plan, long candidate) {
        return !bans.banned(tx, plan, List.of(new CandidateId(candidate))).isEmpty();
    }

    /** The refusal that names them. */
    CertificateDecision refusal(Tx tx, Plan plan, Set<Long> banned) {
        List<CandidateId> people = banned.stream().map(CandidateId::new).toList();
        return CertificateDecision.Refused.of(
                CertificateDecision.Code.CERTIFICATE_BANNED,
                candidates.findAll(tx, plan.tenant(), people).values().stream()
                        .map(one -> one.name() + " " + one.number())
                        .sorted()
                        .limit(NAMED_MAX)
                        .collect(Collectors.joining("、")));
    }
}
