package io.invigil.hub.organisation;

import io.invigil.appliance.db.Tx;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tenants and organisations. Stateless and thread-safe. */
public final class Organisations {
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{2,20}");
    public static final int NAME_CHARS_MAX = 200;

    private final OrganisationStore store = new OrganisationStore();
    private final Numbers numbers = new Numbers();

    /** Creates the tenant; false when it is there already. */
    public boolean addTenant(Tx tx, TenantId tenant, String name) {
        if (store.tenantExists(tx, tenant)) {
            return false;
        }
        store.addTenant(tx, tenant, name);
        return true;
    }

    /**
     * Adds an organisation.
     *
     * @throws IllegalArgumentException for a malformed code or name; this is provisioning, not a
     *     page
     */
    public Organisation add(
            Tx tx,
            TenantId tenant,
            OrganisationKind kind,
            String code,
            String name,
            String region) {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("an organisation's code matches " + CODE);
        }
        if (name.isBlank() || name.length() > NAME_CHARS_MAX) {
            throw new IllegalArgumentException("an organisation's name has 1 to 200 characters");
        }
        OrganisationId id =
                new OrganisationId(numbers.take(tx, tenant, NumberSeries.ORGANISATION, 1));
        Organisation added = new Organisation(tenant, id, kind, code, name.strip(), region);
        store.add(tx, added);
        return added;
    }

    public Optional<Organisation> find(Tx tx, TenantId tenant, OrganisationId id) {
        return store.find(tx, tenant, id);
    }

    public Optional<Organisation> findByCode(Tx tx, TenantId tenant, String code) {
        return store.findByCode(tx, tenant, code);
    }

    public Optional<Organisation> findByName(Tx tx, TenantId tenant, String name) {
        return store.findByName(tx, tenant, name);
    }

    /** All of a kind, by name. */
    public List<Organisation> ofKind(Tx tx, TenantId tenant, OrganisationKind kind) {
        return store.ofKind(tx, tenant, kind);
    }
}
