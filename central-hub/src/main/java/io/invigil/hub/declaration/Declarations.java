package io.invigil.hub.declaration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.declaration.Declaration.State;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.Provinces;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Window;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of declarations; see the package. Thread-safe. */
public final class Declarations {
    public static final int LISTED_MAX = 20_000;
    public static final int CANDIDATES_MAX = 100_000;
    public static final int MAJORS_CHARS_MAX = 500;
    public static final int STATEMENT_CHARS_MAX = 2_000;
    public static final int REASON_CHARS_MAX = 500;

    private final Clock clock;
    private final DeclarationYears years;
    private final DeclarationStore store = new DeclarationStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();
    private final Organisations organisations = new Organisations();

    public Declarations(Clock clock, DeclarationYears years) {
        this.clock = clock;
        this.years = years;
    }

    /** A declaration with the school that made it. */
    public record Listed(Declaration declaration, Organisation school) {}

    /** Those of the year that the member of staff may see, by school and certificate. */
    public List<Listed> visible(Tx tx, StaffScope scope, int year) {
        Map<OrganisationId, Organisation> schools =
                organisations.ofKind(tx, scope.tenant(), OrganisationKind.SCHOOL).stream()
                        .collect(Collectors.toMap(Organisation::id, Function.identity()));
        Provinces provinces = organisations.provinces(tx, scope.tenant());
        Set<String> ofBody = certificates(tx, scope);
        return store.ofYear(tx, scope.tenant(), year, LISTED_MAX).stream()
                .map(one -> new Listed(one, schools.get(one.school())))
                .filter(one -> isVisible(scope, one, provinces, ofBody))
                .toList();
    }

    public Optional<Listed> findVisible(Tx tx, StaffScope scope, DeclarationId id) {
        return store.find(tx, scope.tenant(), id)
                .map(
                        one ->
                                new Listed(
                                        one,
                                        organisations
                                                .find(tx, scope.tenant(), one.school())
                                                .orElseThrow()))
                .filter(
                        one ->
                                isVisible(
                                        scope,
                                        one,
                                        organisations.provinces(tx, scope.tenant()),
                                        certificates(tx, scope)));
    }

    private Set<String> certificates(Tx tx, StaffScope scope) {
        return scope.role() == StaffRole.BODY_STAFF
                ? store.ofBody(tx, scope.tenant(), scope.organisation().id())
                : Set.of();
    }

    /** A draft is nobody's business but the school's; a body sees what concerns its own plans. */
    private static boolean isVisible(
            StaffScope scope, Listed one, Provinces provinces, Set<String> ofBody) {
        boolean sent = one.declaration().state() != State.DRAFT;
        return switch (scope.role()) {
            case SCHOOL_CLERK -> scope.sees(one.declaration().school());
            case PROVINCE_STAFF ->
                    sent && provinces.answersFor(scope.organisation().id(), one.school());
            case BODY_STAFF -> sent && ofBody.contains(one.declaration().content().certificate());
            case AUTHORITY_READER -> sent;
            case TEACHER, UNIT_STAFF, COLLEGE_STAFF -> false;
            case BODY_ADMIN,
                    SCHOOL_ADMIN,
                    AUTHORITY_ADMIN,
                    PROVINCE_ADMIN,
                    UNIT_ADMIN,
                    COLLEGE_ADMIN ->
                    false;
        };
    }

    /** Certificates that can be declared, name by number. */
    public Map<String, String> catalogue(Tx tx, StaffScope scope) {
        return store.catalogue(tx, scope.tenant());
    }

    public List<DeclarationEvent> history(Tx tx, Declaration declaration) {
        return store.events(tx, declaration);
    }

    /** Begins a declaration; it is not sent yet. The name is taken from the certificates' list. */
    public DeclarationDecision add(Tx tx, StaffScope scope, int year, Declaration.Content content) {
        if (scope.role() != StaffRole.SCHOOL_CLERK) {
            return DeclarationDecision.refused(DeclarationRefusal.DECLARATION_NOT_ALLOWED);
        }
        // taken first: two tabs of one school wait here for each other
        DeclarationId id =
                new DeclarationId(numbers.take(tx, scope.tenant(), NumberSeries.DECLARATION, 1));
        Optional<DeclarationDecision> closed = closed(tx, scope.organisation(), year);
        if (closed.isPresent()) {
            return closed.get();
        }
        Declaration.Content named = named(tx, scope, content);
        OrganisationId school = scope.organisation().id();
        List<FieldIssue> issues = issues(named);
        if (store.ofSchool(tx, scope.tenant(), school, year).stream()
                .anyMatch(one -> one.content().certificate().equals(named.certificate()))) {
            issues.add(FieldIssue.of("certificate", DeclarationRefusal.DECLARATION_EXISTS));
        }
        if (!issues.isEmpty()) {
            return new DeclarationDecision.Refused(issues);
        }
        Declaration added =
                new Declaration(scope.tenant(), id, school, year, named, State.DRAFT, 1);
        store.add(tx, added);
        audit.created(tx, scope.actor(), "declaration", id, added);
        return new DeclarationDecision.Saved(id);
    }

