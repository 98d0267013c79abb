package io.invigil.site.delivery;

import io.invigil.exam.pack.ExamPolicy;
import io.invigil.exam.pack.PageRules;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.ApartReason;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.RoomPhase;
import io.invigil.site.apart.HeldKeys;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.RoomView;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.ItemAnswer;
import io.invigil.site.room.core.RoomState;
import io.invigil.site.room.core.SittingState;
import io.invigil.site.sync.CentreReceipts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Makes what candidates' pages show from the published state and the package. Thread-safe. */
public final class CandidateViews {
    private final RoomEngine engine;
    private final CentreReceipts receipts;
    private final HeldKeys held;

    public CandidateViews(RoomEngine engine, CentreReceipts receipts, HeldKeys held) {
        this.engine = engine;
        this.receipts = receipts;
        this.held = held;
    }

    /**
     * One answer as the page resumes with it.
     *
     * @param op the save that it came with
     */
    public record Answer(
            long rev, String op, Map<String, List<String>> response, Instant savedAt) {}

    /** Earlier answers to one item, and answers that are kept apart; newest first. */
    public record Versions(List<Version> earlier, List<Apart> apart) {}

    /** An answer that can be restored. */
    public record Version(long rev, Map<String, List<String>> response, Instant savedAt) {}

    public record Apart(ApartReason why, Map<String, List<String>> response, Instant arrivedAt) {}

    /** The node's signed statement of this moment to the sitting's page. */
    public String contact(long sitting) {
        return held.contact(sitting, engine.state().clock().millisAt(engine.time().now()));
    }

    public Versions versions(long sitting, String item) {
        SittingState state = engine.state().sitting(sitting);
        ItemAnswer answer = state.answers().get(item);
        List<Version> earlier =
                answer == null
                        ? List.of()
                        : answer.versions().stream().map(CandidateViews::version).toList();
        List<Apart> apart =
                state.apart().values().stream()
                        .filter(each -> each.item().equals(item))
                        .map(
                                each ->
                                        new Apart(
                                                each.why(),
                                                each.response(),
                                                Instant.ofEpochMilli(each.arrivedWall())))
                        .toList();
        return new Versions(earlier, apart.reversed());
    }

    private static Version version(ItemAnswer.Version version) {
        return new Version(
                version.revision(), version.response(), Instant.ofEpochMilli(version.savedWall()));
    }

    /**
     * @param attempt which attempt of the sitting
     * @param device the caller's own device, to tell whether it may write
     * @param english language of the rules
     */
    public CandidateState state(
            ActivePackages.Listed listed, long attempt, String device, boolean english) {
        RoomView view = engine.view();
        RoomState room = view.state();
        Roster.Entry entry = listed.entry();
        Roster roster = listed.exam().roster();
        SittingState sitting = room.sitting(attempt);
        Optional<ExamState> exam = room.exam(roster.exam());
        Roster.Subject subject = listed.exam().subject(entry.subject()).orElseThrow();
        OptionalLong remaining = room.remaining(attempt, engine.time().now());
        boolean mine = !sitting.device().isEmpty() && sitting.device().equals(device);
        return new CandidateState(
                roster.exam(),
                roster.planName(),
                roster.zone(),
                roster.slotStart(),
                roster.slotEnd(),
                attempt,
                person(entry),
                place(listed, sitting),
                new CandidateState.Subject(
                        subject.number(),
                        subject.name(),
                        subject.certificate(),
                        subject.minutes(),
                        entry.extraMinutes()),
                exam.map(ExamState::phase).orElse(RoomPhase.PREPARING),
                sitting.attendance().checkedIn().isPresent(),
                sitting.attendance().absent().isPresent(),
                exam.map(e -> e.openedPapers().contains(subject.paper())).orElse(false),
                sitting.started(),
                sitting.timing().pausedAt().isPresent(),
                sitting.started()
                        ? Optional.of(Instant.ofEpochMilli(sitting.timing().startedWall()))
                        : Optional.empty(),
                remaining.isPresent() ? Optional.of(remaining.getAsLong()) : Optional.empty(),
                sitting.timing().grantedMillis(),
                mine ? sitting.lease() : 0,
                !sitting.device().isEmpty() && !mine,
                sitting.answers().size(),
                lastSaved(sitting),
                engine.durability(),
                view.results().get(attempt).map(receipts::covers).orElse(false),
                sitting.apart().size(),
                contact(attempt),
                sitting.handIn().map(CandidateViews::receipt),
                result(listed.exam().policy(), sitting),
                attempts(room, listed, attempt),
                rules(listed.exam().policy(), english));
    }

