package io.invigil.hub.violation;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Window;
import io.invigil.hub.registration.BanCheck;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Bans: entered and lifted by the exam authority, asked through {@link BannedPeople}. Thread-safe.
 */
public final class Bans implements BanCheck {
    /** Source S1 article 7: one to three years. */
    public static final int YEARS_MAX = 3;

    public static final int REASON_CHARS_MAX = 1000;

    private final Clock clock;
    private final BanStore store = new BanStore();
    private final BannedPeople people = new BannedPeople();
    private final Candidates candidates = new Candidates();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public Bans(Clock clock) {
        this.clock = clock;
    }

    /**
     * A ban as entered.
     *
     * @param body whose exams it concerns; empty means every exam
     * @param zone in which the days are meant
     */
    public record Draft(
            String idNumber,
            Optional<OrganisationId> body,
            Optional<LocalDate> first,
            Optional<LocalDate> last,
            ZoneId zone,
            String reason) {}

    @Override
    public Map<CandidateId, String> banned(Tx tx, Plan plan, Collection<CandidateId> asked) {
        return people.banned(tx, plan, asked);
    }

    /**
     * Enters a ban.
     *
     * @return why it was not entered; empty when done
     */
    public List<FieldIssue> add(Tx tx, StaffScope scope, Draft draft) {
        if (scope.role() != StaffRole.AUTHORITY_READER) {
            return List.of(FieldIssue.of("", BanRefusal.BAN_NOT_ALLOWED));
        }
        List<FieldIssue> issues = new ArrayList<>();
        String idNumber = draft.idNumber().toUpperCase(Locale.ROOT);
        Optional<Candidate> candidate =
                Optional.ofNullable(
                        candidates
                                .findByIdNumbers(tx, scope.tenant(), List.of(idNumber))
                                .get(idNumber));
        if (candidate.isEmpty()) {
            issues.add(FieldIssue.of("idNumber", BanRefusal.BAN_CANDIDATE_UNKNOWN));
        }
        if (draft.first().isEmpty() || draft.last().isEmpty()) {
            issues.add(FieldIssue.of("first", BanRefusal.BAN_DATES_MISSING));
        } else if (draft.last().get().isBefore(draft.first().get())) {
            issues.add(FieldIssue.of("last", BanRefusal.BAN_DATES_REVERSED));
        } else {
            LocalDate latest = draft.first().get().plusYears(YEARS_MAX).minusDays(1);
            if (draft.last().get().isAfter(latest)) {
                issues.add(FieldIssue.of("last", BanRefusal.BAN_TOO_LONG, latest.toString()));
            }
        }
        if (draft.reason().isBlank() || draft.reason().length() > REASON_CHARS_MAX) {
            issues.add(FieldIssue.of("reason", BanRefusal.BAN_REASON_MISSING));
        }
        if (!issues.isEmpty()) {
            return issues;
        }
        Ban added =
                new Ban(
                        scope.tenant(),
                        numbers.take(tx, scope.tenant(), NumberSeries.BAN, 1),
                        candidate.get().id(),
                        draft.body(),
                        Window.ofDays(draft.first().get(), draft.last().get(), draft.zone()),
                        draft.reason().strip(),
                        scope.login(),
                        clock.instant(),
                        Optional.empty());
        store.add(tx, added);
        audit.created(tx, scope.actor(), "ban", added.id(), added);
        return List.of();
    }

    /**
     * Lifts a ban; it stays in the list with who lifted it and why.
     *
     * @return why it was not lifted; empty when done
     */
    public List<FieldIssue> lift(Tx tx, StaffScope scope, Ban ban, String reason) {
        if (scope.role() != StaffRole.AUTHORITY_READER) {
            return List.of(FieldIssue.of("", BanRefusal.BAN_NOT_ALLOWED));
        }
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            return List.of(FieldIssue.of("reason", BanRefusal.BAN_REASON_MISSING));
        }
        Ban.Lifting lifting = new Ban.Lifting(clock.instant(), scope.login(), reason.strip());
        if (!store.lift(tx, ban.tenant(), ban.id(), lifting)) {
            return List.of(FieldIssue.of("", BanRefusal.BAN_LIFTED));
        }
        audit.changed(
                tx,
                scope.actor(),
                "ban",
                ban.id(),
                Map.of("lifted", ""),
                Map.of("lifted", lifting.reason()));
        return List.of();
    }

    public Optional<Ban> find(Tx tx, StaffScope scope, long id) {
        return store.find(tx, scope.tenant(), id);
    }

    /** Newest first. */
    public List<Ban> all(Tx tx, StaffScope scope, int offset, int limit) {
        return store.all(tx, scope.tenant(), offset, limit);
    }

    public long count(Tx tx, StaffScope scope) {
        return store.count(tx, scope.tenant());
    }
}
