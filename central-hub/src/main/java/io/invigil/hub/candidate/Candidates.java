package io.invigil.hub.candidate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reading candidates. Stateless and thread-safe. */
public final class Candidates {
    public static final int PAGE_ROWS_MAX = 50_000;

    private final CandidateStore store = new CandidateStore();

    public Optional<Candidate> find(Tx tx, TenantId tenant, CandidateId id) {
        return store.find(tx, tenant, id);
    }

    /** The candidate when the member of staff may see it. */
    public Optional<Candidate> findVisible(Tx tx, StaffScope scope, CandidateId id) {
        return store.find(tx, scope.tenant(), id).filter(one -> scope.sees(one.school()));
    }

    public Map<CandidateId, Candidate> findAll(
            Tx tx, TenantId tenant, Collection<CandidateId> ids) {
        return store.byIds(tx, tenant, ids);
    }

    /**
     * Those that exist of the given ID numbers.
     *
     * @param idNumbers normalised, see {@link IdNumber}
     */
    public Map<String, Candidate> findByIdNumbers(
            Tx tx, TenantId tenant, Collection<String> idNumbers) {
        return store.byIdNumbers(tx, tenant, idNumbers);
    }

    /** Those that exist of the given candidate numbers or ID numbers, by what was given. */
    public Map<String, Candidate> findByAnyNumber(
            Tx tx, TenantId tenant, Collection<String> numbers) {
        Map<String, Candidate> found = new HashMap<>(store.byIdNumbers(tx, tenant, numbers));
        found.putAll(store.byNumbers(tx, tenant, numbers));
        return found;
    }

    /** A page of what the filter and the scope allow, by school, name and id. */
    public List<Candidate> list(
            Tx tx, StaffScope scope, CandidateFilter filter, int offset, int limit) {
        return store.list(
                tx,
                scope.tenant(),
                narrowed(scope, filter),
                offset,
                Math.min(limit, PAGE_ROWS_MAX));
    }

    /**
     * What the filter and the scope allow, after a row of it; in the order of {@link #list}.
     *
     * @param limit at most {@link #PAGE_ROWS_MAX}
     */
    public List<Candidate> after(
            Tx tx, StaffScope scope, CandidateFilter filter, Optional<Candidate> last, int limit) {
        return store.after(
                tx, scope.tenant(), narrowed(scope, filter), last, Math.min(limit, PAGE_ROWS_MAX));
    }

    public long count(Tx tx, StaffScope scope, CandidateFilter filter) {
        return store.count(tx, scope.tenant(), narrowed(scope, filter));
    }

    private static CandidateFilter narrowed(StaffScope scope, CandidateFilter filter) {
        return new CandidateFilter(
                scope.onlySchool().or(filter::school), filter.text(), filter.gaps());
    }
}
