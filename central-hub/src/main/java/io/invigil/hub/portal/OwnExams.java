package io.invigil.hub.portal;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.certificate.Certificate;
import io.invigil.hub.certificate.Certificates;
import io.invigil.hub.fee.Fees;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.Window;
import io.invigil.hub.print.OwnTickets;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Registration;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.registration.RegistrationState;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.score.ScoreQuery;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.Sites;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything a candidate sees of the own exams (domain, sections 5, 6, 7, 14, 15). Seats are shown
 * with the ticket, never before. Thread-safe.
 */
public final class OwnExams {
    private final Clock clock;
    private final Registrations registrations;
    private final Fees fees;
    private final OwnTickets tickets;
    private final ScoreQuery scores;
    private final Certificates certificates;
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();
    private final Sittings sittings = new Sittings();
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();

    public OwnExams(
            Clock clock,
            Registrations registrations,
            Fees fees,
            OwnTickets tickets,
            ScoreQuery scores,
            Certificates certificates) {
        this.clock = clock;
        this.registrations = registrations;
        this.fees = fees;
        this.tickets = tickets;
        this.scores = scores;
        this.certificates = certificates;
    }

    /**
     * A plan in which the candidate is registered.
     *
     * @param ticket whether the ticket can be downloaded
     */
    public record OwnPlan(
            Plan plan, boolean ticket, List<OwnLevel> levels, ScoreQuery.Answer scores) {
        public OwnPlan {
            levels = List.copyOf(levels);
        }

        /** The admission number, once there is a ticket. */
        public Optional<String> admissionNumber() {
            return levels.stream()
                    .flatMap(level -> level.subjects().stream())
                    .flatMap(subject -> subject.place().stream())
                    .map(place -> place.seating().admissionNumber())
                    .findFirst();
        }
    }

    /** A registration: one certificate level with its subjects. */
    public record OwnLevel(
            RegistrationId registration,
            CertificateLevel level,
            List<OwnSubject> subjects,
            Optional<Certificate> certificate) {
        public OwnLevel {
            subjects = List.copyOf(subjects);
        }

        /** Whether the e-certificate can be downloaded. */
        public boolean issued() {
            return certificate.filter(c -> c.state() == Certificate.State.ISSUED).isPresent();
        }
    }

    /** One subject. */
    public record OwnSubject(
            Subject subject,
            Sitting sitting,
            RegistrationState state,
            Payments.Payment payment,
            Optional<Place> place) {}

    /** Where and when one sits. */
    public record Place(Seating seating, Window time, Room room, Site site) {}

    /** The candidate's plans, the newest exam first. */
    public List<OwnPlan> of(Tx tx, Candidate candidate) {
        Map<SittingId, Payments.Payment> paid =
                fees.ofCandidate(tx, candidate.tenant(), candidate.id());
        Map<Long, List<Sitting>> byPlan = new TreeMap<>();
        sittings.ofCandidate(tx, candidate.tenant(), candidate.id())
                .forEach(
                        one ->
                                byPlan.computeIfAbsent(one.plan().value(), p -> new ArrayList<>())
                                        .add(one));
        List<OwnPlan> found = new ArrayList<>();
        byPlan.forEach(
                (id, own) -> {
                    Plan plan = plans.find(tx, candidate.tenant(), new PlanId(id)).orElseThrow();
                    boolean ticket = tickets.exists(tx, plan, candidate);
                    found.add(
                            new OwnPlan(
                                    plan,
                                    ticket,
                                    levels(tx, plan, own, paid, ticket),
                                    scores.own(tx, plan, candidate)));
                });
        found.sort(
                Comparator.comparing((OwnPlan one) -> one.plan().windows().exam().from())
                        .reversed());
        return found;
    }

    private List<OwnLevel> levels(
            Tx tx,
            Plan plan,
            List<Sitting> own,
            Map<SittingId, Payments.Payment> paid,
            boolean ticket) {
        Map<Long, List<OwnSubject>> subjects = new TreeMap<>();
        for (Sitting sitting : own) {
            subjects.computeIfAbsent(sitting.registration().value(), r -> new ArrayList<>())
                    .add(subject(tx, plan, sitting, paid, ticket));
        }
        List<OwnLevel> levels = new ArrayList<>();
        subjects.forEach(
                (number, lines) -> {
                    RegistrationId id = new RegistrationId(number);
                    Registration registration =
                            registrations.find(tx, plan.tenant(), id).orElseThrow();
                    levels.add(
                            new OwnLevel(
                                    id,
                                    content.level(tx, plan.tenant(), registration.level())
                                            .orElseThrow(),
                                    lines,
                                    certificates.find(tx, plan.tenant(), id)));
                });
        return levels;
    }

    private OwnSubject subject(
            Tx tx,
            Plan plan,
            Sitting sitting,
            Map<SittingId, Payments.Payment> paid,
            boolean ticket) {
        Instant now = clock.instant();
        Optional<Window> time =
                sitting.seating()
                        .map(seat -> content.slot(tx, plan.tenant(), seat.slot()).orElseThrow())
                        .map(Slot::time);
        return new OwnSubject(
                content.subject(tx, plan.tenant(), sitting.subject()).orElseThrow(),
                sitting,
                RegistrationState.of(ticket ? time : Optional.empty(), now),
                paid.getOrDefault(sitting.id(), Payments.Payment.UNPAID),
                sitting.seating()
                        .filter(seat -> ticket)
                        .map(
                                seat ->
                                        new Place(
                                                seat,
                                                time.orElseThrow(),
                                                rooms.find(tx, plan.tenant(), seat.room())
                                                        .orElseThrow(),
                                                sites.find(tx, plan.tenant(), seat.site())
                                                        .orElseThrow())));
    }

    /** The plan, when the candidate is registered in it. */
    Optional<Plan> plan(Tx tx, Candidate candidate, long plan) {
        return plan <= 0
                ? Optional.empty()
                : sittings.ofCandidate(tx, candidate.tenant(), candidate.id()).stream()
                        .filter(one -> one.plan().value() == plan)
                        .findFirst()
                        .flatMap(one -> plans.find(tx, candidate.tenant(), one.plan()));
    }

    /** The candidate's own issued certificate. */
    Optional<Certificate> certificate(Tx tx, Candidate candidate, long registration) {
        return registration <= 0
                ? Optional.empty()
                : certificates
                        .find(tx, candidate.tenant(), new RegistrationId(registration))
                        .filter(one -> one.candidate() == candidate.id().value())
                        .filter(one -> one.state() == Certificate.State.ISSUED);
    }
}
