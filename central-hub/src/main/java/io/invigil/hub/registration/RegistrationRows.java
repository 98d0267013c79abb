package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Registrations with what a list shows of them. Stateless. */
public final class RegistrationRows {
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();
    private final Sittings sittings = new Sittings();

    public record Row(
            Registration registration,
            Candidate candidate,
            CertificateLevel level,
            List<SittingRow> sittings) {}

    public record SittingRow(Subject subject, RegistrationState state) {}

    /**
     * @param text part of name or candidate number, or a whole ID number; empty for all
     */
    List<Row> of(Tx tx, Plan plan, List<Registration> registrations, String text, Instant now) {
        Map<CandidateId, Candidate> people =
                candidates.findAll(
                        tx,
                        plan.tenant(),
                        registrations.stream().map(Registration::candidate).toList());
        Map<LevelId, CertificateLevel> levels =
                content.levels(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(CertificateLevel::id, Function.identity()));
        Map<SubjectId, Subject> subjects =
                content.subjects(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(Subject::id, Function.identity()));
        Map<SlotId, Slot> slots =
                content.slots(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(Slot::id, Function.identity()));
        Map<RegistrationId, List<Sitting>> byRegistration =
                sittings.ofPlan(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.groupingBy(Sitting::registration));
        return registrations.stream()
                .filter(one -> matches(people.get(one.candidate()), text))
                .map(
                        one ->
                                new Row(
                                        one,
                                        people.get(one.candidate()),
                                        levels.get(one.level()),
                                        byRegistration.getOrDefault(one.id(), List.of()).stream()
                                                .map(
                                                        sitting ->
                                                                sittingRow(
                                                                        sitting, subjects, slots,
                                                                        now))
                                                .toList()))
                .toList();
    }

    private static boolean matches(Candidate candidate, String text) {
        return text.isEmpty()
                || candidate.name().contains(text)
                || candidate.number().contains(text)
                || candidate.idNumber().equalsIgnoreCase(text);
    }

    private static SittingRow sittingRow(
            Sitting sitting,
            Map<SubjectId, Subject> subjects,
            Map<SlotId, Slot> slots,
            Instant now) {
        return new SittingRow(
                subjects.get(sitting.subject()),
                RegistrationState.of(
                        sitting.seating().map(seat -> slots.get(seat.slot()).time()), now));
    }
}
