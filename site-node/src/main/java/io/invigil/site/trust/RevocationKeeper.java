package io.invigil.site.trust;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.trust.Revocations;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The newest list of revoked keys that the node has seen, kept so that an older one brings nothing
 * back to life (XSP/1 section 10). A node whose own key is on it goes on with its exam: what it
 * signs from then on is parked at the hub for review by two people, and it says so. Thread-safe.
 */
public final class RevocationKeeper {
    private final Path file;
    private final Realm realm;
    private final Digest ownKey;
    private final Supplier<TrustRoot> root;
    private Optional<Revocations> held;

    /** What became of a list. */
    public enum Verdict {
        /** As held. */
        UNCHANGED,
        TAKEN,
        /** Forged, of another realm, or older than the one held. */
        REFUSED
    }

    /**
     * @param ownKey the record key of this node
     * @param file where the list is kept as it travelled
     */
    public RevocationKeeper(Path file, Realm realm, Digest ownKey, Supplier<TrustRoot> root) {
        this.file = file;
        this.realm = realm;
        this.ownKey = ownKey;
        this.root = root;
        this.held = read(file).flatMap(envelope -> verified(envelope, 0));
    }

    /** Judges a list and keeps it before it is believed. */
    public synchronized Verdict take(byte[] envelope) {
        long version = held.map(Revocations::version).orElse(0L);
        Optional<Revocations> newer = verified(envelope, version);
        if (newer.isEmpty()) {
            return Verdict.REFUSED;
        }
        if (newer.get().version() == version) {
            return newer.get().entries().equals(held.get().entries())
                    ? Verdict.UNCHANGED
                    : Verdict.REFUSED;
        }
        PrivateFiles.write(file, envelope);
        held = newer;
        return Verdict.TAKEN;
    }

    /** Whether this node's own key no longer counts. */
    public synchronized boolean ownKeyRevoked() {
        return held.filter(list -> list.isRevoked(ownKey)).isPresent();
    }

    /** Version of the list in force; 0 before the first. */
    public synchronized long version() {
        return held.map(Revocations::version).orElse(0L);
    }

    private Optional<Revocations> verified(byte[] envelope, long version) {
        return Revocations.read(
                envelope, root.get().verifyKeys(TrustRole.MANIFEST), realm, version);
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Files.exists(file) && Files.size(file) <= Revocations.BYTES_MAX
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
