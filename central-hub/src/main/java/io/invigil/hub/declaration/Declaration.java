package io.invigil.hub.declaration;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;

/**
 * A school's wish to take part with one certificate in one year.
 *
 * @param version grows with every change; a form sends the one it was filled from
 */
public record Declaration(
        TenantId tenant,
        DeclarationId id,
        OrganisationId school,
        int year,
        Content content,
        State state,
        int version) {

    /** 未提交 → 待审核 → 通过 / 审核退回 → 待审核; an approval can be taken back. */
    public enum State {
        DRAFT(""),
        PENDING("tag-info"),
        APPROVED("tag-good"),
        RETURNED("tag-warn");

        private final String style;

        State(String style) {
            this.style = style;
        }

        /** Whether the school may change and send it. */
        public boolean isEditable() {
            return this == DRAFT || this == RETURNED;
        }

        /** The tag's style class. */
        public String style() {
            return style;
        }
    }

    /**
     * What is declared.
     *
     * @param certificate its number
     * @param name its name when it was declared
     * @param majors 试点专业
     * @param candidates how many are expected to sit for it (计划考证人数)
     * @param statement 申报说明; may be empty
     */
    public record Content(
            String certificate, String name, String majors, int candidates, String statement) {}

    Declaration in(State next) {
        return new Declaration(tenant, id, school, year, content, next, version + 1);
    }

    Declaration with(Content changed) {
        return new Declaration(tenant, id, school, year, changed, state, version + 1);
    }
}
