package io.invigil.hub.notice;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateFilter;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.message.Channel;
import io.invigil.hub.message.MessageKind;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sending notices, and what became of them. Thread-safe. */
public final class Notices {
    /** Candidates of one notice. */
    public static final int RECIPIENTS_MAX = 20_000;

    /** Candidates of one notice that is also told by text messages, which cost. */
    public static final int MESSAGES_MAX = 2_000;

    private final Clock clock;
    private final Plans plans = new Plans();
    private final Sittings sittings = new Sittings();
    private final Candidates candidates = new Candidates();
    private final Numbers numbers = new Numbers();
    private final Outbox outbox = new Outbox();
    private final NoticeStore store = new NoticeStore();
    private final Audit audit = new Audit();

    public Notices(Clock clock) {
        this.clock = clock;
    }

    /**
     * A notice as entered.
     *
     * @param plan and {@code site}: for the audiences that name them
     * @param named candidate or ID numbers, for {@link Notice.Audience#NAMED}
     * @param byMessage whether a text message tells of it
     */
    public record Draft(
            String title,
            String body,
            Notice.Audience audience,
            Optional<PlanId> plan,
            Optional<Long> site,
            List<String> named,
            boolean byMessage) {
        public Draft {
            named = List.copyOf(named);
        }
    }

    /** What came of it. */
    public sealed interface Outcome {
        record Sent(Notice notice) implements Outcome {}

        record Refused(FieldIssue issue) implements Outcome {}
    }

    /** A notice in the portal. */
    public record Received(Notice notice, boolean read) {}

    /**
     * Sends a notice.
     *
     * @param message the text of the message that tells of it
     */
    public Outcome send(Tx tx, StaffScope scope, Draft draft, String message) {
        if (draft.title().isBlank() || draft.title().length() > Notice.TITLE_CHARS_MAX) {
            return refused("title", NoticeRefusal.NOTICE_TITLE, "");
        }
        if (draft.body().isBlank() || draft.body().length() > Notice.BODY_CHARS_MAX) {
            return refused("body", NoticeRefusal.NOTICE_BODY, "");
        }
        List<Candidate> to = new ArrayList<>();
        Optional<FieldIssue> issue = find(tx, scope, draft, to);
        if (issue.isPresent()) {
            return new Outcome.Refused(issue.get());
        }
        int most = draft.byMessage() ? MESSAGES_MAX : RECIPIENTS_MAX;
        if (to.isEmpty()) {
            return refused("audience", NoticeRefusal.NOTICE_NOBODY, "");
        }
        if (to.size() > most) {
            return refused("audience", NoticeRefusal.NOTICE_TOO_MANY, Integer.toString(most));
        }
        Notice notice =
                new Notice(
                        scope.tenant(),
                        numbers.take(tx, scope.tenant(), NumberSeries.CANDIDATE_NOTICE, 1),
                        scope.organisation().id(),
                        scope.login(),
                        clock.instant(),
                        draft.title().strip(),
                        draft.body().strip(),
                        draft.audience(),
                        to.size());
        Map<CandidateId, Long> messages = new LinkedHashMap<>();
        to.forEach(one -> messages.put(one.id(), message(tx, scope, draft, one, message)));
        store.add(tx, notice, messages);
        audit.created(tx, scope.actor(), "candidate-notice", notice.id(), notice);
        return new Outcome.Sent(notice);
    }

    /** The message's number in the outbox; 0 for none. */
    private long message(Tx tx, StaffScope scope, Draft draft, Candidate to, String message) {
        return draft.byMessage() && Outbox.isMobile(to.mobile())
                ? outbox.put(
                        tx,
                        scope.tenant().value(),
                        scope.organisation().id().value(),
                        MessageKind.NOTICE,
                        Channel.SMS,
                        to.mobile(),
                        draft.title().strip(),
                        message)
                : 0;
    }

    /** Fills in the recipients within the member's scope; what is wrong, if anything. */
    private Optional<FieldIssue> find(Tx tx, StaffScope scope, Draft draft, List<Candidate> to) {
        return switch (draft.audience()) {
            case PLAN, SITE -> ofPlan(tx, scope, draft, to);
            case SCHOOL -> {
                if (scope.role() != StaffRole.SCHOOL_CLERK) {
                    yield issue("audience", NoticeRefusal.NOTICE_AUDIENCE, "");
                }
                CandidateFilter own = CandidateFilter.ofSchool(scope.organisation().id());
                to.addAll(candidates.list(tx, scope, own, 0, RECIPIENTS_MAX + 1));
                yield Optional.empty();
            }
            case NAMED -> named(tx, scope, draft, to);
        };
    }

