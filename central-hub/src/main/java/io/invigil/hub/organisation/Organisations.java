package io.invigil.hub.organisation;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tenants and organisations. Stateless and thread-safe. */
public final class Organisations {
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{2,20}");
    public static final int NAME_CHARS_MAX = 200;
    public static final int REGION_CHARS_MAX = 100;

    private final OrganisationStore store = new OrganisationStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

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
        return add(tx, tenant, kind, code, name, region, Optional.empty());
    }

    /** The same for a college of this school. */
    public Organisation addCollege(
            Tx tx, Organisation school, String code, String name, String region) {
        return add(
                tx,
                school.tenant(),
                OrganisationKind.COLLEGE,
                code,
                name,
                region,
                Optional.of(school.id()));
    }

    private Organisation add(
            Tx tx,
            TenantId tenant,
            OrganisationKind kind,
            String code,
            String name,
            String region,
            Optional<OrganisationId> parent) {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("an organisation's code matches " + CODE);
        }
        if (name.isBlank() || name.length() > NAME_CHARS_MAX) {
            throw new IllegalArgumentException("an organisation's name has 1 to 200 characters");
        }
        OrganisationId id =
                new OrganisationId(numbers.take(tx, tenant, NumberSeries.ORGANISATION, 1));
        Organisation added = new Organisation(tenant, id, kind, code, name.strip(), region, parent);
        store.add(tx, added);
        return added;
    }

    public Optional<Organisation> find(Tx tx, TenantId tenant, OrganisationId id) {
        return store.find(tx, tenant, id);
    }

    /** The organisation as it is, which nobody else changes until the transaction ends. */
    public Optional<Organisation> lock(Tx tx, TenantId tenant, OrganisationId id) {
        store.lock(tx, tenant, id);
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

    /** The school's colleges, by name. */
    public List<Organisation> colleges(Tx tx, TenantId tenant, OrganisationId school) {
        return store.colleges(tx, tenant, school);
    }

    /** Which department answers for which school. */
    public Provinces provinces(Tx tx, TenantId tenant) {
        return new Provinces(store.ofKind(tx, tenant, OrganisationKind.PROVINCE));
    }

    /** All of the tenant, by kind and name. */
    public List<Organisation> all(Tx tx, TenantId tenant) {
        return store.all(tx, tenant);
    }

    /**
     * Enters an organisation, or gives one another name or region; its code and kind stay, because
     * they stand in issued numbers and in the roles of its staff.
     *
     * @param before the organisation to be changed; empty for a new one
     * @return what is wrong; empty when it was done
     */
    public List<FieldIssue> enter(
            Tx tx, StaffScope scope, Optional<Organisation> before, OrganisationDraft draft) {
        List<FieldIssue> issues = issues(tx, scope, before, draft);
        if (!issues.isEmpty()) {
            return issues;
        }
        String name = draft.name().strip();
        String region = draft.region().strip();
        if (before.isEmpty()) {
            Organisation added =
                    draft.kind() == OrganisationKind.COLLEGE
                            ? addCollege(tx, scope.organisation(), draft.code(), name, region)
                            : add(tx, scope.tenant(), draft.kind(), draft.code(), name, region);
            audit.created(tx, scope.actor(), "organisation", added.id(), added);
            return issues;
        }
        Organisation old = before.get();
        Organisation changed =
                new Organisation(
                        old.tenant(), old.id(), old.kind(), old.code(), name, region, old.parent());
        store.change(tx, changed);
        audit.changed(tx, scope.actor(), "organisation", old.id(), old, changed);
        return issues;
    }

    /** A body's administrator enters all but bodies and colleges, a school's its colleges. */
    private static boolean mayEnter(
            StaffScope scope, Optional<Organisation> before, OrganisationKind kind) {
        return kind == OrganisationKind.COLLEGE
                ? scope.has(StaffRole.SCHOOL_ADMIN)
                        && before.map(one -> one.isCollegeOf(scope.organisation().id()))
                                .orElse(true)
                : scope.has(StaffRole.BODY_ADMIN) && kind != OrganisationKind.BODY;
    }

    private List<FieldIssue> issues(
            Tx tx, StaffScope scope, Optional<Organisation> before, OrganisationDraft draft) {
        List<FieldIssue> issues = new ArrayList<>();
        if (!mayEnter(scope, before, draft.kind())) {
            issues.add(FieldIssue.of("", OrganisationRefusal.ORGANISATION_NOT_ALLOWED));
        }
        if (before.isEmpty()) {
            if (!CODE.matcher(draft.code()).matches()) {
                issues.add(FieldIssue.of("code", OrganisationRefusal.ORGANISATION_CODE_MALFORMED));
            } else if (store.findByCode(tx, scope.tenant(), draft.code()).isPresent()) {
                issues.add(FieldIssue.of("code", OrganisationRefusal.ORGANISATION_CODE_TAKEN));
            }
        }
        String name = draft.name().strip();
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            issues.add(FieldIssue.of("name", OrganisationRefusal.ORGANISATION_NAME_MISSING));
        } else if (store.findByName(tx, scope.tenant(), name)
                .filter(other -> before.map(own -> !own.id().equals(other.id())).orElse(true))
                .isPresent()) {
            issues.add(FieldIssue.of("name", OrganisationRefusal.ORGANISATION_NAME_TAKEN));
        }
        if (draft.region().strip().length() > REGION_CHARS_MAX) {
            issues.add(FieldIssue.of("region", OrganisationRefusal.ORGANISATION_REGION_LONG));
        }
        return issues;
    }
}
