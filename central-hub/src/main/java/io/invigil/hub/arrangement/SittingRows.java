package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.ArrangementView.SubjectProgress;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list 排考明细 (source 004 section 5.2.8.3): where and when each candidate sits. A school sees its
 * own candidates, of subjects that are 已排完. Stateless and thread-safe.
 */
final class SittingRows {
    /** Names of the filter's fields. */
    static final String[] FIELDS = {"q", "school", "level", "subject", "slot", "site"};

    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("HH:mm");

    private final ArrangementView view = new ArrangementView();
    private final ArrangedSittings arranged = new ArrangedSittings();
    private final Sittings sittings = new Sittings();
    private final Sites sites = new Sites();
    private final PlanContent content = new PlanContent();

    /** One candidate's arranged subject. */
    record Row(Plan plan, ArrangedSitting one, CertificateLevel level, Slot slot, Site site) {

        Seating seating() {
            return one.sitting().seating().orElseThrow();
        }

        /** 2026-11-20 09:00~11:00, in the plan's zone. */
        String time() {
            ZonedDateTime from = slot.time().from().atZone(plan.zone());
            ZonedDateTime to = slot.time().to().atZone(plan.zone());
            return START.format(from) + "~" + END.format(to);
        }
    }

    /** What the filter keeps, by time, site, room and seat. */
    List<Row> of(Tx tx, StaffScope scope, Plan plan, ListQuery query) {
        Set<SubjectId> shown =
                view.progress(tx, plan).stream()
                        .filter(
                                one ->
                                        scope.onlySchool().isEmpty()
                                                || one.state() == SubjectProgress.State.ARRANGED)
                        .map(one -> one.subject().id())
                        .collect(Collectors.toSet());
        List<Sitting> wanted =
                sittings.ofPlan(tx, plan.tenant(), plan.id()).stream()
                        .filter(one -> shown.contains(one.subject()))
                        .filter(one -> is(query, "subject", one.subject().value()))
                        .filter(one -> one.seating().filter(seat -> is(query, seat)).isPresent())
                        .toList();
        Map<LevelId, CertificateLevel> levels =
                content.levels(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(CertificateLevel::id, Function.identity()));
        Map<SlotId, Slot> slots =
                content.slots(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(Slot::id, Function.identity()));
        Map<SiteId, Site> places = new HashMap<>();
        return arranged.of(tx, plan.tenant(), plan.id(), wanted).stream()
                .filter(one -> scope.sees(one.school().id()))
                .filter(one -> is(query, "level", one.subject().level().value()))
                .filter(one -> is(query, "school", one.school().id().value()))
                .filter(one -> names(query.text("q").strip(), one))
                .map(
                        one -> {
                            Seating seat = one.sitting().seating().orElseThrow();
                            Site site =
                                    places.computeIfAbsent(
                                            seat.site(),
                                            id -> sites.find(tx, plan.tenant(), id).orElseThrow());
                            return new Row(
                                    plan,
                                    one,
                                    levels.get(one.subject().level()),
                                    slots.get(seat.slot()),
                                    site);
                        })
                .sorted(
                        Comparator.<Row, java.time.Instant>comparing(
                                        row -> row.slot().time().from())
                                .thenComparing(row -> row.site().name())
                                .thenComparing(row -> row.one().room().name())
                                .thenComparing(row -> row.seating().seat()))
                .toList();
    }

    private static boolean is(ListQuery query, Seating seat) {
        return is(query, "slot", seat.slot().value()) && is(query, "site", seat.site().value());
    }

    private static boolean is(ListQuery query, String field, long value) {
        Optional<Long> wanted = query.number(field);
        return wanted.isEmpty() || wanted.get() == value;
    }

    private static boolean names(String text, ArrangedSitting one) {
        return Stream.of(
                        one.candidate().name(),
                        one.candidate().number(),
                        one.sitting().seating().orElseThrow().admissionNumber(),
                        one.room().name())
                .anyMatch(field -> field.contains(text));
    }

    /**
     * The export 导出排考明细. The source shows no columns of it: these are what its list of
     * registrations and its ticket say of a sitting.
     *
     * @param whole whether ID numbers stand there whole: for the candidates' own school
     */
    static ListSheet<Row> sheet(boolean whole) {
        return new ListSheet<Row>("排考明细")
                .numbered("序号")
                .column("考试计划", 30, row -> row.plan().name())
                .column("考生姓名", 14, row -> row.one().candidate().name())
                .column("考生编号", 26, row -> row.one().candidate().number())
                .column("身份证号", 22, row -> id(row, whole))
                .column("准考证号", 26, row -> row.seating().admissionNumber())
                .column("所属院校", 26, row -> row.one().school().name())
                .column("考试证书", 36, row -> row.level().name())
                .column("证书等级", 10, row -> row.level().level())
                .column("考试科目", 30, row -> row.one().subject().name())
                .column("考试方式", 12, row -> row.one().subject().mode().chinese())
                .column("考试时间", 26, Row::time)
                .column("考核站点", 36, row -> row.site().name())
                .column("考场名称", 18, row -> row.one().room().name())
                .column("座位号", 8, row -> Integer.toString(row.seating().seat()));
    }

    private static String id(Row row, boolean whole) {
        String id = row.one().candidate().idNumber();
        return whole ? id : IdNumber.masked(id);
    }
}