    private Declaration.Content named(Tx tx, StaffScope scope, Declaration.Content content) {
        String name = store.catalogue(tx, scope.tenant()).getOrDefault(content.certificate(), "");
        return new Declaration.Content(
                content.certificate(),
                name,
                content.majors().strip(),
                content.candidates(),
                content.statement().strip());
    }

    private static List<FieldIssue> issues(Declaration.Content content) {
        List<FieldIssue> issues = new ArrayList<>();
        if (content.name().isEmpty()) {
            issues.add(
                    FieldIssue.of(
                            "certificate", DeclarationRefusal.DECLARATION_CERTIFICATE_UNKNOWN));
        }
        if (content.majors().isEmpty()) {
            issues.add(FieldIssue.of("majors", DeclarationRefusal.DECLARATION_MAJORS_MISSING));
        }
        tooLong(issues, "majors", content.majors(), MAJORS_CHARS_MAX);
        tooLong(issues, "statement", content.statement(), STATEMENT_CHARS_MAX);
        if (content.candidates() < 1 || content.candidates() > CANDIDATES_MAX) {
            issues.add(
                    FieldIssue.of(
                            "candidates",
                            DeclarationRefusal.DECLARATION_COUNT_RANGE,
                            "" + CANDIDATES_MAX));
        }
        return issues;
    }

    private static void tooLong(List<FieldIssue> issues, String field, String text, int max) {
        if (text.length() > max) {
            issues.add(
                    FieldIssue.of(field, DeclarationRefusal.DECLARATION_TEXT_TOO_LONG, "" + max));
        }
    }

    /**
     * Changes majors, number and statement; the certificate stays.
     *
     * @param version of the declaration from which the form was filled
     */
    public DeclarationDecision change(
            Tx tx,
            StaffScope scope,
            Declaration declaration,
            Declaration.Content content,
            int version) {
        Optional<DeclarationDecision> refusal = notEditable(tx, scope, declaration);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (version != declaration.version()) {
            return DeclarationDecision.refused(DeclarationRefusal.DECLARATION_CHANGED_MEANWHILE);
        }
        Declaration.Content kept =
                new Declaration.Content(
                        declaration.content().certificate(),
                        declaration.content().name(),
                        content.majors().strip(),
                        content.candidates(),
                        content.statement().strip());
        List<FieldIssue> issues = issues(kept);
        return issues.isEmpty()
                ? written(tx, scope, declaration, declaration.with(kept))
                : new DeclarationDecision.Refused(issues);
    }

    /** Sends it to the department. */
    public DeclarationDecision submit(Tx tx, StaffScope scope, Declaration declaration) {
        return notEditable(tx, scope, declaration)
                .orElseGet(
                        () ->
                                step(
                                        tx,
                                        scope,
                                        declaration,
                                        State.PENDING,
                                        DeclarationEvent.Step.SUBMITTED,
                                        ""));
    }

    /** Takes it back before it was reviewed. */
    public DeclarationDecision withdraw(Tx tx, StaffScope scope, Declaration declaration) {
        if (!scope.mayChange(declaration.school())) {
            return DeclarationDecision.refused(DeclarationRefusal.DECLARATION_NOT_ALLOWED);
        }
        if (declaration.state() != State.PENDING) {
            return DeclarationDecision.refused(DeclarationRefusal.DECLARATION_NOT_PENDING);
        }
        // one that was returned and sent again late could otherwise never be sent a third time
        boolean returnedBefore =
                store.events(tx, declaration).stream().anyMatch(event -> !event.reason().isEmpty());
        State back = returnedBefore ? State.RETURNED : State.DRAFT;
        return step(tx, scope, declaration, back, DeclarationEvent.Step.WITHDRAWN, "");
    }

    /** Removes one that is not sent. */
    public DeclarationDecision remove(Tx tx, StaffScope scope, Declaration declaration) {
        if (!scope.mayChange(declaration.school())) {
            return DeclarationDecision.refused(DeclarationRefusal.DECLARATION_NOT_ALLOWED);
        }
        if (declaration.state() != State.DRAFT) {
            return DeclarationDecision.refused(DeclarationRefusal.DECLARATION_NOT_EDITABLE);
        }
        if (!store.remove(tx, declaration)) {
            return DeclarationDecision.refused(DeclarationRefusal.DECLARATION_CHANGED_MEANWHILE);
        }
        audit.deleted(tx, scope.actor(), "declaration", declaration.id(), declaration);
        return new DeclarationDecision.Saved(declaration.id());
    }

