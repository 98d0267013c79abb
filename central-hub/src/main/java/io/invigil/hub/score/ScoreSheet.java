package io.invigil.hub.score;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.registration.Seating;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The export 科目成绩 (source 004 section 5.2.9; domain, section 3a). Stateless and thread-safe. */
final class ScoreSheet {
    private final Organisations organisations = new Organisations();
    private final PlanContent content = new PlanContent();

    /** The columns of the source, verbatim, for rows of the plan. */
    ListSheet<ScorePages.Row> of(Tx tx, Plan plan) {
        Map<OrganisationId, Organisation> schools =
                organisations.ofKind(tx, plan.tenant(), OrganisationKind.SCHOOL).stream()
                        .collect(Collectors.toMap(Organisation::id, Function.identity()));
        Map<LevelId, CertificateLevel> levels =
                content.levels(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(CertificateLevel::id, Function.identity()));
        String body =
                organisations
                        .find(tx, plan.tenant(), plan.body())
                        .map(Organisation::name)
                        .orElse("");
        Function<ScorePages.Row, CertificateLevel> level = row -> levels.get(row.subject().level());
        return new ListSheet<ScorePages.Row>("科目成绩")
                .column("考试计划", 30, row -> plan.name())
                .column("考生姓名", 14, row -> row.candidate().name())
                .column("考生编号", 26, row -> row.candidate().number())
                .column("证件号码", 22, row -> IdNumber.masked(row.candidate().idNumber()))
                .column("准考证号", 26, ScoreSheet::admission)
                .column("考生类型", 12, row -> row.candidate().type())
                .column("所属院校", 26, row -> schools.get(row.candidate().school()).name())
                .column("科目编号", 16, row -> row.subject().number())
                .column("科目名称", 26, row -> row.subject().name())
                .column("考试方式", 12, row -> row.subject().mode().chinese())
                .column("报考证书", 36, row -> level.apply(row).name())
                .column("证书等级", 10, row -> level.apply(row).level())
                .column("考核单位", 30, row -> body)
                .column("考试通过条件", 16, row -> level.apply(row).passRule().chinese())
                .column("成绩", 10, row -> row.entered().map(ScoreSheet::mark).orElse(""));
    }

    private static String admission(ScorePages.Row row) {
        return row.computed().sitting().seating().map(Seating::admissionNumber).orElse("");
    }

    /** The number, or why there is none; empty until it is entered. */
    private static String mark(SubjectScore score) {
        return switch (score.outcome()) {
            case SCORED -> score.score().stripTrailingZeros().toPlainString();
            case ABSENT -> "缺考";
            case REJECTED -> "审核不通过";
            case NOT_ARRIVED, INTERRUPTED, PENDING_REVIEW, HELD -> "";
        };
    }
}
