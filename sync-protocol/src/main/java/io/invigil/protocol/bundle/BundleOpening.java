package io.invigil.protocol.bundle;

/** Result of opening a bundle's seal and checking what is inside. */
public sealed interface BundleOpening {
    record Opened(Bundle bundle) implements BundleOpening {}

    record Rejected(RejectReason reason) implements BundleOpening {}
}
