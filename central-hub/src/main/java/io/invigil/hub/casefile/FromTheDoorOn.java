package io.invigil.hub.casefile;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.certificate.Certificate;
import io.invigil.hub.certificate.Certificates;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Window;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.review.ReviewCase;
import io.invigil.hub.review.Reviews;
import io.invigil.hub.score.CertificateResult;
import io.invigil.hub.score.Results;
import io.invigil.hub.score.ScoreStage;
import io.invigil.hub.score.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines from the door of the room on: attendance, sitting, review, marking, score, publicity,
 * certificate. No line says a score: that is the score page's, with its own rights.
 */
final class FromTheDoorOn {
    private final Marking marking;
    private final Reviews reviews;
    private final Scores scores;
    private final Certificates certificates;
    private final Attempts attempts = new Attempts();
    private final Results results = new Results();

    FromTheDoorOn(Marking marking, Reviews reviews, Scores scores, Certificates certificates) {
        this.marking = marking;
        this.reviews = reviews;
        this.scores = scores;
        this.certificates = certificates;
    }

    /**
     * The lines of a seated sitting.
     *
     * @param time of its slot
     */
    List<CaseLine> lines(Tx tx, CasePlace place, Sitting sitting, Window time) {
        Plan plan = place.plan();
        // the attempt that counts, or the one that is waited for
        SittingId key = scores.compute(tx, plan, sitting).attempt();
        Optional<Attempt> attempt = attempts.find(tx, plan.tenant(), key.value());
        boolean over = time.isOver(place.now());
        List<CaseLine> lines = new ArrayList<>();
        lines.add(attendance(place, attempt, time, over));
        Optional<Attempt> came =
                attempt.filter(one -> one.attendance() != Attempt.Attendance.EXPECTED)
                        .filter(one -> !one.absent());
        came.ifPresent(one -> lines.add(sitting(place, one, over)));
        Optional<Attempt> handedIn = came.filter(one -> one.handIn().isPresent());
        handedIn.flatMap(one -> reviews.find(tx, plan, key))
                .ifPresent(
                        review -> {
                            CaseLine marked = marking(tx, place, sitting, key, review);
                            CaseLine reviewed = review(place, review);
                            // an open alarm keeps a sitting from being passed
                            boolean alarm = marked.code() == CaseCode.MARKING_ALARM;
                            lines.addAll(
                                    alarm ? List.of(marked, reviewed) : List.of(reviewed, marked));
                        });
        boolean decided = handedIn.isPresent() || attempt.filter(Attempt::absent).isPresent();
        if (decided) {
            lines.add(score(tx, place, sitting));
            lines.add(publicity(place));
        }
        return lines;
    }

    private static CaseLine attendance(
            CasePlace place, Optional<Attempt> attempt, Window time, boolean over) {
        if (attempt.filter(Attempt::absent).isPresent()) {
            return CaseLine.of(CaseCode.ATTENDANCE_ABSENT, place.path("late-changes"));
        }
        boolean came =
                attempt.filter(one -> one.attendance() != Attempt.Attendance.EXPECTED).isPresent();
        if (came) {
            return CaseLine.of(CaseCode.ATTENDANCE_ARRIVED, "/exam-day", attempt.get().node());
        }
        return over
                ? CaseLine.of(CaseCode.ATTENDANCE_NO_RECORD, "/nodes")
                : CaseLine.of(CaseCode.ATTENDANCE_NOT_YET, "/exam-day", place.minute(time.from()));
    }

    private static CaseLine sitting(CasePlace place, Attempt attempt, boolean over) {
        return switch (attempt.progress()) {
            case TAKEN ->
                    CaseLine.of(
                            CaseCode.SITTING_HANDED_IN,
                            "",
                            place.minute(attempt.handIn().orElseThrow().at()));
            case IN_PROGRESS ->
                    over
                            ? CaseLine.of(CaseCode.SITTING_NO_HAND_IN, "/nodes", attempt.node())
                            : CaseLine.of(CaseCode.SITTING_IN_PROGRESS, "/exam-day");
            case NOT_TAKEN ->
                    over
                            ? CaseLine.of(CaseCode.SITTING_NEVER_BEGUN, "/exam-day")
                            : CaseLine.of(CaseCode.SITTING_NOT_BEGUN, "/exam-day");
        };
    }

    private static CaseLine review(CasePlace place, ReviewCase review) {
        String path = place.path("gallery/" + review.id());
        return switch (review.state()) {
            case PASSED -> CaseLine.of(CaseCode.REVIEW_PASSED, path);
            case REJECTED ->
                    CaseLine.of(
                            CaseCode.REVIEW_REJECTED,
                            path,
                            review.decision().map(one -> one.reason()).orElse(""));
            case PENDING ->
                    CaseLine.of(
                            CaseCode.REVIEW_PENDING,
                            path,
                            Integer.toString(review.incidents().size()));
        };
    }

