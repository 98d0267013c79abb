package io.invigil.hub.request;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateField;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.candidate.Corrections;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.portal.CandidateDesk;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.request.CandidateRequest.State;
import io.invigil.hub.request.CandidateRequest.Step;
import io.invigil.hub.request.CandidateRequest.Wish;
import io.invigil.protocol.crypto.Digest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asking, withdrawing, deciding. Every step is in the audit. Thread-safe. */
public final class Requests {
    /** Pending requests of one candidate. */
    public static final int PENDING_MAX = 5;

    private static final String SUBJECT = "candidate-request";

    private final Clock clock;
    private final Accommodations accommodations;
    private final RequestStore store = new RequestStore();
    private final Candidates candidates = new Candidates();
    private final Corrections corrections = new Corrections();
    private final Plans plans = new Plans();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public Requests(Clock clock, Accommodations accommodations) {
        this.clock = clock;
        this.accommodations = accommodations;
    }

    /** Asks; empty when taken, else what is wrong. */
    public Optional<FieldIssue> ask(
            Tx tx, Candidate candidate, Wish wish, String statement, String address) {
        Optional<FieldIssue> issue = issue(tx, candidate, wish, statement);
        if (issue.isPresent()) {
            return issue;
        }
        CandidateRequest added =
                new CandidateRequest(
                        candidate.tenant(),
                        numbers.take(tx, candidate.tenant(), NumberSeries.CANDIDATE_REQUEST, 1),
                        candidate.id(),
                        candidate.school(),
                        wish,
                        statement.strip(),
                        clock.instant(),
                        State.OPEN,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "");
        store.add(tx, added);
        audit.created(tx, CandidateDesk.actor(candidate, address), SUBJECT, added.id(), added);
        return Optional.empty();
    }

    private Optional<FieldIssue> issue(Tx tx, Candidate candidate, Wish wish, String statement) {
        if (statement.isBlank() || statement.length() > CandidateRequest.STATEMENT_CHARS_MAX) {
            return Optional.of(FieldIssue.of("statement", RequestRefusal.REQUEST_STATEMENT));
        }
        long pending = own(tx, candidate).stream().filter(r -> r.state().isPending()).count();
        if (pending >= PENDING_MAX) {
            return Optional.of(
                    FieldIssue.of(
                            "", RequestRefusal.REQUEST_TOO_MANY, Integer.toString(PENDING_MAX)));
        }
        return switch (wish) {
            case Wish.Correction one ->
                    corrections.check(tx, candidate, one.field(), one.wanted().strip());
            case Wish.Accommodation one -> issue(tx, candidate, one);
        };
    }

    private Optional<FieldIssue> issue(Tx tx, Candidate candidate, Wish.Accommodation wish) {
        if (wish.extraMinutes() == 0 && !wish.accessible()) {
            return Optional.of(FieldIssue.of("extra", RequestRefusal.ACC_NOTHING));
        }
        if (wish.extraMinutes() < 0 || wish.extraMinutes() > Sittings.EXTRA_MINUTES_MAX) {
            return Optional.of(
                    FieldIssue.of(
                            "extra",
                            RequestRefusal.ACC_MINUTES,
                            Integer.toString(Sittings.EXTRA_MINUTES_MAX)));
        }
        Optional<Plan> plan = plans.find(tx, candidate.tenant(), wish.plan());
        if (plan.isEmpty() || accommodations.own(tx, plan.get(), candidate.id()).isEmpty()) {
            return Optional.of(FieldIssue.of("plan", RequestRefusal.ACC_NOT_REGISTERED));
        }
        return plan.get().windows().exam().isOver(clock.instant())
                ? Optional.of(FieldIssue.of("plan", RequestRefusal.ACC_BEGUN))
                : Optional.empty();
    }

    /** A candidate's own requests, newest first. */
    public List<CandidateRequest> own(Tx tx, Candidate candidate) {
        return store.ofCandidate(tx, candidate.tenant(), candidate.id());
    }

    Optional<CandidateRequest> findOwn(Tx tx, Candidate candidate, long id) {
        return own(tx, candidate).stream().filter(one -> one.id() == id).findFirst();
    }