    public DeclarationDecision approve(Tx tx, StaffScope scope, Declaration declaration) {
        return notReviewable(scope, declaration, State.PENDING)
                .orElseGet(
                        () ->
                                step(
                                        tx,
                                        scope,
                                        declaration,
                                        State.APPROVED,
                                        DeclarationEvent.Step.APPROVED,
                                        ""));
    }

    /** Gives it back; the reason is shown to the school. */
    public DeclarationDecision giveBack(
            Tx tx, StaffScope scope, Declaration declaration, String reason) {
        return notReviewable(scope, declaration, State.PENDING)
                .orElseGet(
                        () ->
                                returned(
                                        tx,
                                        scope,
                                        declaration,
                                        DeclarationEvent.Step.RETURNED,
                                        reason));
    }

    /** Takes an approval back while no candidate of the school is registered for it that year. */
    public DeclarationDecision revoke(
            Tx tx, StaffScope scope, Declaration declaration, String reason) {
        Optional<DeclarationDecision> refusal = notReviewable(scope, declaration, State.APPROVED);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        LocalDate first = LocalDate.of(declaration.year(), 1, 1);
        Window year = Window.ofDays(first, first.plusYears(1).minusDays(1), years.zone());
        if (store.isInUse(tx, declaration, year)) {
            return DeclarationDecision.refused(DeclarationRefusal.DECLARATION_IN_USE);
        }
        return returned(tx, scope, declaration, DeclarationEvent.Step.REVOKED, reason);
    }

    private DeclarationDecision returned(
            Tx tx,
            StaffScope scope,
            Declaration declaration,
            DeclarationEvent.Step step,
            String reason) {
        String text = reason.strip();
        if (text.isEmpty() || text.length() > REASON_CHARS_MAX) {
            return new DeclarationDecision.Refused(
                    List.of(
                            FieldIssue.of(
                                    "reason", DeclarationRefusal.DECLARATION_REASON_MISSING)));
        }
        return step(tx, scope, declaration, State.RETURNED, step, text);
    }

    private static Optional<DeclarationDecision> notReviewable(
            StaffScope scope, Declaration declaration, State wanted) {
        if (scope.role() != StaffRole.PROVINCE_STAFF) {
            return Optional.of(
                    DeclarationDecision.refused(DeclarationRefusal.DECLARATION_NOT_ALLOWED));
        }
        if (declaration.state() == wanted) {
            return Optional.empty();
        }
        return Optional.of(
                DeclarationDecision.refused(
                        wanted == State.PENDING
                                ? DeclarationRefusal.DECLARATION_NOT_PENDING
                                : DeclarationRefusal.DECLARATION_NOT_APPROVED));
    }

    /** Outside the window only a returned declaration can still be changed and sent. */
    private Optional<DeclarationDecision> notEditable(
            Tx tx, StaffScope scope, Declaration declaration) {
        if (!scope.mayChange(declaration.school())) {
            return Optional.of(
                    DeclarationDecision.refused(DeclarationRefusal.DECLARATION_NOT_ALLOWED));
        }
        if (!declaration.state().isEditable()) {
            return Optional.of(
                    DeclarationDecision.refused(DeclarationRefusal.DECLARATION_NOT_EDITABLE));
        }
        return declaration.state() == State.DRAFT
                ? closed(tx, scope.organisation(), declaration.year())
                : Optional.empty();
    }

    private Optional<DeclarationDecision> closed(Tx tx, Organisation school, int year) {
        Optional<DeclarationYear> opened = years.of(tx, school, year);
        if (opened.isEmpty()) {
            return Optional.of(
                    DeclarationDecision.refused(
                            DeclarationRefusal.DECLARATION_YEAR_NOT_OPENED, "" + year));
        }
        Window window = opened.get().window();
        if (window.contains(clock.instant())) {
            return Optional.empty();
        }
        String days = window.firstDay(years.zone()) + " – " + window.lastDay(years.zone());
        return Optional.of(
                DeclarationDecision.refused(DeclarationRefusal.DECLARATION_WINDOW_CLOSED, days));
    }

    private DeclarationDecision step(
            Tx tx,
            StaffScope scope,
            Declaration declaration,
            State next,
            DeclarationEvent.Step step,
            String reason) {
        DeclarationDecision written = written(tx, scope, declaration, declaration.in(next));
        if (written instanceof DeclarationDecision.Saved) {
            int number = store.events(tx, declaration).size() + 1;
            Instant at = Instant.ofEpochMilli(clock.millis());
            store.addEvent(
                    tx, declaration, number, new DeclarationEvent(step, scope.login(), at, reason));
        }
        return written;
    }

    private DeclarationDecision written(
            Tx tx, StaffScope scope, Declaration before, Declaration changed) {
        if (!store.change(tx, changed)) {
            return DeclarationDecision.refused(DeclarationRefusal.DECLARATION_CHANGED_MEANWHILE);
        }
        audit.changed(tx, scope.actor(), "declaration", changed.id(), before, changed);
        return new DeclarationDecision.Saved(changed.id());
    }
}
