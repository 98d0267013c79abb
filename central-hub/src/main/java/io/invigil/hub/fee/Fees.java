package io.invigil.hub.fee;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Window;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Registration;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Fee requests (source 004 section 5.2.7): made only for a plan in registration whose way of
 * registering is the request's; amount = quantity × the body's price; confirmed in bulk by number;
 * removed only while not confirmed. Thread-safe.
 */
public final class Fees implements Payments {
    public static final int NUMBERS_MAX = 2_000;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");

    private final Clock clock;
    private final FeeStore store = new FeeStore();
    private final FeePrices prices = new FeePrices();
    private final PlanContent content = new PlanContent();
    private final Plans plans = new Plans();
    private final Sittings sittings = new Sittings();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();
    private final Registrations registrations;

    public Fees(Clock clock) {
        this.clock = clock;
        this.registrations =
                new Registrations(clock, io.invigil.hub.registration.BanCheck.none(), this);
    }

    @Override
    public Map<SittingId, Payment> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return store.payments(tx, tenant, plan);
    }

    /** The candidate's sittings that are on a request, of all plans. */
    public Map<SittingId, Payment> ofCandidate(Tx tx, TenantId tenant, CandidateId candidate) {
        return store.payments(tx, tenant, candidate);
    }

    /** The school's registered subjects of the level that are on no request. */
    public List<Sitting> open(Tx tx, StaffScope scope, Plan plan, LevelId level) {
        Map<SittingId, Payment> paid = store.payments(tx, plan.tenant(), plan.id());
        return registered(tx, scope, plan, level).stream()
                .filter(one -> !paid.containsKey(one.id()))
                .toList();
    }

    /** The school's registered subjects of the level. */
    List<Sitting> registered(Tx tx, StaffScope scope, Plan plan, LevelId level) {
        Set<RegistrationId> own =
                registrations.ofPlan(tx, scope, plan).stream()
                        .filter(one -> one.level().equals(level))
                        .map(Registration::id)
                        .collect(Collectors.toSet());
        return sittings.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(one -> own.contains(one.registration()))
                .toList();
    }

    /** What forbids the school any request for this plan now. */
    public List<FieldIssue> planIssues(StaffScope scope, Plan plan, RegistrationMode mode) {
        List<FieldIssue> issues = new ArrayList<>();
        if (scope.role() != StaffRole.SCHOOL_CLERK) {
            issues.add(FieldIssue.of("", FeeRefusal.FEE_NOT_ALLOWED));
        } else if (!plan.schools().contains(scope.organisation().id())) {
            issues.add(FieldIssue.of("", FeeRefusal.FEE_SCHOOL_NOT_IN_PLAN));
        }
        if (!plan.options().fees()) {
            issues.add(FieldIssue.of("plan", FeeRefusal.FEE_PLAN_WITHOUT_FEES));
        }
        if (plan.registrationMode() != mode) {
            issues.add(FieldIssue.of("plan", FeeRefusal.FEE_MODE_DIFFERS));
        }
        if (!plan.isOpen(PlanStage.REGISTRATION, clock.instant())) {
            Window window = plan.windows().registration();
            String days = window.firstDay(plan.zone()) + " – " + window.lastDay(plan.zone());
            issues.add(FieldIssue.of("plan", FeeRefusal.FEE_WINDOW_CLOSED, days));
        }
        return issues;
    }

    /** A request over everything of the level that is on no request yet. */
    public FeeDecision request(
            Tx tx, StaffScope scope, Plan plan, RegistrationMode mode, LevelId level) {
        plans.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = planIssues(scope, plan, mode);
        if (!issues.isEmpty()) {
            return new FeeDecision.Refused(issues);
        }
        return make(tx, scope, plan, level, open(tx, scope, plan, level));
    }

    /** A request over chosen registered subjects; the caller has found them open. */
    FeeDecision make(
            Tx tx, StaffScope scope, Plan plan, LevelId levelId, Collection<Sitting> covered) {
        Optional<CertificateLevel> level =
                content.level(tx, plan.tenant(), levelId)
                        .filter(one -> one.plan().equals(plan.id()));
        if (level.isEmpty()) {
            return refused("level", FeeRefusal.FEE_LEVEL_UNKNOWN, "");
        }
        if (covered.isEmpty()) {
            return refused("level", FeeRefusal.FEE_NOTHING_OPEN, level.get().title());
        }
        Map<FeePrices.Priced, Long> priced = prices.prices(tx, plan);
        List<FeeRequest.Line> lines = new ArrayList<>();
        for (Map.Entry<Long, Integer> quantity : quantities(plan, covered).entrySet()) {
            Long fen = priced.get(new FeePrices.Priced(levelId, quantity.getKey()));
            if (fen == null) {
                return refused("level", FeeRefusal.FEE_PRICE_MISSING, level.get().title());
            }
            lines.add(new FeeRequest.Line(quantity.getKey(), quantity.getValue(), fen));
        }
        long id = numbers.take(tx, plan.tenant(), NumberSeries.FEE_REQUEST, 1);
        String day = DAY.format(clock.instant().atZone(plan.zone()));
        FeeRequest request =
                new FeeRequest(
                        plan.tenant(),
                        new FeeRequestId(id),
                        day + "%04d".formatted(id),
                        plan.id(),
                        levelId,
                        scope.organisation().id(),
                        plan.body(),
                        plan.registrationMode(),
                        (int) covered.stream().map(Sitting::candidate).distinct().count(),
                        lines.stream().mapToInt(FeeRequest.Line::quantity).sum(),
                        FeeRequest.sum(lines),
                        scope.login(),
                        clock.instant(),
                        Optional.empty());
        store.add(tx, request, lines, covered.stream().map(Sitting::id).toList());
        audit.created(tx, scope.actor(), "fee-request", request.id(), request);
        return new FeeDecision.Made(request);
    }

    /** By certificate each registration counts once; by subject each subject entry. */
    private static Map<Long, Integer> quantities(Plan plan, Collection<Sitting> covered) {
        Map<Long, Integer> quantities = new TreeMap<>();
        if (plan.registrationMode() == RegistrationMode.BY_CERTIFICATE) {
            long certificates = covered.stream().map(Sitting::registration).distinct().count();
            quantities.put(0L, (int) certificates);
            return quantities;
        }
        covered.forEach(one -> quantities.merge(one.subject().value(), 1, Integer::sum));
        return quantities;
    }

    /**
     * Confirms requests to the member's body by their numbers (批量确认缴费): the registrations on them
     * are paid. Numbers that cannot be confirmed say why, the others are confirmed.
     */
    public FeeDecision confirm(Tx tx, StaffScope scope, Collection<String> wanted) {
        if (scope.role() != StaffRole.BODY_STAFF) {
            return refused("", FeeRefusal.FEE_NOT_ALLOWED, "");
        }
        Set<String> distinct = new LinkedHashSet<>(wanted);
        if (distinct.isEmpty() || distinct.size() > NUMBERS_MAX) {
            return refused("numbers", FeeRefusal.FEE_NO_NUMBERS, Integer.toString(NUMBERS_MAX));
        }
        List<String> done = new ArrayList<>();
        Map<String, FieldIssue> refused = new LinkedHashMap<>();
        OrganisationId body = scope.organisation().id();
        for (String number : distinct) {
            Optional<FeeRequest> request =
                    store.findByNumber(tx, scope.tenant(), number)
                            .map(FeeRow::request)
                            .filter(one -> one.body().equals(body));
            if (request.isEmpty()) {
                refused.put(
                        number, FieldIssue.of("numbers", FeeRefusal.FEE_NUMBER_UNKNOWN, number));
            } else if (store.confirm(tx, request.get(), clock.instant(), scope.login())) {
                done.add(number);
                audit.changed(
                        tx,
                        scope.actor(),
                        "fee-request",
                        request.get().id(),
                        Map.of("state", FeeRequest.State.PENDING),
                        Map.of("state", FeeRequest.State.CONFIRMED));
            } else {
                refused.put(number, FieldIssue.of("numbers", FeeRefusal.FEE_CONFIRMED, number));
            }
        }
        return new FeeDecision.Confirmed(done, refused);
    }

    /** Removes the school's own request while it is not confirmed. */
    public FeeDecision remove(Tx tx, StaffScope scope, FeeRequest request) {
        if (!scope.mayChange(request.school())) {
            return refused("", FeeRefusal.FEE_NOT_ALLOWED, "");
        }
        plans.lock(tx, request.tenant(), request.plan());
        boolean pending =
                store.find(tx, request.tenant(), request.id())
                        .filter(row -> row.request().confirmation().isEmpty())
                        .isPresent();
        if (!pending) {
            return refused("", FeeRefusal.FEE_CONFIRMED, request.number());
        }
        store.remove(tx, request);
        audit.deleted(tx, scope.actor(), "fee-request", request.id(), request);
        return new FeeDecision.Removed();
    }

    /** The request when the member may see it: a school its own, a body those to it. */
    public Optional<FeeRow> findVisible(Tx tx, StaffScope scope, FeeRequestId id) {
        return store.find(tx, scope.tenant(), id)
                .filter(
                        row ->
                                switch (scope.role()) {
                                    case SCHOOL_CLERK -> scope.sees(row.request().school());
                                    case BODY_STAFF ->
                                            row.request().body().equals(scope.organisation().id());
                                    case AUTHORITY_READER -> true;
                                    case PROVINCE_STAFF, TEACHER, UNIT_STAFF, COLLEGE_STAFF ->
                                            false;
                                    case BODY_ADMIN,
                                            SCHOOL_ADMIN,
                                            AUTHORITY_ADMIN,
                                            PROVINCE_ADMIN,
                                            UNIT_ADMIN,
                                            COLLEGE_ADMIN ->
                                            false;
                                });
    }

    public List<FeeRow> rows(Tx tx, StaffScope scope, FeeFilter filter, int offset, int limit) {
        return store.rows(tx, scope.tenant(), narrowed(scope, filter), offset, limit);
    }

    /** The rows after one, newest first: for exports. */
    public List<FeeRow> after(
            Tx tx, StaffScope scope, FeeFilter filter, Optional<FeeRow> last, int limit) {
        long before = last.map(row -> row.request().id().value()).orElse(Long.MAX_VALUE);
        return store.after(tx, scope.tenant(), narrowed(scope, filter), before, limit);
    }

    public long count(Tx tx, StaffScope scope, FeeFilter filter) {
        return store.count(tx, scope.tenant(), narrowed(scope, filter));
    }

    private static FeeFilter narrowed(StaffScope scope, FeeFilter filter) {
        Optional<OrganisationId> body =
                scope.role() == StaffRole.BODY_STAFF
                        ? Optional.of(scope.organisation().id())
                        : filter.body();
        return new FeeFilter(
                filter.text(),
                filter.plan(),
                scope.onlySchool().or(filter::school),
                body,
                filter.state(),
                filter.only());
    }

    public List<FeeRequest.Line> lines(Tx tx, FeeRequest request) {
        return store.lines(tx, request);
    }

    /** The registered subjects on the request. */
    public List<SittingId> entries(Tx tx, FeeRequest request) {
        return store.entries(tx, request);
    }

    private static FeeDecision refused(String field, FeeRefusal code, String detail) {
        return new FeeDecision.Refused(List.of(FieldIssue.of(field, code, detail)));
    }

    /** Sittings by candidate of a level, for imports. */
    static Map<io.invigil.hub.candidate.CandidateId, List<Sitting>> byCandidate(List<Sitting> own) {
        Map<io.invigil.hub.candidate.CandidateId, List<Sitting>> found = new HashMap<>();
        own.forEach(
                one -> found.computeIfAbsent(one.candidate(), key -> new ArrayList<>()).add(one));
        return found;
    }
}
