package io.invigil.hub.staffing;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Plans;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of entering and certifying proctors (domain, section 8). Thread-safe. */
public final class Proctors {
    public static final int LISTED_MAX = 20_000;
    public static final int NAME_CHARS_MAX = 100;
    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");

    private final Clock clock;
    private final ProctorStore store = new ProctorStore();
    private final AssignmentStore assignments = new AssignmentStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();

    public Proctors(Clock clock) {
        this.clock = clock;
    }

    /** A proctor as lists show it. */
    public record Listed(Proctor proctor, List<Qualification> qualifications) {
        public Listed {
            qualifications = List.copyOf(qualifications);
        }
    }

    /** The proctor when the member of staff may see it. */
    public Optional<Proctor> findVisible(Tx tx, StaffScope scope, ProctorId id) {
        return store.find(tx, scope.tenant(), id).filter(one -> isVisible(tx, scope, one));
    }

    /** The proctor as stored, whom nobody else changes until the transaction ends. */
    Proctor lock(Tx tx, Proctor proctor) {
        store.lock(tx, proctor.tenant(), proctor.id());
        return store.find(tx, proctor.tenant(), proctor.id()).orElse(proctor);
    }

    /** A school sees its own; a body those who applied for one of its certificates. */
    private boolean isVisible(Tx tx, StaffScope scope, Proctor proctor) {
        return switch (scope.role()) {
            case SCHOOL_CLERK -> scope.sees(proctor.school());
            case BODY_STAFF ->
                    qualifications(tx, proctor).stream()
                            .anyMatch(one -> one.body().equals(scope.organisation().id()));
            case AUTHORITY_READER -> true;
            case PROVINCE_STAFF, TEACHER, UNIT_STAFF, COLLEGE_STAFF -> false;
            case BODY_ADMIN,
                    SCHOOL_ADMIN,
                    AUTHORITY_ADMIN,
                    PROVINCE_ADMIN,
                    UNIT_ADMIN,
                    COLLEGE_ADMIN ->
                    false;
        };
    }

    /** All that the member of staff may see, by school and name. */
    public List<Listed> visible(Tx tx, StaffScope scope) {
        Map<ProctorId, List<Qualification>> all =
                store.qualifications(tx, scope.tenant()).stream()
                        .filter(
                                one ->
                                        scope.role() != StaffRole.BODY_STAFF
                                                || one.body().equals(scope.organisation().id()))
                        .collect(Collectors.groupingBy(Qualification::proctor));
        return store.all(tx, scope.tenant(), scope.onlySchool(), LISTED_MAX).stream()
                .filter(one -> scope.role() != StaffRole.BODY_STAFF || all.containsKey(one.id()))
                .map(one -> new Listed(one, all.getOrDefault(one.id(), List.of())))
                .toList();
    }

    List<Proctor> all(Tx tx, TenantId tenant) {
        return store.all(tx, tenant, Optional.empty(), LISTED_MAX);
    }

    List<Qualification> certified(Tx tx, TenantId tenant) {
        return store.qualifications(tx, tenant).stream().filter(Qualification::certified).toList();
    }

    public List<Qualification> qualifications(Tx tx, Proctor proctor) {
        return store.qualifications(tx, proctor.tenant(), proctor.id());
    }

    /** Certificates and levels of the plans that the school may see, to apply for. */
    public List<Qualification> offered(Tx tx, StaffScope scope, ProctorId proctor) {
        Map<Qualification.Need, Qualification> offered = new LinkedHashMap<>();
        for (Plan plan : plans.visible(tx, scope)) {
            for (CertificateLevel level : content.levels(tx, plan.tenant(), plan.id())) {
                Qualification one =
                        new Qualification(
                                proctor,
                                level.number(),
                                level.level(),
                                level.name(),
                                level.issuer(),
                                plan.body(),
                                false);
                offered.putIfAbsent(one.need(), one);
            }
        }
        return List.copyOf(offered.values());
    }