    private CaseLine marking(
            Tx tx, CasePlace place, Sitting sitting, SittingId key, ReviewCase review) {
        String path = place.path("sittings/" + sitting.id());
        if (!review.alarms().isEmpty()) {
            return CaseLine.of(CaseCode.MARKING_ALARM, path);
        }
        if (marking.objective(tx, place.plan().tenant(), key).isEmpty()) {
            return CaseLine.of(CaseCode.MARKING_NONE, path);
        }
        long open =
                marking.written(tx, place.plan().tenant(), key).stream()
                        .filter(one -> one.mark().isEmpty() && !one.isEmpty())
                        .count();
        return open == 0
                ? CaseLine.of(CaseCode.MARKING_DONE, path)
                : CaseLine.of(CaseCode.MARKING_OPEN, path, Long.toString(open));
    }

    private CaseLine score(Tx tx, CasePlace place, Sitting sitting) {
        Plan plan = place.plan();
        String path = place.path("scores");
        if (scores.find(tx, plan.tenant(), sitting.id()).isPresent()) {
            return CaseLine.of(CaseCode.SCORE_ENTERED, path);
        }
        String days =
                place.day(plan.windows().score().from())
                        + " – "
                        + plan.windows().of(PlanStage.SCORE_ENTRY).lastDay(plan.zone());
        return ScoreStage.of(plan, place.now()) == ScoreStage.NOT_OPEN
                ? CaseLine.of(CaseCode.SCORE_NOT_OPEN, path, days)
                : CaseLine.of(CaseCode.SCORE_NOT_ENTERED, path, days);
    }

    private static CaseLine publicity(CasePlace place) {
        Plan plan = place.plan();
        if (plan.policy().resultVisibility() == ResultVisibility.NEVER) {
            return CaseLine.of(CaseCode.PUBLICITY_NEVER, "");
        }
        Window window = plan.windows().publicity();
        return switch (ScoreStage.of(plan, place.now())) {
            case FINAL -> CaseLine.of(CaseCode.PUBLICITY_FINAL, "");
            case PUBLICITY ->
                    CaseLine.of(
                            CaseCode.PUBLICITY_OPEN, "", window.lastDay(plan.zone()).toString());
            case NOT_OPEN, ENTRY ->
                    CaseLine.of(CaseCode.PUBLICITY_NOT_YET, "", place.day(window.from()));
        };
    }

    /**
     * The certificate of a registration.
     *
     * @param results whether the visitor may see results before publicity
     */
    CaseLine certificate(Tx tx, CasePlace place, RegistrationId registration, boolean early) {
        Plan plan = place.plan();
        String path = place.path("certificates");
        Optional<Certificate> known = certificates.find(tx, plan.tenant(), registration);
        if (known.isPresent()) {
            return recorded(place, known.get(), path);
        }
        ScoreStage stage = ScoreStage.of(plan, place.now());
        if (!early && !stage.isVisibleToCandidates()) {
            return CaseLine.of(CaseCode.CERTIFICATE_AFTER_SCORES, "");
        }
        CertificateResult.State state =
                results.find(tx, plan, registration)
                        .map(CertificateResult::state)
                        .orElse(CertificateResult.State.WAITING);
        return switch (state) {
            case WAITING -> CaseLine.of(CaseCode.CERTIFICATE_AFTER_SCORES, "");
            case NOT_PASSED -> CaseLine.of(CaseCode.CERTIFICATE_NOT_PASSED, path);
            case PASSED ->
                    stage == ScoreStage.FINAL
                            ? CaseLine.of(CaseCode.CERTIFICATE_NOT_RECORDED, path)
                            : CaseLine.of(
                                    CaseCode.CERTIFICATE_NOT_FINAL,
                                    path,
                                    place.day(plan.windows().publicity().to()));
        };
    }

    private static CaseLine recorded(CasePlace place, Certificate known, String path) {
        return switch (known.state()) {
            case ISSUED ->
                    CaseLine.of(
                            CaseCode.CERTIFICATE_ISSUED,
                            path,
                            known.issue().orElseThrow().number());
            case REVOKED ->
                    CaseLine.of(
                            CaseCode.CERTIFICATE_REVOKED,
                            path,
                            known.revocation().orElseThrow().reason());
            case RECORDED ->
                    known.body().isEmpty()
                            ? CaseLine.of(CaseCode.CERTIFICATE_BODY_OPEN, path)
                            : CaseLine.of(CaseCode.CERTIFICATE_SITE_OPEN, path);
        };
    }
}
