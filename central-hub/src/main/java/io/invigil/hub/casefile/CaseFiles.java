package io.invigil.hub.casefile;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.casefile.CaseFile.LevelCase;
import io.invigil.hub.casefile.CaseFile.PlanCase;
import io.invigil.hub.casefile.CaseFile.SubjectCase;
import io.invigil.hub.certificate.Certificates;
import io.invigil.hub.fee.Fees;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.PackageRegister;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.portal.PortalAccounts;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.review.Reviews;
import io.invigil.hub.score.Scores;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts a candidate's case together from what the features keep. Thread-safe. */
public final class CaseFiles {
    private final Clock clock;
    private final Fees fees;
    private final PortalAccounts portal;
    private final BeforeTheExam before;
    private final FromTheDoorOn after;
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();
    private final Sittings sittings = new Sittings();

    /** What happens to a sitting after the exam. */
    public record Evaluation(
            Marking marking, Reviews reviews, Scores scores, Certificates certificates) {}

    public CaseFiles(
            Clock clock,
            BanCheck bans,
            Fees fees,
            PortalAccounts portal,
            PackageRegister packages,
            Evaluation evaluation) {
        this.clock = clock;
        this.fees = fees;
        this.portal = portal;
        this.before = new BeforeTheExam(bans, packages);
        this.after =
                new FromTheDoorOn(
                        evaluation.marking(),
                        evaluation.reviews(),
                        evaluation.scores(),
                        evaluation.certificates());
    }

    /** The case of a candidate whom the member of staff may see, in the plans they may see. */
    public CaseFile of(Tx tx, StaffScope scope, Candidate candidate) {
        Instant now = clock.instant();
        Map<SittingId, Payments.Payment> paid =
                fees.ofCandidate(tx, candidate.tenant(), candidate.id());
        Map<Long, List<Sitting>> byPlan = new TreeMap<>();
        sittings.ofCandidate(tx, candidate.tenant(), candidate.id())
                .forEach(
                        one ->
                                byPlan.computeIfAbsent(one.plan().value(), p -> new ArrayList<>())
                                        .add(one));
        List<PlanCase> cases = new ArrayList<>();
        for (Plan plan : plans.visible(tx, scope)) {
            CasePlace place = new CasePlace(candidate, plan, now);
            List<Sitting> own = byPlan.getOrDefault(plan.id().value(), List.of());
            if (!own.isEmpty()) {
                cases.add(registered(tx, scope, place, own, paid));
            } else if (plan.schools().contains(candidate.school())
                    && !plan.windows().exam().isOver(now)) {
                cases.add(
                        new PlanCase(
                                plan,
                                List.of(before.ban(tx, place), before.unregistered(tx, place)),
                                List.of()));
            }
        }
        return new CaseFile(candidate, person(tx, candidate), cases);
    }

    private List<CaseLine> person(Tx tx, Candidate candidate) {
        return List.of(
                candidate.hasPhoto()
                        ? CaseLine.of(CaseCode.PHOTO_PRESENT, "")
                        : CaseLine.of(CaseCode.PHOTO_MISSING, "/imports/candidates/new"),
                CaseLine.of(
                        switch (portal.standing(tx, candidate)) {
                            case NONE -> CaseCode.ACCOUNT_NONE;
                            case FRESH -> CaseCode.ACCOUNT_FRESH;
                            case ACTIVE -> CaseCode.ACCOUNT_ACTIVE;
                            case LOCKED -> CaseCode.ACCOUNT_LOCKED;
                            case DISABLED -> CaseCode.ACCOUNT_DISABLED;
                        },
                        "/portal-accounts?q=" + candidate.number()));
    }

    private PlanCase registered(
            Tx tx,
            StaffScope scope,
            CasePlace place,
            List<Sitting> own,
            Map<SittingId, Payments.Payment> paid) {
        Plan plan = place.plan();
        Map<Long, List<Sitting>> registrations = new TreeMap<>();
        own.forEach(
                one ->
                        registrations
                                .computeIfAbsent(one.registration().value(), r -> new ArrayList<>())
                                .add(one));
        List<LevelCase> levels = new ArrayList<>();
        registrations.forEach(
                (registration, subjects) -> {
                    List<SubjectCase> lines =
                            subjects.stream().map(one -> subject(tx, place, one, paid)).toList();
                    CertificateLevel level =
                            content.level(tx, plan.tenant(), lines.getFirst().subject().level())
                                    .orElseThrow();
                    levels.add(
                            new LevelCase(
                                    level,
                                    lines,
                                    after.certificate(
                                            tx,
                                            place,
                                            new RegistrationId(registration),
                                            scope.onlySchool().isEmpty())));
                });
        return new PlanCase(
                plan,
                List.of(
                        before.ban(tx, place),
                        CaseLine.of(
                                CaseCode.REGISTRATION_DONE,
                                place.path("registrations?q=" + place.candidate().number()))),
                levels);
    }

    private SubjectCase subject(
            Tx tx, CasePlace place, Sitting sitting, Map<SittingId, Payments.Payment> paid) {
        Subject subject =
                content.subject(tx, place.plan().tenant(), sitting.subject()).orElseThrow();
        Payments.Payment payment = paid.getOrDefault(sitting.id(), Payments.Payment.UNPAID);
        List<CaseLine> lines = new ArrayList<>();
        lines.add(before.fee(place, payment));
        lines.add(before.special(place, sitting));
        lines.add(before.seat(tx, place, sitting, payment));
        lines.add(before.ticket(tx, place, sitting));
        before.slot(tx, place, sitting)
                .ifPresent(
                        time -> {
                            List<CaseLine> later = after.lines(tx, place, sitting, time);
                            CaseLine pack = before.pack(tx, place, sitting);
                            boolean reported =
                                    later.getFirst().code() == CaseCode.ATTENDANCE_ARRIVED
                                            || later.getFirst().code()
                                                    == CaseCode.ATTENDANCE_ABSENT;
                            // a room that reported had a package, whichever node it was
                            if (pack.code() != CaseCode.PACKAGE_MISSING || !reported) {
                                lines.add(pack);
                            }
                            lines.addAll(later);
                        });
        return new SubjectCase(subject, lines);
    }
}
