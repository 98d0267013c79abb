package io.invigil.hub.candidate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import java.util.Map;

/** What a tenant asks of portraits. Stateless and thread-safe. */
public final class PhotoRules {
    /** As the source says (002 section 4: 照片底色：红色). */
    static final PhotoBackground BACKGROUND = PhotoBackground.RED;

    private final PhotoStore store = new PhotoStore();
    private final Audit audit = new Audit();

    public PhotoBackground background(Tx tx, TenantId tenant) {
        return store.background(tx, tenant).orElse(BACKGROUND);
    }

    /** Sets the ground for imports from now on; photos that are there stay. */
    void demand(Tx tx, StaffScope scope, PhotoBackground wanted) {
        if (scope.role() != StaffRole.BODY_STAFF) {
            throw new IllegalArgumentException("a body sets the rules of photos");
        }
        PhotoBackground before = background(tx, scope.tenant());
        store.demand(tx, scope.tenant(), wanted);
        audit.changed(
                tx,
                scope.actor(),
                "photo-rule",
                scope.tenant().value(),
                Map.of("background", before),
                Map.of("background", wanted));
    }
}
