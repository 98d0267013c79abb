package io.invigil.hub.certificate;

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
import io.invigil.hub.score.CertificateResult;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The export 证书考核详情 (source 004 section 5.2.10; domain, section 3a). Stateless and thread-safe. */
final class ResultSheet {
    private final Organisations organisations = new Organisations();
    private final PlanContent content = new PlanContent();

    /** The columns of the source, verbatim, for rows of the plan. */
    ListSheet<CertificatePages.Row> of(Tx tx, Plan plan) {
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
        Function<CertificatePages.Row, CertificateLevel> level =
                row -> levels.get(row.result().level());
        return new ListSheet<CertificatePages.Row>("证书考核详情")
                .column("考试计划", 30, row -> plan.name())
                .column("考生姓名", 14, row -> row.candidate().name())
                .column("考生编号", 26, row -> row.candidate().number())
                .column("身份证号", 22, row -> IdNumber.masked(row.candidate().idNumber()))
                .column("学生类型", 12, row -> row.candidate().type())
                .column("所属院校", 26, row -> schools.get(row.candidate().school()).name())
                .column("报考证书", 36, row -> level.apply(row).name())
                .column("证书等级", 10, row -> level.apply(row).level())
                .column("考核单位", 30, row -> body)
                .column("通过条件", 16, row -> level.apply(row).passRule().chinese())
                .column("考核状态", 12, row -> state(row.result().state()));
    }

    private static String state(CertificateResult.State state) {
        return switch (state) {
            case WAITING -> "未出结果";
            case PASSED -> "已通过";
            case NOT_PASSED -> "未通过";
        };
    }
}
