package io.invigil.site.technician;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.TrustRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * Who this node is since its enrolment: name, certificates, where the hub is and whom to believe.
 * Kept in one file, replaced as a whole. Immutable.
 *
 * @param trustRootEnvelope base64 of the signed trust root in force
 */
public record NodeIdentity(EnrolmentReply enrolment, String trustRootEnvelope) {
    private static final int FILE_BYTES_MAX = 1024 * 1024;

    public static NodeIdentity of(EnrolmentReply reply, byte[] trustRootEnvelope) {
        return new NodeIdentity(reply, Base64.getEncoder().encodeToString(trustRootEnvelope));
    }

    /** Reads the identity; empty when the node is not enrolled. */
    public static Optional<NodeIdentity> read(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IdentityDamaged(file);
            }
            Optional<NodeIdentity> identity =
                    Json.read(Files.readAllBytes(file), NodeIdentity.class);
            if (identity.isEmpty()) {
                throw new IdentityDamaged(file);
            }
            return identity;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    public void write(Path file) {
        PrivateFiles.write(file, Json.write(this));
    }

    public Realm realm() {
        return new Realm(enrolment.realm());
    }

    public NodeId node() {
        return new NodeId(enrolment.node());
    }

    /** The trust root; it was verified before it was written. */
    public TrustRoot trustRoot() {
        byte[] envelope = Base64.getDecoder().decode(trustRootEnvelope);
        return SignedEnvelope.decode(envelope, TrustRoot.BYTES_MAX)
                .flatMap(signed -> Json.read(signed.unverifiedPayload(), TrustRoot.class))
                .orElseThrow(() -> new IllegalStateException("the kept trust root is damaged"));
    }

    /** The identity file is there but cannot be read: the node must not enrol over it. */
    public static final class IdentityDamaged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        IdentityDamaged(Path file) {
            super(file + " is damaged: bring it back from the backup or remove it and enrol");
        }
    }
}
