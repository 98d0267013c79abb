package io.invigil.protocol.manifest;

import io.invigil.protocol.crypto.Digest;

/** Outcome of {@link ManifestVerifier#verify}. */
public sealed interface ManifestVerdict {

    /**
     * The manifest may be staged; nothing is in force before its parts are verified too.
     *
     * @param digest see {@link Manifest#digest}
     * @param stale no fresh statement for its time: warn and stamp, never block
     * @param repeated the node holds exactly this manifest already
     */
    record Accepted(Manifest manifest, Digest digest, boolean stale, boolean repeated)
            implements ManifestVerdict {}

    /** Refused; the detail is for staff and holds no secret. */
    record Refused(Reason reason, String detail) implements ManifestVerdict {}

    /** One code for each guarantee that would be broken. */
    enum Reason {
        MANIFEST_TOO_LARGE,
        MANIFEST_NOT_AN_ENVELOPE,
        MANIFEST_OTHER_TYPE,
        MANIFEST_UNKNOWN_KEY,
        MANIFEST_BAD_SIGNATURE,
        MANIFEST_MALFORMED,
        MANIFEST_OTHER_SUITE,
        MANIFEST_OTHER_REALM,
        MANIFEST_OTHER_NODE,
        MANIFEST_OTHER_EXAM,
        /** An old one replayed (fault row 53): an incident. */
        MANIFEST_VERSION_LOWER,
        /** Two different manifests with one version: an alarm, the hub or its key is at fault. */
        MANIFEST_VERSION_REUSED;

        /** Whether staff must be alarmed, beyond being told. */
        public boolean alarming() {
            return this == MANIFEST_VERSION_LOWER
                    || this == MANIFEST_VERSION_REUSED
                    || this == MANIFEST_BAD_SIGNATURE;
        }
    }
}
