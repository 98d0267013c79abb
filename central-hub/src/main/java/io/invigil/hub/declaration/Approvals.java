package io.invigil.hub.declaration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanStage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What approval permits: 省厅已批准试点的证书，均可根据证书对应的培训评价组织的考试计划…为学生报考 (source 002). A plan belongs to the
 * year in which its registration begins. Stateless and thread-safe.
 */
public final class Approvals {
    private final DeclarationStore store = new DeclarationStore();
    private final Organisations organisations = new Organisations();

    /** The year whose approval the plan needs. */
    public static int year(Plan plan) {
        return plan.windows().of(PlanStage.REGISTRATION).firstDay(plan.zone()).getYear();
    }

    /**
     * Numbers of the certificates that are approved for the school in the plan's year; empty where
     * no approval is demanded, because the department of its region has not opened that year.
     */
    public Optional<Set<String>> approved(Tx tx, Plan plan, OrganisationId school) {
        Organisation known = organisations.find(tx, plan.tenant(), school).orElseThrow();
        Optional<Organisation> province = organisations.provinces(tx, plan.tenant()).of(known);
        int year = year(plan);
        boolean demanded =
                store.years(tx, plan.tenant()).stream()
                        .anyMatch(
                                one ->
                                        one.year() == year
                                                && province.map(Organisation::id)
                                                        .filter(one.province()::equals)
                                                        .isPresent());
        return demanded
                ? Optional.of(
                        store.ofSchool(tx, plan.tenant(), school, year).stream()
                                .filter(one -> one.state() == Declaration.State.APPROVED)
                                .map(one -> one.content().certificate())
                                .collect(Collectors.toSet()))
                : Optional.empty();
    }

    /** Titles of those levels that the school may not use, in their order. */
    public List<String> missing(
            Tx tx, Plan plan, OrganisationId school, Collection<CertificateLevel> levels) {
        return approved(tx, plan, school)
                .map(
                        numbers ->
                                levels.stream()
                                        .filter(one -> !numbers.contains(one.number()))
                                        .map(CertificateLevel::title)
                                        .toList())
                .orElse(List.of());
    }
}
