package io.invigil.hub.staffing;

import io.invigil.hub.organisation.OrganisationId;

/**
 * A certificate at one level that a proctor applied for.
 *
 * @param certificate the certificate's number
 * @param body which certifies
 * @param certified whether it did (已认证), else 未认证
 */
public record Qualification(
        ProctorId proctor,
        String certificate,
        String level,
        String name,
        String issuer,
        OrganisationId body,
        boolean certified) {

    /** What a person must be certified for to sit in a room. */
    public record Need(String certificate, String level) {}

    public Need need() {
        return new Need(certificate, level);
    }
}
