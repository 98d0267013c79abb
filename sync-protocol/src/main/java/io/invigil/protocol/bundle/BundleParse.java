package io.invigil.protocol.bundle;

/** Result of reading a bundle's form. */
public sealed interface BundleParse {
    /** The form is right; nothing is verified yet. */
    record Parsed(SealedBundle bundle) implements BundleParse {}

    record Rejected(RejectReason reason) implements BundleParse {}
}
