package io.invigil.hub.candidate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import java.util.Optional;

/**
 * Candidates' photos as kept: JPEG, 295 × 413 pixels, without metadata. Stateless and thread-safe.
 */
public final class Photos {
    private final PhotoStore store = new PhotoStore();

    /**
     * The JPEG of a candidate's photo.
     *
     * @param sha256 see {@link Candidate#photo}
     */
    public Optional<byte[]> find(Tx tx, TenantId tenant, String sha256) {
        return store.find(tx, tenant, sha256);
    }
}