    /** Enters a person of the own school. */
    public StaffingDecision add(Tx tx, StaffScope scope, String name, String mobile) {
        if (scope.role() != StaffRole.SCHOOL_CLERK) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_NOT_ALLOWED);
        }
        long id = numbers.take(tx, scope.tenant(), NumberSeries.PROCTOR, 1);
        List<FieldIssue> issues = issues(tx, scope, name, mobile, Optional.empty());
        if (!issues.isEmpty()) {
            return new StaffingDecision.Refused(issues);
        }
        Proctor added =
                new Proctor(
                        scope.tenant(),
                        new ProctorId(id),
                        scope.organisation().id(),
                        String.format(Locale.ROOT, "JK%06d", id),
                        name.strip(),
                        mobile.strip());
        store.add(tx, added);
        audit.created(tx, scope.actor(), "proctor", added.id(), added);
        return new StaffingDecision.Saved(added.id());
    }

    public StaffingDecision change(
            Tx tx, StaffScope scope, Proctor proctor, String name, String mobile) {
        if (!scope.mayChange(proctor.school())) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_NOT_ALLOWED);
        }
        List<FieldIssue> issues = issues(tx, scope, name, mobile, Optional.of(proctor.id()));
        if (!issues.isEmpty()) {
            return new StaffingDecision.Refused(issues);
        }
        Proctor changed =
                new Proctor(
                        proctor.tenant(),
                        proctor.id(),
                        proctor.school(),
                        proctor.number(),
                        name.strip(),
                        mobile.strip());
        store.change(tx, changed);
        audit.changed(tx, scope.actor(), "proctor", proctor.id(), proctor, changed);
        return new StaffingDecision.Saved(proctor.id());
    }

    private List<FieldIssue> issues(
            Tx tx, StaffScope scope, String name, String mobile, Optional<ProctorId> own) {
        List<FieldIssue> issues = new ArrayList<>();
        if (name.isBlank() || name.strip().length() > NAME_CHARS_MAX) {
            issues.add(FieldIssue.of("name", StaffingRefusal.PROCTOR_NAME));
        }
        if (!MOBILE.matcher(mobile.strip()).matches()) {
            issues.add(FieldIssue.of("mobile", StaffingRefusal.PROCTOR_MOBILE));
        } else if (store.findByMobile(tx, scope.tenant(), mobile.strip())
                .filter(other -> !Optional.of(other.id()).equals(own))
                .isPresent()) {
            issues.add(FieldIssue.of("mobile", StaffingRefusal.PROCTOR_MOBILE_TAKEN));
        }
        return issues;
    }

    Optional<Proctor> findByMobile(Tx tx, StaffScope scope, String mobile) {
        return store.findByMobile(tx, scope.tenant(), mobile);
    }

    /** Applies for a certificate at a level; applying again changes nothing. */
    public StaffingDecision apply(
            Tx tx, StaffScope scope, Proctor proctor, Qualification.Need wanted) {
        if (!scope.mayChange(proctor.school())) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_NOT_ALLOWED);
        }
        Optional<Qualification> offered =
                offered(tx, scope, proctor.id()).stream()
                        .filter(one -> one.need().equals(wanted))
                        .findFirst();
        if (offered.isEmpty()) {
            return StaffingDecision.refused(
                    "certificate",
                    StaffingRefusal.PROCTOR_CERTIFICATE_UNKNOWN,
                    wanted.certificate() + " " + wanted.level());
        }
        if (find(tx, proctor, wanted).isEmpty()) {
            store.addQualification(tx, proctor.tenant(), offered.get());
            audit.created(tx, scope.actor(), "qualification", key(offered.get()), offered.get());
        }
        return new StaffingDecision.Saved(proctor.id());
    }

    private static String key(Qualification one) {
        return one.proctor() + "/" + one.certificate() + "/" + one.level();
    }

    private Optional<Qualification> find(Tx tx, Proctor proctor, Qualification.Need wanted) {
        return qualifications(tx, proctor).stream()
                .filter(one -> one.need().equals(wanted))
                .findFirst();
    }

    /** Takes an application back; 对于已认证的监考证书无法删除. */
    public StaffingDecision removeQualification(
            Tx tx, StaffScope scope, Proctor proctor, Qualification.Need unwanted) {
        if (!scope.mayChange(proctor.school())) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_NOT_ALLOWED);
        }
        Optional<Qualification> there = find(tx, proctor, unwanted);
        if (there.filter(Qualification::certified).isPresent()) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_CERTIFIED);
        }
        there.ifPresent(
                one -> {
                    store.removeQualification(tx, proctor.tenant(), one);
                    audit.deleted(tx, scope.actor(), "qualification", key(one), one);
                });
        return new StaffingDecision.Saved(proctor.id());
    }

    /** The body certifies for one of its certificates (已认证). */
    public StaffingDecision certify(
            Tx tx, StaffScope scope, Proctor proctor, Qualification.Need wanted) {
        Optional<Qualification> there =
                find(tx, proctor, wanted)
                        .filter(
                                one ->
                                        scope.role() == StaffRole.BODY_STAFF
                                                && one.body().equals(scope.organisation().id()));
        if (there.isEmpty()) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_NOT_ALLOWED);
        }
        if (!there.get().certified()) {
            Instant at = Instant.ofEpochMilli(clock.millis());
            store.certify(tx, proctor.tenant(), there.get(), scope.login(), at);
            find(tx, proctor, wanted)
                    .ifPresent(
                            now ->
                                    audit.changed(
                                            tx,
                                            scope.actor(),
                                            "qualification",
                                            key(now),
                                            there.get(),
                                            now));
        }
        return new StaffingDecision.Saved(proctor.id());
    }

    /** Removes a person; 若该人员存在已认证的证书，无法删除. */
    public StaffingDecision remove(Tx tx, StaffScope scope, Proctor proctor) {
        if (!scope.mayChange(proctor.school())) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_NOT_ALLOWED);
        }
        if (qualifications(tx, proctor).stream().anyMatch(Qualification::certified)) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_HAS_CERTIFIED);
        }
        if (assignments.isAssigned(tx, proctor)) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_ASSIGNED);
        }
        store.remove(tx, proctor);
        audit.deleted(tx, scope.actor(), "proctor", proctor.id(), proctor);
        return new StaffingDecision.Saved(proctor.id());
    }
}
