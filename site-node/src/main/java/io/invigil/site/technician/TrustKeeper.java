package io.invigil.site.technician;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustRoot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The node's certificates and the trust root in force, kept before they are used. Thread-safe. */
public final class TrustKeeper {
    private final Path identityFile;
    private final List<Runnable> renewals = new CopyOnWriteArrayList<>();
    private volatile NodeIdentity identity;
    private volatile TrustRoot root;

    public TrustKeeper(NodeIdentity identity, Path identityFile) {
        this.identity = identity;
        this.identityFile = identityFile;
        this.root = identity.trustRoot();
    }

    public TrustRoot root() {
        return root;
    }

    /** Who the node is now: a renewal changes its certificates. */
    public NodeIdentity identity() {
        return identity;
    }

    /** Who is told, after new certificates are in force. */
    public void whenRenewed(Runnable listener) {
        renewals.add(listener);
    }

    /**
     * Puts new certificates in force, with the trust root that they came with when it is newer.
     *
     * @param rootEnvelope of that root; verified only when it is not the one held
     */
    public void renewed(EnrolmentReply reply, TrustRoot newest, byte[] rootEnvelope) {
        synchronized (this) {
            boolean newer = newest.version() > root.version();
            NodeIdentity next =
                    newer
                            ? NodeIdentity.of(reply, rootEnvelope)
                            : new NodeIdentity(reply, identity.trustRootEnvelope());
            next.write(identityFile);
            identity = next;
            root = newer ? newest : root;
        }
        renewals.forEach(Runnable::run);
    }

    /** The hub's key of this id that signs receipts and commands, if the root has it. */
    public Optional<VerifyKey> hubKey(Digest keyId) {
        return root.verifyKeys(TrustRole.RECEIPT).stream()
                .filter(key -> key.keyId().equals(keyId))
                .findFirst();
    }

    /**
     * Puts a newer, verified root in force.
     *
     * @param envelopes the chain that it came in
     */
    public synchronized void advance(TrustRoot newer, List<byte[]> envelopes) {
        for (byte[] envelope : envelopes) {
            boolean same =
                    SignedEnvelope.decode(envelope, TrustRoot.BYTES_MAX)
                            .flatMap(s -> Json.read(s.unverifiedPayload(), TrustRoot.class))
                            .filter(r -> r.digest().equals(newer.digest()))
                            .isPresent();
            if (same && newer.version() > root.version()) {
                identity = NodeIdentity.of(identity.enrolment(), envelope);
                identity.write(identityFile);
                root = newer;
            }
        }
    }
}