    /** Adds or replaces the evidence: a PDF, JPEG or PNG, found from its first bytes. */
    Optional<RequestRefusal> attach(
            Tx tx,
            Candidate candidate,
            CandidateRequest to,
            String name,
            byte[] content,
            String address) {
        if (to.state() != State.OPEN) {
            return Optional.of(RequestRefusal.REQUEST_NOT_PENDING);
        }
        if (!isDocument(content)) {
            return Optional.of(RequestRefusal.REQUEST_FILE_KIND);
        }
        String shown = name.isBlank() ? "file" : name;
        store.attach(tx, to, shown, content);
        audit.created(
                tx,
                CandidateDesk.actor(candidate, address),
                SUBJECT,
                to.id(),
                Map.of("file", shown, "sha256", Digest.sha256(content).hex()));
        return Optional.empty();
    }

    private static boolean isDocument(byte[] content) {
        return startsWith(content, '%', 'P', 'D', 'F')
                || startsWith(content, 0xFF, 0xD8, 0xFF)
                || startsWith(content, 0x89, 'P', 'N', 'G');
    }

    private static boolean startsWith(byte[] content, int... magic) {
        if (content.length < magic.length) {
            return false;
        }
        for (int at = 0; at < magic.length; at++) {
            if ((content[at] & 0xFF) != magic[at]) {
                return false;
            }
        }
        return true;
    }

    Optional<byte[]> file(Tx tx, CandidateRequest of) {
        return store.file(tx, of);
    }

    Optional<RequestRefusal> withdraw(
            Tx tx, Candidate candidate, CandidateRequest request, String address) {
        if (!request.state().isPending()) {
            return Optional.of(RequestRefusal.REQUEST_NOT_PENDING);
        }
        CandidateRequest after = with(request, State.WITHDRAWN, Optional.empty(), "", false);
        if (!store.move(tx, request, after)) {
            return Optional.of(RequestRefusal.REQUEST_NOT_PENDING);
        }
        audit.changed(
                tx, CandidateDesk.actor(candidate, address), SUBJECT, request.id(), request, after);
        return Optional.empty();
    }

    /** What the member of staff sees: the own school's, or accommodations in the own plans. */
    List<CandidateRequest> list(Tx tx, StaffScope scope, int offset, int limit) {
        return scope.role() == StaffRole.BODY_STAFF
                ? store.ofBody(tx, scope.tenant(), scope.organisation().id(), offset, limit)
                : store.ofSchool(tx, scope.tenant(), scope.organisation().id(), offset, limit);
    }

    long count(Tx tx, StaffScope scope) {
        return scope.role() == StaffRole.BODY_STAFF
                ? store.countOfBody(tx, scope.tenant(), scope.organisation().id())
                : store.countOfSchool(tx, scope.tenant(), scope.organisation().id());
    }

    Optional<CandidateRequest> findVisible(Tx tx, StaffScope scope, long id) {
        return store.find(tx, scope.tenant(), id).filter(one -> sees(tx, scope, one));
    }

    private boolean sees(Tx tx, StaffScope scope, CandidateRequest one) {
        return scope.role() == StaffRole.BODY_STAFF
                ? plan(tx, one).filter(plan -> scope.mayRunPlansOf(plan.body())).isPresent()
                : scope.mayChange(one.school());
    }

    Optional<Plan> plan(Tx tx, CandidateRequest one) {
        return one.wish() instanceof Wish.Accommodation accommodation
                ? plans.find(tx, one.tenant(), accommodation.plan())
                : Optional.empty();
    }

    /** Whether it is this member's turn to decide. */
    boolean mayDecide(Tx tx, StaffScope scope, CandidateRequest one) {
        return switch (one.state()) {
            case OPEN -> scope.mayChange(one.school());
            case SCHOOL_APPROVED ->
                    plan(tx, one).filter(plan -> scope.mayRunPlansOf(plan.body())).isPresent();
            case GRANTED, REFUSED, WITHDRAWN -> false;
        };
    }

