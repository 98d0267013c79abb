package io.invigil.hub.site;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.site.Site.Approval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sites: application by a school, decision by a body (domain, section 4: 未提交 → 待审核 → 通过 / 退回).
 * Stateless and thread-safe.
 */
public final class Sites {
    public static final int SITES_MAX = 5_000;

    private final SiteStore store = new SiteStore();
    private final SiteFileStore files = new SiteFileStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public Optional<Site> find(Tx tx, TenantId tenant, SiteId id) {
        return store.find(tx, tenant, id);
    }

    public Optional<Site> findVisible(Tx tx, StaffScope scope, SiteId id) {
        return store.find(tx, scope.tenant(), id).filter(site -> isVisible(scope, site));
    }

    /** Visible sites by name. A body does not see drafts of schools. */
    public List<Site> visible(Tx tx, StaffScope scope) {
        return store.all(tx, scope.tenant(), SITES_MAX).stream()
                .filter(site -> isVisible(scope, site))
                .toList();
    }

    /** All approved sites of the tenant. */
    public List<Site> approved(Tx tx, TenantId tenant) {
        return store.all(tx, tenant, SITES_MAX).stream()
                .filter(site -> site.approval() == Approval.APPROVED)
                .toList();
    }

    /** The review's steps, oldest first. */
    public List<SiteEvent> history(Tx tx, Site site) {
        return files.events(tx, site);
    }

    private static boolean isVisible(StaffScope scope, Site site) {
        return scope.sees(site.school())
                && (scope.role() == StaffRole.SCHOOL_CLERK || site.approval() != Approval.DRAFT);
    }

    /** Enters an application, not yet submitted. */
    public SiteDecision add(Tx tx, StaffScope scope, SiteDraft draft) {
        List<FieldIssue> issues = new ArrayList<>();
        if (!isOwn(scope, draft)) {
            issues.add(FieldIssue.of("", SiteRefusal.SITE_NOT_ALLOWED));
            return new SiteDecision.Refused(issues);
        }
        issues.addAll(textIssues(draft));
        if (store.findByName(tx, scope.tenant(), draft.name().strip()).isPresent()) {
            issues.add(FieldIssue.of("name", SiteRefusal.SITE_NAME_TAKEN));
        }
        if (store.all(tx, scope.tenant(), SITES_MAX).size() >= SITES_MAX) {
            issues.add(FieldIssue.of("", SiteRefusal.SITE_LIMIT, "" + SITES_MAX));
        }
        if (!issues.isEmpty()) {
            return new SiteDecision.Refused(issues);
        }
        SiteId id = new SiteId(numbers.take(tx, scope.tenant(), NumberSeries.SITE, 1));
        Site added = site(scope.tenant(), id, draft, Approval.DRAFT, "");
        store.add(tx, added);
        audit.created(tx, scope.actor(), "site", id, added);
        return new SiteDecision.Saved(id);
    }

    /** The site as it is, which nobody else changes until the transaction ends. */
    public Optional<Site> lock(Tx tx, TenantId tenant, SiteId id) {
        store.lock(tx, tenant, id);
        return store.find(tx, tenant, id);
    }

    /** Changes an application that is not submitted or was returned. */
    public SiteDecision change(Tx tx, StaffScope scope, Site site, SiteDraft draft) {
        List<FieldIssue> issues = new ArrayList<>();
        if (!isOwn(scope, draft) || !site.school().equals(draft.school())) {
            issues.add(FieldIssue.of("", SiteRefusal.SITE_NOT_ALLOWED));
            return new SiteDecision.Refused(issues);
        }
        if (!isEditable(site)) {
            issues.add(FieldIssue.of("", SiteRefusal.SITE_NOT_EDITABLE));
        }
        issues.addAll(textIssues(draft));
        if (store.findByName(tx, scope.tenant(), draft.name().strip())
                .filter(other -> !other.id().equals(site.id()))
                .isPresent()) {
            issues.add(FieldIssue.of("name", SiteRefusal.SITE_NAME_TAKEN));
        }
        if (!issues.isEmpty()) {
            return new SiteDecision.Refused(issues);
        }
        Site changed = site(site.tenant(), site.id(), draft, site.approval(), site.reason());
        store.change(tx, changed);
        audit.changed(tx, scope.actor(), "site", site.id(), site, changed);
        return new SiteDecision.Saved(site.id());
    }

