package io.invigil.hub.fleet;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.broker.MqttIdentity;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.EnrolmentRequest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lets nodes in (XSP/1 section 10): a request that knows a claim's code and proves its keys gets
 * certificates, a name and the trust root. Over HTTPS and as a file, the same bytes. Thread-safe.
 */
public final class Enrolments {
    private final Database database;
    private final TenantId tenant;
    private final RealmKeys realm;
    private final FleetDirectory directory;
    private final Addresses addresses;
    private final Clock clock;
    private final Entropy entropy;
    private final FleetStore store = new FleetStore();
    private final NodeKeyStore keys = new NodeKeyStore();

    /**
     * Where nodes find this hub.
     *
     * @param hubUrl base of {@code /x1/…}
     * @param mqttUri such as {@code ssl://hub.example:8883}
     */
    public record Addresses(String hubUrl, String mqttUri) {}

    public Enrolments(
            Database database,
            TenantId tenant,
            RealmKeys realm,
            FleetDirectory directory,
            Addresses addresses,
            Clock clock,
            Entropy entropy) {
        this.database = database;
        this.tenant = tenant;
        this.realm = realm;
        this.directory = directory;
        this.addresses = addresses;
        this.clock = clock;
        this.entropy = entropy;
    }

    /** What came of a request. */
    public sealed interface Outcome {
        /**
         * @param reply bytes for the node
         */
        @SuppressWarnings("ArrayRecordComponent")
        record Enrolled(SiteNode node, byte[] reply) implements Outcome {}

        record Refused(EnrolmentRefusal reason) implements Outcome {}
    }

    /** The keys and names of a request, checked. */
    private record Checked(PublicKey client, PublicKey server, ServerNames names) {}

    /**
     * Judges a request. The same request again, as after a lost answer, is answered again while the
     * claim has not expired.
     */
    public Outcome enrol(byte[] json) {
        Optional<EnrolmentRequest.Received> read = EnrolmentRequest.read(json);
        if (read.isEmpty()) {
            return refused(EnrolmentRefusal.ENROL_MALFORMED);
        }
        EnrolmentRequest.Received received = read.get();
        Outcome outcome = database.inTransaction(tx -> decide(tx, received));
        if (outcome instanceof Outcome.Enrolled) {
            directory.refresh();
        }
        return outcome;
    }

    private Outcome decide(Tx tx, EnrolmentRequest.Received received) {
        EnrolmentRequest request = received.request();
        Instant now = clock.instant();
        Optional<Claim> claim =
                store.claim(tx, tenant, request.claimId())
                        .filter(c -> received.proves(c.proofKey()));
        if (claim.isEmpty()) {
            return refused(EnrolmentRefusal.ENROL_CLAIM_UNKNOWN);
        }
        if (!now.isBefore(claim.get().expiresAt())) {
            return refused(EnrolmentRefusal.ENROL_CLAIM_EXPIRED);
        }
        String digest = received.digest().hex();
        boolean again =
                claim.get().used().map(use -> use.requestDigest().equals(digest)).orElse(false);
        if (claim.get().used().isPresent() && !again) {
            return refused(EnrolmentRefusal.ENROL_CLAIM_USED);
        }
        Optional<PublicKey> client = Keys.provenKey(request.clientCsrDer());
        Optional<PublicKey> server = Keys.provenKey(request.serverCsrDer());
        if (client.isEmpty() || server.isEmpty() || client.equals(server)) {
            return refused(EnrolmentRefusal.ENROL_CSR_REFUSED);
        }
        ServerNames names;
        try {
            names = ServerNames.of(request.serverNames());
        } catch (IllegalArgumentException notNames) {
            return refused(EnrolmentRefusal.ENROL_NAMES_REFUSED);
        }
        if (!again && !store.useClaim(tx, tenant, claim.get().id(), digest, now)) {
            return refused(EnrolmentRefusal.ENROL_CLAIM_USED);
        }
        if (!again) {
            // whatever box had this name before has lost it now
            keys.revokeAll(tx, tenant, claim.get().node(), now);
        }
        Checked checked = new Checked(client.get(), server.get(), names);
        return let(tx, received, claim.get(), checked, now);
    }

    private Outcome let(
            Tx tx, EnrolmentRequest.Received received, Claim claim, Checked checked, Instant now) {
        EnrolmentRequest request = received.request();
        VerifyKey recordKey = VerifyKey.ofHex(request.verifyKey());
        SealPublicKey sealKey = SealPublicKey.ofHex(request.sealKey());
        SiteNode node =
                new SiteNode(
                        claim.node(),
                        claim.site(),
                        claim.siteName(),
                        claim.rooms(),
                        recordKey,
                        sealKey,
                        request.serverNames(),
                        request.software(),
                        now,
                        now,
                        false,
                        Optional.empty());
        store.saveNode(tx, tenant, node);
        keys.addKey(tx, tenant, node.id(), recordKey, now);
        MqttIdentity identity = MqttIdentity.node(realm.realm(), node.id());
        List<X509Certificate> client =
                realm.authority()
                        .issueClient(identity.commonName(), identity.urn(), checked.client());
        List<X509Certificate> server =
                realm.authority().issueServer(node.id().value(), checked.server(), checked.names());
        keys.addCertificate(tx, tenant, node.id(), "CLIENT", client.getFirst(), now);
        keys.addCertificate(tx, tenant, node.id(), "SERVER", server.getFirst(), now);
        EnrolmentReply reply =
                EnrolmentReply.of(
                        realm.realm(),
                        node.id(),
                        node.siteName(),
                        received,
                        Keys.pem(client),
                        Keys.pem(server),
                        addresses.hubUrl(),
                        addresses.mqttUri(),
                        now);
        byte[] bytes =
                reply.write(realm.trustRoots().getLast(), realm.manifest(), sealKey, entropy);
        return new Outcome.Enrolled(node, bytes);
    }

    private static Outcome refused(EnrolmentRefusal reason) {
        return new Outcome.Refused(reason);
    }
}
