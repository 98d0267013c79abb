package io.invigil.hub.facecapture;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What exam packages need of the captures. Stateless and thread-safe. */
public final class FaceReferences {
    private final FaceStore store = new FaceStore();

    /** Those who captured their own face. */
    public Set<CandidateId> captured(Tx tx, TenantId tenant, Collection<CandidateId> candidates) {
        return store.captured(tx, tenant, candidates);
    }

    /** Those who declined: no machine compares them. */
    public Set<CandidateId> declined(Tx tx, TenantId tenant, Collection<CandidateId> candidates) {
        return store.declined(tx, tenant, candidates);
    }

    /** The JPEG that a candidate captured. */
    public Optional<byte[]> picture(Tx tx, TenantId tenant, CandidateId candidate) {
        return store.picture(tx, tenant, candidate);
    }
}