    /** Sends the application to review; {@code now} stands in its history. */
    public SiteDecision submit(Tx tx, StaffScope scope, Site site, Instant now) {
        if (scope.role() != StaffRole.SCHOOL_CLERK || !scope.mayChange(site.school())) {
            return refused(SiteRefusal.SITE_NOT_ALLOWED);
        }
        if (!isEditable(site)) {
            return refused(SiteRefusal.SITE_NOT_EDITABLE);
        }
        return moved(
                tx,
                scope,
                site,
                Approval.PENDING,
                new SiteEvent(SiteEvent.Step.SUBMITTED, scope.login(), now, ""));
    }

    public SiteDecision approve(Tx tx, StaffScope scope, Site site, Instant now) {
        if (scope.role() != StaffRole.BODY_STAFF) {
            return refused(SiteRefusal.SITE_NOT_ALLOWED);
        }
        if (site.approval() != Approval.PENDING) {
            return refused(SiteRefusal.SITE_NOT_PENDING);
        }
        return moved(
                tx,
                scope,
                site,
                Approval.APPROVED,
                new SiteEvent(SiteEvent.Step.APPROVED, scope.login(), now, ""));
    }

    /** Gives the application back; the reason is shown to the school. */
    public SiteDecision giveBack(Tx tx, StaffScope scope, Site site, String reason, Instant now) {
        if (scope.role() != StaffRole.BODY_STAFF) {
            return refused(SiteRefusal.SITE_NOT_ALLOWED);
        }
        if (site.approval() != Approval.PENDING) {
            return refused(SiteRefusal.SITE_NOT_PENDING);
        }
        if (reason.isBlank() || reason.length() > 1000) {
            return new SiteDecision.Refused(
                    List.of(FieldIssue.of("reason", SiteRefusal.SITE_REASON_MISSING)));
        }
        return moved(
                tx,
                scope,
                site,
                Approval.RETURNED,
                new SiteEvent(SiteEvent.Step.RETURNED, scope.login(), now, reason.strip()));
    }

    private SiteDecision moved(
            Tx tx, StaffScope scope, Site site, Approval approval, SiteEvent event) {
        Site changed =
                new Site(
                        site.tenant(),
                        site.id(),
                        site.school(),
                        site.name(),
                        site.region(),
                        site.address(),
                        site.contact(),
                        site.phone(),
                        approval,
                        event.reason());
        store.change(tx, changed);
        files.addEvent(tx, changed, event);
        audit.changed(tx, scope.actor(), "site", site.id(), site, changed);
        return new SiteDecision.Saved(site.id());
    }

    private static boolean isOwn(StaffScope scope, SiteDraft draft) {
        return scope.role() == StaffRole.SCHOOL_CLERK
                && scope.organisation().id().equals(draft.school());
    }

    static boolean isEditable(Site site) {
        return site.approval() == Approval.DRAFT || site.approval() == Approval.RETURNED;
    }

    private static List<FieldIssue> textIssues(SiteDraft draft) {
        List<FieldIssue> issues = new ArrayList<>();
        if (draft.name().isBlank()) {
            issues.add(FieldIssue.of("name", SiteRefusal.SITE_NAME_MISSING));
        }
        if (draft.address().isBlank()) {
            issues.add(FieldIssue.of("address", SiteRefusal.SITE_ADDRESS_MISSING));
        }
        tooLong(issues, "name", draft.name(), 200);
        tooLong(issues, "region", draft.region(), 100);
        tooLong(issues, "address", draft.address(), 300);
        tooLong(issues, "contact", draft.contact(), 100);
        tooLong(issues, "phone", draft.phone(), 30);
        return issues;
    }

    static void tooLong(List<FieldIssue> issues, String field, String text, int max) {
        if (text.length() > max) {
            issues.add(FieldIssue.of(field, SiteRefusal.SITE_TEXT_TOO_LONG, "" + max));
        }
    }

    private static Site site(
            TenantId tenant, SiteId id, SiteDraft draft, Approval approval, String reason) {
        return new Site(
                tenant,
                id,
                draft.school(),
                draft.name().strip(),
                draft.region().strip(),
                draft.address().strip(),
                draft.contact().strip(),
                draft.phone().strip(),
                approval,
                reason);
    }

    private static SiteDecision refused(SiteRefusal code) {
        return new SiteDecision.Refused(List.of(FieldIssue.of("", code)));
    }
}