    /** The attempts so far, and whether another may be opened now. */
    private static CandidateState.Attempts attempts(
            RoomState room, ActivePackages.Listed listed, long shown) {
        ExamPolicy policy = listed.exam().policy();
        AttemptKey latest = AttemptKey.of(room.latest(shown));
        List<CandidateState.Taken> taken = new ArrayList<>();
        for (SittingState each : room.attempts(shown)) {
            int number = AttemptKey.of(each.sitting()).attempt();
            each.handIn()
                    .map(
                            done ->
                                    new CandidateState.Taken(
                                            number, receipt(done), result(policy, each)))
                    .ifPresent(taken::add);
        }
        boolean another =
                latest.value() == shown
                        && room.sitting(shown).handedIn()
                        && latest.attempt() < policy.attemptRules().allowed()
                        && room.examOf(shown)
                                .filter(exam -> exam.phase() == RoomPhase.RUNNING)
                                .isPresent();
        return new CandidateState.Attempts(
                AttemptKey.of(shown).attempt(), policy.attemptRules(), another, taken);
    }

    /** All answers of a sitting, for a page that starts anew. */
    public Map<String, Answer> answers(long sitting) {
        Map<String, Answer> answers = new TreeMap<>();
        engine.state()
                .sitting(sitting)
                .answers()
                .forEach((item, answer) -> answers.put(item, answer(answer)));
        return answers;
    }

    static Optional<CandidateState.Result> result(ExamPolicy policy, SittingState sitting) {
        if (policy.resultVisibility() != ExamPolicy.ResultVisibility.PROVISIONAL_AT_HAND_IN) {
            return Optional.empty();
        }
        return sitting.score().map(s -> new CandidateState.Result(s.score(), s.maximum()));
    }

    private static Answer answer(ItemAnswer answer) {
        return new Answer(
                answer.revision(),
                answer.ops().getFirst().op(),
                answer.response(),
                Instant.ofEpochMilli(answer.savedWall()));
    }

    private static Optional<Instant> lastSaved(SittingState sitting) {
        return sitting.answers().values().stream()
                .map(ItemAnswer::savedWall)
                .max(Long::compare)
                .map(Instant::ofEpochMilli);
    }

    static CandidateState.Receipt receipt(SittingState.HandIn done) {
        return new CandidateState.Receipt(
                done.cause(),
                done.answered(),
                done.answersDigest(),
                Instant.ofEpochMilli(done.wallMillis()));
    }

    private static CandidateState.Person person(Roster.Entry entry) {
        return new CandidateState.Person(
                entry.name(),
                entry.gender(),
                entry.school(),
                entry.candidateNumber(),
                entry.admissionNumber(),
                masked(entry.idNumber()),
                !entry.photo().isEmpty());
    }

    private static CandidateState.Place place(ActivePackages.Listed listed, SittingState sitting) {
        Roster.Entry entry = listed.entry();
        String address = listed.exam().room(entry.room()).map(Roster.Room::address).orElse("");
        return new CandidateState.Place(
                entry.room(), address, sitting.attendance().seat().orElse(entry.seat()));
    }

    private static CandidateState.Rules rules(ExamPolicy policy, boolean english) {
        return new CandidateState.Rules(
                english ? policy.rulesHtmlEn() : policy.rulesHtmlZh(),
                policy.openBook(),
                policy.recordFocusLoss(),
                new PageRules(
                        policy.page().leaving(),
                        policy.page().leavingSecondsAllowed(),
                        policy.page().fullScreen(),
                        policy.page().clipboard(),
                        policy.page().safeBrowser(),
                        List.of()),
                policy.rechecks().any(),
                policy.resultVisibility());
    }

    /** Three digits, stars, the last four: {@code 370***********6532} (domain, section 3). */
    public static String masked(String idNumber) {
        int shown = 7;
        if (idNumber.length() <= shown) {
            return "*".repeat(idNumber.length());
        }
        return idNumber.substring(0, 3)
                + "*".repeat(idNumber.length() - shown)
                + idNumber.substring(idNumber.length() - 4);
    }
}
