package io.invigil.site.pack;

/** Outcome of taking a package in. */
public sealed interface IntakeDecision {

    /** In force now. {@code stale} warns. */
    record Activated(String exam, long version, boolean stale) implements IntakeDecision {}

    /** Exactly this one is in force already. */
    record Unchanged(String exam, long version) implements IntakeDecision {}

    /**
     * Not taken; the package before stays in force.
     *
     * @param code of {@code ManifestVerdict.Reason}, {@code PackageParts.Reason}, or one of {@code
     *     PACKAGE_…}
     * @param alarming whether staff must be alarmed, beyond being told
     */
    record Refused(String code, String detail, boolean alarming) implements IntakeDecision {}
}
