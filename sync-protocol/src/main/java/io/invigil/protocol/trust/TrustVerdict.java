package io.invigil.protocol.trust;

/** Outcome of judging a chain of trust roots. */
public sealed interface TrustVerdict {

    /**
     * @param root the newest version, to be persisted before use
     * @param advanced whether it is newer than what was held
     */
    record Trusted(TrustRoot root, boolean advanced) implements TrustVerdict {}

    record Refused(Reason reason, String detail) implements TrustVerdict {}

    /** One code for each guarantee that would be broken. */
    enum Reason {
        ROOT_NOT_AN_ENVELOPE,
        ROOT_OTHER_TYPE,
        ROOT_MALFORMED,
        ROOT_OTHER_REALM,
        ROOT_OTHER_SUITE,
        /** Not signed by the key before it and by its own. */
        ROOT_BAD_SIGNATURE,
        /** A version between is missing: the chain cannot be walked (fault row 56). */
        ROOT_VERSION_SKIPPED,
        /** Two different roots with one version: an alarm. */
        ROOT_VERSION_REUSED,
        ROOT_CHAIN_TOO_LONG,
        /** The root is not the one that the claim code names. */
        ROOT_NOT_OF_CLAIM
    }
}