    /** Approves; what it asks for takes effect with the last approval. */
    Optional<FieldIssue> approve(Tx tx, StaffScope scope, CandidateRequest request) {
        Optional<FieldIssue> issue = decisionIssue(tx, scope, request);
        if (issue.isPresent()) {
            return issue;
        }
        if (request.needsFile() && !request.hasFile()) {
            return Optional.of(FieldIssue.of("", RequestRefusal.REQUEST_FILE_MISSING));
        }
        boolean school = request.state() == State.OPEN;
        boolean last = !school || request.wish() instanceof Wish.Correction;
        State to = last ? State.GRANTED : State.SCHOOL_APPROVED;
        Optional<FieldIssue> effect = last ? effect(tx, scope, request) : Optional.empty();
        return effect.isPresent() ? effect : move(tx, scope, request, to, "");
    }

    private Optional<FieldIssue> effect(Tx tx, StaffScope scope, CandidateRequest request) {
        Candidate candidate =
                candidates.find(tx, request.tenant(), request.candidate()).orElseThrow();
        return switch (request.wish()) {
            case Wish.Correction one ->
                    one.field() == CandidateField.PHOTO
                            ? corrections.photo(
                                    tx, scope, candidate, store.file(tx, request).orElseThrow())
                            : corrections.correct(
                                    tx, scope, candidate, one.field(), one.wanted().strip());
            case Wish.Accommodation one -> {
                Plan plan = plans.find(tx, request.tenant(), one.plan()).orElseThrow();
                yield accommodations.set(
                                        tx,
                                        scope,
                                        plan,
                                        candidate.id(),
                                        one.extraMinutes(),
                                        one.accessible())
                                instanceof Accommodations.Outcome.Refused refused
                        ? Optional.of(refused.issue())
                        : Optional.empty();
            }
        };
    }

    /** Refuses; the candidate reads the reason. */
    Optional<FieldIssue> refuse(Tx tx, StaffScope scope, CandidateRequest request, String reason) {
        Optional<FieldIssue> issue = decisionIssue(tx, scope, request);
        if (issue.isPresent()) {
            return issue;
        }
        if (reason.isBlank() || reason.length() > CandidateRequest.STATEMENT_CHARS_MAX) {
            return Optional.of(FieldIssue.of("reason", RequestRefusal.REQUEST_REASON));
        }
        return move(tx, scope, request, State.REFUSED, reason.strip());
    }

    private Optional<FieldIssue> decisionIssue(Tx tx, StaffScope scope, CandidateRequest request) {
        if (!request.state().isPending()) {
            return Optional.of(FieldIssue.of("", RequestRefusal.REQUEST_NOT_PENDING));
        }
        return mayDecide(tx, scope, request)
                ? Optional.empty()
                : Optional.of(FieldIssue.of("", RequestRefusal.REQUEST_NOT_ALLOWED));
    }

    private Optional<FieldIssue> move(
            Tx tx, StaffScope scope, CandidateRequest request, State to, String reason) {
        Optional<Step> step = Optional.of(new Step(scope.login(), clock.instant()));
        CandidateRequest after = with(request, to, step, reason, request.state() == State.OPEN);
        if (!store.move(tx, request, after)) {
            throw new DecidedMeanwhile(request.id());
        }
        audit.changed(tx, scope.actor(), SUBJECT, request.id(), request, after);
        return Optional.empty();
    }

    private static CandidateRequest with(
            CandidateRequest one, State to, Optional<Step> step, String reason, boolean school) {
        return new CandidateRequest(
                one.tenant(),
                one.id(),
                one.candidate(),
                one.school(),
                one.wish(),
                one.statement(),
                one.at(),
                to,
                school ? step : one.bySchool(),
                school ? one.byBody() : step.or(one::byBody),
                reason,
                one.fileName());
    }

    /** Plans in which the candidate can ask for an accommodation. */
    List<Plan> openPlans(Tx tx, Candidate candidate) {
        return new Sittings()
                .ofCandidate(tx, candidate.tenant(), candidate.id()).stream()
                        .map(one -> one.plan().value())
                        .distinct()
                        .flatMap(id -> plans.find(tx, candidate.tenant(), new PlanId(id)).stream())
                        .filter(plan -> !plan.windows().exam().isOver(clock.instant()))
                        .toList();
    }

    /** Two decided at one moment: the second's effect is taken back with the transaction. */
    static final class DecidedMeanwhile extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        DecidedMeanwhile(long id) {
            super("request " + id + " was decided by somebody else at the same moment");
        }
    }
}