    private Optional<FieldIssue> ofPlan(Tx tx, StaffScope scope, Draft draft, List<Candidate> to) {
        Optional<Plan> plan = draft.plan().flatMap(id -> plans.findVisible(tx, scope, id));
        boolean site = draft.audience() == Notice.Audience.SITE;
        boolean sitting = scope.role() == StaffRole.SCHOOL_CLERK;
        if (plan.isEmpty()
                || (site && draft.site().isEmpty())
                || (!sitting && !scope.mayRunPlansOf(plan.get().body()))) {
            return issue("plan", NoticeRefusal.NOTICE_PLAN, "");
        }
        List<CandidateId> ids =
                sittings.ofPlan(tx, scope.tenant(), plan.get().id()).stream()
                        .filter(one -> !site || isAt(one, draft.site().orElseThrow()))
                        .map(Sitting::candidate)
                        .distinct()
                        .toList();
        to.addAll(visible(scope, candidates.findAll(tx, scope.tenant(), ids).values()));
        return Optional.empty();
    }

    private static boolean isAt(Sitting one, long site) {
        return one.seating().filter(seat -> seat.site().value() == site).isPresent();
    }

    private Optional<FieldIssue> named(Tx tx, StaffScope scope, Draft draft, List<Candidate> to) {
        List<String> wanted =
                draft.named().stream().map(one -> one.toUpperCase(Locale.ROOT)).toList();
        Map<String, Candidate> known = candidates.findByAnyNumber(tx, scope.tenant(), wanted);
        List<String> unknown =
                wanted.stream()
                        .filter(one -> !known.containsKey(one) || !may(scope, known.get(one)))
                        .toList();
        if (!unknown.isEmpty()) {
            return issue(
                    "named",
                    NoticeRefusal.NOTICE_NUMBERS_UNKNOWN,
                    String.join("、", unknown.subList(0, Math.min(5, unknown.size()))));
        }
        to.addAll(new LinkedHashMap<>(known).values().stream().distinct().toList());
        return Optional.empty();
    }

    private static boolean may(StaffScope scope, Candidate one) {
        return scope.sees(one.school());
    }

    private static List<Candidate> visible(StaffScope scope, Collection<Candidate> all) {
        return all.stream().filter(one -> may(scope, one)).toList();
    }

    private static Optional<FieldIssue> issue(String field, NoticeRefusal code, String detail) {
        return Optional.of(FieldIssue.of(field, code, detail));
    }

    private static Outcome refused(String field, NoticeRefusal code, String detail) {
        return new Outcome.Refused(FieldIssue.of(field, code, detail));
    }

    List<Notice> list(Tx tx, StaffScope scope, int offset, int limit) {
        return store.of(tx, scope.tenant(), scope.organisation().id(), offset, limit);
    }

    long count(Tx tx, StaffScope scope) {
        return store.count(tx, scope.tenant(), scope.organisation().id());
    }

    /** A notice of the own organisation. */
    Optional<Notice> find(Tx tx, StaffScope scope, long id) {
        return store.find(tx, scope.tenant(), id)
                .filter(one -> one.organisation().equals(scope.organisation().id()));
    }

    List<NoticeDelivery> deliveries(Tx tx, Notice notice, int offset, int limit) {
        return store.deliveries(tx, notice, offset, limit);
    }

    long read(Tx tx, Notice notice) {
        return store.read(tx, notice);
    }

    /** A candidate's notices, newest first. */
    List<Received> received(Tx tx, Candidate candidate) {
        return store.received(tx, candidate.tenant(), candidate.id());
    }

    /** Opens one: from now on it counts as read. */
    Optional<Notice> open(Tx tx, Candidate candidate, long id) {
        Optional<Notice> own =
                received(tx, candidate).stream()
                        .map(Received::notice)
                        .filter(one -> one.id() == id)
                        .findFirst();
        own.ifPresent(one -> store.markRead(tx, one, candidate.id(), clock.instant()));
        return own;
    }
}
