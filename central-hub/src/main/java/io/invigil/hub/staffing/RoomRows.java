package io.invigil.hub.staffing;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.ArrangementView.RoomSession;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.staffing.Assignment.Duty;
import io.invigil.hub.staffing.Assignments.Staffed;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list 考场编排 (source 004 section 5.2.8.2): every room in every slot with who sits and proctors
 * there. A school sees rooms whose subjects are all 已排完, at its own sites and wherever its own
 * candidates sit. Thread-safe.
 */
public final class RoomRows {
    /** Names of the filter's fields. */
    static final String[] FIELDS = {"q", "slot", "site", "level", "subject", "open"};

    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("HH:mm");
    private static final long ROOMS_MAX = 1_000_000_000L;

    private final Assignments assignments;
    private final PlanContent content = new PlanContent();
    private final Organisations organisations = new Organisations();

    RoomRows(Assignments assignments) {
        this.assignments = assignments;
    }

    /**
     * One room in one slot.
     *
     * @param school 所属院校, whose site it is
     * @param body 考试单位
     * @param levels of the subjects sat there
     * @param subjects sat there
     * @param homes 监考人员所在区域(院校)
     * @param own whether the visitor may open the room: not a room of another school
     */
    public record Row(
            Plan plan,
            Staffed staffed,
            String school,
            String body,
            List<CertificateLevel> levels,
            List<Subject> subjects,
            String homes,
            boolean own) {

        public RoomSession session() {
            return staffed.session();
        }

        /** One number for room and slot, which a list's ticks send. */
        public long id() {
            return session().slot().id().value() * ROOMS_MAX + session().room().id().value();
        }

        public String certificates() {
            return levels.stream().map(CertificateLevel::title).collect(Collectors.joining("、"));
        }

        /** 2026-11-20 09:00~11:00, in the plan's zone. */
        public String time() {
            ZonedDateTime from = session().slot().time().from().atZone(plan.zone());
            ZonedDateTime to = session().slot().time().to().atZone(plan.zone());
            return START.format(from) + "~" + END.format(to);
        }

        /** 监考人员姓名(编号), empty when nobody is assigned. */
        public String proctor(int at) {
            return staffed.of(Duty.PROCTOR).stream()
                    .skip(at)
                    .findFirst()
                    .map(Proctor::titled)
                    .orElse("");
        }
    }

    /** What the filter keeps, by time, site and room. */
    List<Row> of(Tx tx, StaffScope scope, Plan plan, ListQuery query) {
        Map<OrganisationId, Organisation> schools =
                organisations.ofKind(tx, plan.tenant(), OrganisationKind.SCHOOL).stream()
                        .collect(Collectors.toMap(Organisation::id, one -> one));
        String body =
                organisations
                        .find(tx, plan.tenant(), plan.body())
                        .map(Organisation::name)
                        .orElse("");
        List<CertificateLevel> levels = content.levels(tx, plan.tenant(), plan.id());
        List<Subject> subjects = content.subjects(tx, plan.tenant(), plan.id());
        return assignments.listed(tx, scope, plan).stream()
                .map(one -> row(scope, plan, one, schools, body, levels, subjects))
                .filter(row -> keeps(query, row))
                .toList();
    }

    private static Row row(
            StaffScope scope,
            Plan plan,
            Staffed staffed,
            Map<OrganisationId, Organisation> schools,
            String body,
            List<CertificateLevel> levels,
            List<Subject> subjects) {
        OrganisationId owner = staffed.session().site().school();
        List<Subject> sat =
                subjects.stream()
                        .filter(one -> staffed.session().bySubject().containsKey(one.name()))
                        .filter(one -> staffed.session().room().levels().contains(one.level()))
                        .toList();
        return new Row(
                plan,
                staffed,
                schools.get(owner).name(),
                body,
                levels.stream()
                        .filter(
                                level ->
                                        staffed.needs()
                                                .contains(
                                                        new Qualification.Need(
                                                                level.number(), level.level())))
                        .toList(),
                sat,
                staffed.of(Duty.PROCTOR).stream()
                        .map(one -> schools.get(one.school()))
                        .map(school -> school.region() + "(" + school.name() + ")")
                        .distinct()
                        .collect(Collectors.joining("、")),
                scope.sees(owner));
    }

    private static boolean keeps(ListQuery query, Row row) {
        RoomSession session = row.session();
        return matches(query.number("slot"), Stream.of(session.slot().id().value()))
                && matches(query.number("site"), Stream.of(session.site().id().value()))
                && matches(query.number("level"), row.levels().stream().map(l -> l.id().value()))
                && matches(
                        query.number("subject"), row.subjects().stream().map(s -> s.id().value()))
                && (query.text("open").isEmpty() || !row.staffed().isComplete())
                && Stream.of(session.room().name(), session.site().name(), row.school())
                        .anyMatch(text -> text.contains(query.text("q").strip()));
    }

    private static boolean matches(Optional<Long> wanted, Stream<Long> there) {
        return wanted.isEmpty() || there.anyMatch(wanted.get()::equals);
    }

    /** The columns of source 004 section 5.2.8.2, verbatim. */
    static ListSheet<Row> sheet() {
        return new ListSheet<Row>("考场编排记录")
                .column("考试计划", 30, row -> row.plan().name())
                .column("考场名称", 18, row -> row.session().room().name())
                .column("所属院校", 26, Row::school)
                .column("所在地区", 22, row -> row.session().site().region())
                .column("考核站点", 30, row -> row.session().site().name())
                .column("考试单位", 30, Row::body)
                .column("考试证书", 40, Row::certificates)
                .column("考试科目", 30, row -> String.join("、", row.session().bySubject().keySet()))
                .column("考试时间", 26, Row::time)
                .column("排考人数", 10, row -> "" + row.session().seated())
                .column("监考人员姓名(编号)", 24, row -> row.proctor(0))
                .column("监考人员姓名(编号)", 24, row -> row.proctor(1))
                .column("监考人员所在区域(院校)", 40, Row::homes);
    }
}
