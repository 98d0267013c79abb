package io.invigil.hub.report;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;

/**
 * A school's report of one period.
 *
 * @param version grows with every change; a form sends the one it was filled from
 */
public record Report(
        TenantId tenant,
        ReportId id,
        OrganisationId school,
        Period period,
        Content content,
        State state,
        int version) {

    /** 未提交 → 待审核 → 通过 / 审核退回 → 待审核. */
    public enum State {
        DRAFT,
        PENDING,
        APPROVED,
        RETURNED;

        /** Whether the school may change and send it. */
        public boolean isEditable() {
            return this == DRAFT || this == RETURNED;
        }
    }

    /**
     * What is reported.
     *
     * @param schoolType 院校类型, such as 本科院校
     * @param progress 工作进展
     * @param difficulties 存在困难
     * @param suggestions 政策建议
     */
    public record Content(
            String schoolType, String progress, String difficulties, String suggestions) {}

    Report in(State next) {
        return new Report(tenant, id, school, period, content, next, version + 1);
    }

    Report with(Content changed) {
        return new Report(tenant, id, school, period, changed, state, version + 1);
    }
}
