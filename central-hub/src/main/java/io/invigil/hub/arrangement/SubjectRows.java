package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list 考点编排 (source 004 section 5.2.8.1): every subject of the plan with how far it is. A
 * school counts its own candidates. Stateless and thread-safe.
 */
final class SubjectRows {
    private final ArrangementView view = new ArrangementView();
    private final Sittings sittings = new Sittings();
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();

    /**
     * One subject.
     *
     * @param registered 报考人数
     * @param times when it can be sat, in the plan's zone
     * @param seats 已排考考位个数: seats that somebody has
     * @param arranged 已排考人数
     */
    record Row(
            Plan plan,
            Subject subject,
            CertificateLevel level,
            int registered,
            List<String> times,
            int seats,
            int arranged,
            SubjectStage stage) {}

    private record Chair(Object room, int seat) {}

    /** By the subject's order in the plan. */
    List<Row> of(Tx tx, StaffScope scope, Plan plan, Instant now) {
        List<Sitting> all = sittings.ofPlan(tx, plan.tenant(), plan.id());
        Map<CandidateId, Candidate> people =
                candidates.findAll(
                        tx,
                        plan.tenant(),
                        all.stream().map(Sitting::candidate).distinct().toList());
        Map<SubjectId, List<Sitting>> counted =
                all.stream()
                        .filter(one -> scope.sees(people.get(one.candidate()).school()))
                        .collect(Collectors.groupingBy(Sitting::subject));
        Map<LevelId, CertificateLevel> levels =
                content.levels(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(CertificateLevel::id, Function.identity()));
        List<Slot> slots = content.slots(tx, plan.tenant(), plan.id());
        return view.progress(tx, plan).stream()
                .map(
                        one -> {
                            Subject subject = one.subject();
                            List<Sitting> own = counted.getOrDefault(subject.id(), List.of());
                            return new Row(
                                    plan,
                                    subject,
                                    levels.get(subject.level()),
                                    own.size(),
                                    times(plan, subject, slots),
                                    (int)
                                            own.stream()
                                                    .flatMap(SubjectRows::chair)
                                                    .distinct()
                                                    .count(),
                                    (int) own.stream().filter(s -> s.seating().isPresent()).count(),
                                    SubjectStage.of(plan, one, now));
                        })
                .toList();
    }

    private static Stream<Chair> chair(Sitting sitting) {
        return sitting.seating().map(seat -> new Chair(seat.room(), seat.seat())).stream();
    }

    private static List<String> times(Plan plan, Subject subject, List<Slot> slots) {
        ZoneId zone = plan.zone();
        DateTimeFormatter from = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(zone);
        DateTimeFormatter to = DateTimeFormatter.ofPattern("HH:mm").withZone(zone);
        return slots.stream()
                .filter(slot -> slot.subjects().contains(subject.id()))
                .map(slot -> from.format(slot.time().from()) + "-" + to.format(slot.time().to()))
                .toList();
    }

    /** The columns of source 004 section 5.2.8.1, verbatim. */
    static ListSheet<Row> sheet() {
        return new ListSheet<Row>("考点编排明细")
                .column("考试计划", 36, row -> row.plan().name())
                .column("科目编号", 16, row -> row.subject().number())
                .column("科目名称", 26, row -> row.subject().name())
                .column("考试证书", 36, row -> row.level().name())
                .column("考试方式", 12, row -> row.subject().mode().chinese())
                .column("报考人数", 10, row -> Integer.toString(row.registered()))
                .column("考试时段", 26, row -> String.join("\n", row.times()))
                .column("已排考考位个数", 16, row -> Integer.toString(row.seats()))
                .column("已排考人数", 12, row -> Integer.toString(row.arranged()));
    }
}
